"""Shop systems, known by the names of their files, and where they show the product."""

from __future__ import annotations

from wishare.metadata.platform_rules import Platform

SYSTEMS = (
    Platform(
        "Shopify",
        marks=(b"cdn.shopify.com", b"ShopifyAnalytics", b"/cdn/shop/"),
        prices=(
            ".product .price--on-sale .price-item--sale",
            ".product .price-item--regular",
            "#ProductPrice",
            "[data-product-price]",
            ".product__price",
            ".product-single__price",
        ),
        titles=(".product__title h1", ".product-single__title"),
        in_cents=(r'"variants"\s*:\s*\[\{"id"\s*:\s*\d+\s*,\s*"price"\s*:\s*(\d{1,12})',),
        currency=r'Shopify\.currency\s*=\s*\{"active"\s*:\s*"([A-Z]{3})"',
    ),
    Platform(
        "WooCommerce",
        marks=(b"woocommerce",),
        prices=(
            ".summary .price ins .amount",
            ".summary p.price .amount",
            ".product .entry-summary .price ins .amount",
            ".product .entry-summary .price .amount",
            ".elementor-widget-woocommerce-product-price ins .amount",
            ".elementor-widget-woocommerce-product-price .amount",
        ),
        titles=(".product_title",),
        images=(".woocommerce-product-gallery__image img",),
        currency=r'"currency(?:_code)?"\s*:\s*"([A-Z]{3})"',
    ),
    Platform(
        "Magento",
        marks=(b"Magento_", b"mage/cookies", b"/static/version", b"catalog-product-view"),
        prices=(
            ".product-info-main [data-price-type=finalPrice]",
            ".product-info-price [data-price-type=finalPrice]",
            ".product-shop .special-price .price",
            ".product-shop .regular-price .price",
            ".product-info-main .price",
        ),
        titles=(".page-title", ".product-name h1", ".product-name .h1"),
        images=(".gallery-placeholder__image", "#image-main", "#image"),
        currency=r'"currencyCode"\s*:\s*"([A-Z]{3})"',
    ),
    Platform(
        "VTEX",
        marks=(b"vtexassets.com", b"vteximg.com", b"vtex.com.br", b"vtexcommercestable"),
        prices=(
            ".vtex-product-price-1-x-sellingPriceValue",
            ".vtex-product-price-1-x-sellingPrice",
            ".vtex-store-components-3-x-sellingPrice",
            ".skuBestPrice",
            ".valor-por strong",
        ),
        in_scripts=(r'"productPriceTo"\s*:\s*"?([\d.,]{1,15})', r'"bestPriceFormated"\s*:\s*"([^"]{1,30})"'),
        titles=(
            ".vtex-store-components-3-x-productNameContainer",
            ".vtex-store-components-3-x-productBrand",
            ".productName",
        ),
        images=(".vtex-store-components-3-x-productImageTag--main", "#image-main"),
    ),
    Platform(
        "PrestaShop",
        marks=(b"prestashop",),
        prices=(
            ".current-price [itemprop=price]",
            ".current-price-value",
            ".current-price span",
            "#our_price_display",
            ".product-price",
        ),
    ),
    Platform(
        "BigCommerce",
        marks=(b"bigcommerce.com",),
        prices=(
            ".productView-price .price--withTax",
            ".productView-price .price--withoutTax",
            "[data-product-price-without-tax]",
        ),
        titles=(".productView-title",),
        images=(".productView-image img",),
    ),
    Platform(
        "Squarespace",
        marks=(b"static1.squarespace.com",),
        prices=(".product-price .sqs-money-native", ".product-price"),
    ),
    Platform(
        "Wix",
        marks=(b"wixstatic.com",),
        prices=("[data-hook=product-price] [data-hook=formatted-primary-price]", "[data-hook=formatted-primary-price]"),
        titles=("[data-hook=product-title]",),
    ),
    Platform(
        "Salesforce",
        marks=(b"demandware.",),
        prices=(
            ".product-detail .prices .sales .value",
            ".product-detail .price-sales",
            "#product-content .price-sales",
            ".product-detail .prices .value",
        ),
        titles=(".product-detail .product-name",),
        images=(".primary-images img", ".product-primary-image img"),
    ),
    Platform(
        "Nuvemshop",
        marks=(b"tiendanube", b"nuvemshop"),
        prices=("#price_display", ".js-price-display"),
        titles=(".js-product-name",),
    ),
    Platform(
        "OpenCart", marks=(b"catalog/view/theme",), prices=("#product .price-new", ".price-new", ".product-price")
    ),
    Platform("Shopware", marks=(b"shopware",), prices=(".product-detail-price", ".product--price .price--content")),
    Platform(
        "Loja Integrada",
        marks=(b"lojaintegrada",),
        prices=(".preco-produto .preco-promocional", ".preco-produto .preco-venda"),
    ),
    Platform("Tray", marks=(b"traycorp", b"tcdn.com.br"), prices=("#variacaoPreco", ".PrecoPrincipal")),
    Platform("Shoptet", marks=(b"shoptet",), prices=(".price-final-holder", ".price-final")),
)
