# ruff: noqa: E501, ISC004 — a page is easier to read in its own lines
"""What the pages of known systems and shops look like where they say nothing in data; made by hand, not copied."""

from __future__ import annotations

from decimal import Decimal

from tests.metadata.shapes import Shape, cards, page

KETTLE = "<h1>Blue Kettle</h1>"
OLD = '<span class="a-price a-text-price"><span class="a-offscreen">$99.00</span></span>'

SYSTEMS: list[Shape] = [
    (
        "Shopify: the variants of its own script, in cents",
        "https://store.example/products/blue-kettle",
        page(
            f'<main class="product">{KETTLE}<form action="/cart/add"><button name="add">Add to cart</button></form></main>',
            '<script>Shopify.currency = {"active":"USD","rate":"1.0"};</script><script>window.ShopifyAnalytics = {};var meta = '
            '{"product":{"id":1,"variants":[{"id":11,"price":4990,"name":"Blue Kettle"}]}};</script>',
        ),
        {"title": "Blue Kettle", "price": Decimal("49.90"), "currency": "USD"},
    ),
    (
        "Shopify: a theme's block of JSON",
        "https://store.example/products/blue-kettle",
        page(
            f'<main class="product">{KETTLE}<button class="product-form__submit">Add to cart</button></main>',
            '<script src="//cdn.shopify.com/x.js"></script><script type="application/json" id="ProductJson-1">{"id":1,"title":'
            '"Blue Kettle","vendor":"K","price":4990,"compare_at_price":9900,"variants":[]}</script>',
        ),
        {"price": Decimal("49.90")},
    ),
    (
        "WooCommerce: a sale in <ins>",
        "https://shop.example/product/blue-kettle/",
        page(
            '<div class="product type-product"><div class="summary entry-summary"><h1 class="product_title">Blue Kettle</h1>'
            '<p class="price"><del><span class="woocommerce-Price-amount amount"><bdi>£99.00</bdi></span></del> <ins><span class='
            '"woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">£</span>49.90</bdi></span></ins></p>'
            f'<button class="single_add_to_cart_button">Add to basket</button></div><section class="related products">{cards()}</section></div>',
            '<link href="/wp-content/plugins/woocommerce/x.css">',
        ),
        {"title": "Blue Kettle", "price": Decimal("49.90"), "currency": "GBP"},
    ),
    (
        "Magento 2",
        "https://shop.example/blue-kettle.html",
        page(
            '<div class="product-info-main"><h1 class="page-title"><span>Blue Kettle</span></h1><div class="product-info-price"><span '
            'class="special-price"><span data-price-amount="49.9" data-price-type="finalPrice" class="price-wrapper"><span class="price">'
            '49,90 €</span></span></span><span class="old-price"><span data-price-amount="99" data-price-type="oldPrice"><span class="price">'
            '99,00 €</span></span></span></div><button class="action primary tocart">Add to Cart</button></div>',
            '<script>require.config({"Magento_Theme/js":1})</script>',
        ),
        {"price": Decimal("49.90"), "currency": "EUR"},
    ),
    (
        "Magento 1",
        "https://shop.de/blaue-kanne.html",
        page(
            '<div class="product-view"><div class="product-shop"><div class="product-name"><h1>Blaue Kanne</h1></div><div class="price-box">'
            '<p class="old-price"><span class="price">99,00 €</span></p><p class="special-price"><span class="price">49,90 €</span></p></div>'
            '<button class="btn-cart">In den Warenkorb</button></div></div>',
        ).replace("<body>", '<body class="catalog-product-view">'),
        {"title": "Blaue Kanne", "price": Decimal("49.90"), "currency": "EUR"},
    ),
    (
        "VTEX, the older",
        "https://www.loja.com.br/chaleira-azul/p",
        page(
            '<div class="productName">Chaleira Azul</div><p class="descricao-preco"><em class="valor-de">De: <strong class="skuListPrice">R$ '
            '99,00</strong></em><em class="valor-por">Por: <strong class="skuBestPrice">R$ 49,90</strong></em><em class="valor-dividido">ou '
            '<span>5</span>x de <strong class="skuBestInstallmentValue">R$ 9,98</strong></em></p><a class="buy-button">Comprar</a>',
            '<script src="//loja.vteximg.com.br/x.js"></script>',
            "Chaleira Azul - Loja",
        ),
        {"title": "Chaleira Azul", "price": Decimal("49.90"), "currency": "BRL"},
    ),
    (
        "VTEX IO",
        "https://www.loja.com.br/chaleira-azul/p",
        page(
            '<h1 class="vtex-store-components-3-x-productNameContainer">Chaleira Azul</h1><span class="vtex-product-price-1-x-listPriceValue">'
            '<span>R$</span> 99,00</span><span class="vtex-product-price-1-x-sellingPriceValue"><span class="vtex-product-price-1-x-'
            'currencyCode">R$</span>&nbsp;<span class="vtex-product-price-1-x-currencyInteger">1</span><span>.</span><span class="vtex-'
            'product-price-1-x-currencyInteger">049</span><span>,</span><span class="vtex-product-price-1-x-currencyFraction">90</span></span>',
            '<link href="https://loja.vtexassets.com/x.css">',
        ),
        {"price": Decimal("1049.90"), "currency": "BRL"},
    ),
    (
        "PrestaShop",
        "https://boutique.fr/12345-bouilloire-bleue.html",
        page(
            '<h1 class="h1">Bouilloire bleue</h1><div class="product-prices"><div class="product-discount"><span class="regular-price">99,00 €'
            '</span></div><div class="current-price"><span class="current-price-value" content="49.9">49,90 €</span></div><div class="tax-'
            'shipping-delivery-label">TTC</div></div><button class="add-to-cart">Ajouter au panier</button>',
            "<script>var prestashop = {};</script>",
        ),
        {"price": Decimal("49.90"), "currency": "EUR"},
    ),
    (
        "BigCommerce",
        "https://store.example/blue-kettle/",
        page(
            '<div class="productView"><h1 class="productView-title">Blue Kettle</h1><div class="productView-price"><span class="price price--rrp'
            '">$99.00</span><span data-product-price-without-tax class="price price--withoutTax">$49.90</span></div><input id="form-action-'
            'addToCart" type="submit" value="Add to Cart"></div>',
            '<link href="https://cdn11.bigcommerce.com/x.css">',
        ),
        {"price": Decimal("49.90"), "currency": None},
    ),
    (
        "Wix",
        "https://www.store.example/product-page/blue-kettle",
        page(
            '<h1 data-hook="product-title">Blue Kettle</h1><div data-hook="product-price"><span data-hook="formatted-secondary-price">€99.00</span>'
            '<span data-hook="formatted-primary-price">€49.90</span></div><button data-hook="add-to-cart">Add to Cart</button>',
            '<link href="https://static.wixstatic.com/x.css">',
        ),
        {"title": "Blue Kettle", "price": Decimal("49.90"), "currency": "EUR"},
    ),
    (
        "Salesforce",
        "https://www.store.example/us/en/kettles/blue-kettle-12345.html",
        page(
            '<div class="container product-detail product-wrapper"><h1 class="product-name">Blue Kettle</h1><div class="prices"><div class="price">'
            '<span><span class="strike-through list"><span class="value" content="99.00">$99.00</span></span><span class="sales"><span class="value" '
            'content="49.90">$49.90</span></span></span></div></div><button class="add-to-cart btn">Add to Cart</button></div>',
            '<link href="/on/demandware.static/x.css">',
        ),
        {"price": Decimal("49.90"), "currency": "USD"},
    ),
    (
        "a Next page that draws itself",
        "https://www.store.example/p/blue-kettle",
        "<!doctype html><html><head><title>Blue Kettle</title></head><body><div id=__next><button>Add to cart</button></div>"
        '<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"related":[{"name":"Cup","price":3}],"product":{"name":'
        '"Blue Kettle","price":{"current":{"value":49.9,"currencyCode":"EUR"},"list":{"value":99}}}}}}</script></body></html>',
        {"title": "Blue Kettle", "price": Decimal("49.90"), "currency": "EUR"},
    ),
    (
        "what Meta is told",
        "https://www.store.example/products/blue-kettle",
        page(
            KETTLE
            + "<script>fbq('track', 'ViewContent', {content_ids: ['1'], content_type: 'product', value: 49.90, currency: 'EUR'});</script>"
        ),
        {"price": Decimal("49.90"), "currency": "EUR"},
    ),
    (
        "what Google is told",
        "https://www.store.example/products/blue-kettle",
        page(
            KETTLE
            + '<script>dataLayer.push({"event":"view_item","ecommerce":{"currency":"EUR","value":49.90,"items":[{}]}});</script>'
        ),
        {"price": Decimal("49.90"), "currency": "EUR"},
    ),
]

