"""Large shops, known by their names, and where they show their product."""

from __future__ import annotations

from wishare.metadata.platform_rules import Platform

SHOPS = (
    Platform(
        "Amazon",
        hosts=r"(?:^|\.)amazon\.",
        prices=(
            "#corePrice_feature_div .priceToPay .a-offscreen",
            "#corePriceDisplay_desktop_feature_div .priceToPay .a-offscreen",
            "#corePriceDisplay_desktop_feature_div .priceToPay",
            "#corePrice_feature_div .apexPriceToPay .a-offscreen",
            "#apex_desktop .apexPriceToPay .a-offscreen",
            "#corePrice_desktop .apexPriceToPay .a-offscreen",
            "#corePrice_feature_div .a-price .a-offscreen",
            "#tp_price_block_total_price_ww .a-offscreen",
            "#priceblock_dealprice",
            "#priceblock_saleprice",
            "#priceblock_ourprice",
            "#price_inside_buybox",
            "#newBuyBoxPrice",
            "#kindle-price",
            "#buyNewSection .offer-price",
            "#price",
            "#actualPriceValue",
            "#mediaTab_content_landing .header-price",
            "#tmmSwatches .a-button-selected .a-color-price",
        ),
        titles=("#productTitle", "#ebooksProductTitle", "#title"),
        images=("#landingImage", "#imgBlkFront", "#ebooksImgBlkFront", "#main-image", "#imgTagWrapperId img"),
    ),
    Platform(
        "Mercado Livre",
        hosts=r"mercadoli[vb]re\.",
        prices=(
            ".ui-pdp-price__second-line meta[itemprop=price]",
            ".ui-pdp-price__second-line .andes-money-amount",
            ".ui-pdp-price .andes-money-amount",
            ".price-tag",
        ),
        titles=(".ui-pdp-title",),
        images=(".ui-pdp-gallery__figure img", ".ui-pdp-image"),
    ),
    Platform(
        "eBay",
        hosts=r"(?:^|\.)ebay\.",
        prices=(
            "#mm-saleDscPrc",
            "#prcIsum",
            ".x-price-primary .ux-textspans",
            ".x-price-primary",
            "#prcIsum_bidPrice",
            "#convbinPrice",
        ),
        titles=(".x-item-title__mainTitle", "#itemTitle"),
        images=("#icImg", ".ux-image-carousel-item.active img", ".ux-image-carousel-item img"),
    ),
    Platform(
        "AliExpress",
        hosts=r"aliexpress\.",
        prices=(".product-price-value", ".uniform-banner-box-price", ".product-price-current"),
        in_scripts=(
            r'"formatedActivityPrice"\s*:\s*"([^"]{1,40})"',
            r'"formatedPrice"\s*:\s*"([^"]{1,40})"',
            r'"actSkuCalPrice"\s*:\s*"([\d.]{1,15})"',
        ),
        currency=r'"currencyCode"\s*:\s*"([A-Z]{3})"',
    ),
    Platform(
        "Walmart",
        hosts=r"(?:^|\.)walmart\.",
        prices=("[data-testid=price-wrap] [itemprop=price]", "[itemprop=price]"),
        in_scripts=(r'"currentPrice"\s*:\s*\{"price"\s*:\s*([\d.]{1,15})',),
        currency=r'"currencyUnit"\s*:\s*"([A-Z]{3})"',
    ),
    Platform(
        "Target",
        hosts=r"(?:^|\.)target\.com",
        prices=("[data-test=product-price]",),
        in_scripts=(r'current_retail\\?"\s*:\s*([\d.]{1,15})',),
    ),
    Platform(
        "Best Buy",
        hosts=r"bestbuy\.",
        prices=("[data-testid=customer-price]", ".priceView-customer-price span"),
        in_scripts=(r'customerPrice\\?"\s*:\s*([\d.]{1,15})',),
    ),
    Platform("Rakuten", hosts=r"rakuten\.co\.jp", prices=("[itemprop=price]", ".price2"), titles=(".item_name",)),
    Platform(
        "Etsy",
        hosts=r"(?:^|\.)etsy\.com",
        prices=("[data-buy-box-region=price] .currency-value", "[data-selector=price-only] .currency-value"),
    ),
    Platform(
        "Magalu",
        hosts=r"magazineluiza\.|magalu\.",
        prices=("[data-testid=price-value]",),
        titles=("[data-testid=heading-product-title]",),
    ),
)