SHOPS: list[Shape] = [
    (
        "Amazon",
        "https://www.amazon.com/dp/B000000000",
        page(
            '<div id="dp"><span id="productTitle"> Blue Kettle </span><img id="landingImage" src="https://m.media-amazon.com/images/I/a._SX300_.jpg" '
            f'data-old-hires="https://m.media-amazon.com/images/I/a._SL1500_.jpg"><div id="corePriceDisplay_desktop_feature_div">{OLD}<span '
            'class="a-price priceToPay"><span class="a-offscreen">$49.90</span><span aria-hidden="true">$49<sup>90</sup></span></span></div>'
            f'<input id="add-to-cart-button" type="submit" value="Add to Cart"></div><div id="sims">{cards()}</div>',
            title="Amazon.com: Blue Kettle: Home & Kitchen",
        ),
        {
            "title": "Blue Kettle",
            "price": Decimal("49.90"),
            "currency": "USD",
            "image_url": "https://m.media-amazon.com/images/I/a._SL1500_.jpg",
        },
    ),
    (
        "Amazon, sold out",
        "https://www.amazon.de/dp/B000000000",
        page(
            '<div id="dp"><span id="productTitle">Blaue Kanne</span><div id="outOfStock"><span class="a-color-price">Derzeit nicht verfügbar.</span>'
            f'</div></div><div id="similarities_feature_div" class="a-carousel">{cards(price="{},99 €")}</div>',
        ),
        {"title": "Blaue Kanne", "price": None},
    ),
    (
        "Mercado Livre",
        "https://produto.mercadolivre.com.br/MLB-1234567890-chaleira-azul-_JM",
        page(
            '<h1 class="ui-pdp-title">Chaleira Azul</h1><div class="ui-pdp-price"><s class="andes-money-amount andes-money-amount--previous"><span>R$</span>'
            '<span class="andes-money-amount__fraction">99</span></s><div class="ui-pdp-price__second-line"><span class="andes-money-amount"><span class='
            '"andes-money-amount__currency-symbol">R$</span><span class="andes-money-amount__fraction">1.049</span><span>,</span><span class="andes-money-'
            'amount__cents">90</span></span></div></div><button>Comprar agora</button>',
        ),
        {"title": "Chaleira Azul", "price": Decimal("1049.90"), "currency": "BRL"},
    ),
    (
        "eBay",
        "https://www.ebay.co.uk/itm/123456789012",
        page(
            '<h1 class="x-item-title__mainTitle"><span>Blue Kettle</span></h1><div class="x-price-primary"><span class="ux-textspans">£49.90</span></div>'
            '<a class="ux-call-to-action">Buy it now</a>',
        ),
        {"title": "Blue Kettle", "price": Decimal("49.90"), "currency": "GBP"},
    ),
    (
        "Walmart's state",
        "https://www.walmart.com/ip/Blue-Kettle/123456789",
        page(
            KETTLE
            + '<script>{"priceInfo":{"currentPrice":{"price":49.9,"priceString":"$49.90","currencyUnit":"USD"}}}</script>'
        ),
        {"price": Decimal("49.90"), "currency": "USD"},
    ),
    (
        "Rakuten",
        "https://item.rakuten.co.jp/mise/kettle-1/",
        page(
            '<span class="item_name">青いケトル</span><span class="price2">12,800円</span><button>カートに入れる</button>',
            title="【楽天市場】青いケトル",
        ),
        {"title": "青いケトル", "price": Decimal(12800), "currency": "JPY"},
    ),
    (
        "Coupang",
        "https://www.coupang.com/vp/products/1234567",
        page(
            '<h2 class="prod-buy-header__title">주전자</h2><div class="prod-sale-price"><span class="total-price"><strong>49,900<span>원</span></strong></span></div>'
        ),
        {"price": Decimal(49900), "currency": "KRW"},
    ),
    (
        "Magalu",
        "https://www.magazineluiza.com.br/chaleira/p/abc123/ud/pane/",
        page(
            '<h1 data-testid="heading-product-title">Chaleira</h1><p data-testid="price-original">R$ 99,00</p><p data-testid="price-value">R$ 49,90</p>'
        ),
        {"title": "Chaleira", "price": Decimal("49.90"), "currency": "BRL"},
    ),
    (
        "Otto",
        "https://www.otto.de/p/blaue-kanne-123456/",
        page(
            '<h1>Blaue Kanne</h1><span class="pdp_price__retail-price">49,90 €</span><button>In den Warenkorb</button>'
        ),
        {"price": Decimal("49.90"), "currency": "EUR"},
    ),
]

PLAIN: list[Shape] = [
    (
        "a table without classes",
        "https://www.oldshop.example/item.php?id=12345",
        page(f"{KETTLE}<table><tr><td><b>Price:</b></td><td>£49.90</td></tr></table><form action=/basket><input type=submit value='Buy now'></form>"),
        {"price": Decimal("49.90"), "currency": "GBP"},
    ),
    (
        "with and without tax",
        "https://trade.example/product/kettle-123",
        page(f'<div class="product-info">{KETTLE}<p class="price">£41.58 ex. VAT £49.90 inc. VAT</p><button>Add to basket</button></div>'),
        {"price": Decimal("49.90"), "currency": "GBP"},
    ),
    (
        "a range begins at its lowest",
        "https://shop.example/products/kettle",
        page(f'<div class="product-info">{KETTLE}<p class="price">€49.90 – €80.00</p><button>Add to basket</button></div>'),
        {"price": Decimal("49.90"), "currency": "EUR"},
    ),
    (
        "said to screen readers",
        "https://shop.example/products/kettle",
        page(f'<div class="product-info">{KETTLE}<div class="price" aria-label="€49.90"><i>4</i><i>9</i></div><button>Add to basket</button></div>'),
        {"price": Decimal("49.90")},
    ),
    (
        "styled names",
        "https://shop.example/produkt/123456",
        page('<div class="sc-1abc"><h1>Kanne</h1><div class="sc-2def"><span class="sc-3ghi">49,90 €</span></div><button class="sc-4">In den Warenkorb</button></div>'),
        {"price": Decimal("49.90"), "currency": "EUR"},
    ),
    (
        "delivery is not the price",
        "https://shop.example/product/kettle",
        page(f'<div class="product-info">{KETTLE}<div class="delivery-price price">€4.90</div><div class="price">€49.90</div><button>Add to cart</button></div>'),
        {"price": Decimal("49.90")},
    ),
]  # fmt: skip

EVERY = [*SYSTEMS, *SHOPS, *PLAIN]
