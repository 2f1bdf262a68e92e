# ruff: noqa: E501, ISC004 — a page is easier to read in its own lines
"""Pages as shop systems make them, with what surrounds a price there: rates, lists, other products, states of scripts."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from tests.metadata.shapes import Shape, cards, ld, page


def said(
    title: str, price: str | None, currency: str | None = None, image: str | None = None, **more: Any
) -> dict[str, Any]:
    """What must be read; a picture only where one is expected."""
    found = {"title": title, "price": price and Decimal(price), "currency": currency, **more}
    return found | ({"image_url": image} if image else {})


def og(title: str, image: str = "", **properties: str) -> str:
    """The head of a page that wants to be shared."""
    rows = {"og:title": title, "og:image": image} | {name.replace("_", ":"): text for name, text in properties.items()}
    return "".join(f'<meta property="{name}" content="{text}">' for name, text in rows.items() if text)


SHOPIFY_STATE = json.dumps(
    {"id": 7, "title": "Wool Throw", "handle": "wool-throw", "vendor": "Nord", "price": 12900, "price_min": 12900, "available": True,
     "compare_at_price": None, "variants": [{"id": 71, "title": "Grey", "price": 12900, "compare_at_price": None}], "images": ["//cdn.shopify.com/s/files/1/throw.jpg"]}
)  # fmt: skip

PAGES: list[Shape] = [
    (
        "Shopify Dawn: regular and sale price in one block, unit price beside",
        "https://nordhaus.example/products/wool-throw",
        page(
            '<main id="MainContent"><div class="product product--medium"><div class="product__media"><img src="//cdn.shopify.com/s/files/1/throw.jpg?v=1&width=1946" '
            'alt="Wool Throw"></div><div class="product__title"><h1>Wool Throw</h1></div><div class="price price--large price--on-sale"><div class="price__container">'
            '<div class="price__regular"><span class="visually-hidden">Regular price</span><span class="price-item price-item--regular">€129,00 EUR</span></div>'
            '<div class="price__sale"><span class="visually-hidden">Regular price</span><s class="price-item price-item--regular">€159,00 EUR</s><span '
            'class="visually-hidden">Sale price</span><span class="price-item price-item--sale price-item--last">€129,00 EUR</span></div><small class="unit-price caption hidden">'
            '<span class="visually-hidden">Unit price</span><span class="price-item"><span>€4,30</span> / 100g</span></small></div></div><form action="/cart/add">'
            f'<button name="add">Add to cart</button></form></div></main><product-recommendations class="related-products">{cards(4, "€{},00 EUR")}</product-recommendations>',
            og("Wool Throw", "http://nordhaus.example/cdn/shop/products/throw.jpg?v=1", og_type="product", og_image_secure__url="x") + '<link href="//cdn.shopify.com/a.css">',
            "Wool Throw &ndash; Nordhaus",
        ).replace("og:image:secure::url", "og:image:secure_url").replace('content="x"', 'content="https://nordhaus.example/cdn/shop/products/throw.jpg?v=1"'),
        said("Wool Throw", "129", "EUR", "https://nordhaus.example/cdn/shop/products/throw.jpg?v=1"),
    ),
    (
        "Shopify: og:price:amount with grouping comma",
        "https://nordhaus.example/products/sofa",
        page("<h1>Sofa</h1>", og("Sofa", "https://nordhaus.example/s.jpg", og_type="product", og_price_amount="1,299.00", og_price_currency="USD"), "Sofa"),
        said("Sofa", "1299", "USD", "https://nordhaus.example/s.jpg"),
    ),
    (
        "Shopify: only the state of the product, in cents",
        "https://nordhaus.example/products/wool-throw",
        page(
            '<main class="product"><h1 class="product-single__title">Wool Throw</h1><form action="/cart/add"><button>Add to cart</button></form></main>'
            f'<script type="application/json" data-product-json>{SHOPIFY_STATE}</script>',
            '<script src="//cdn.shopify.com/s/a.js"></script><script>Shopify.currency = {"active":"GBP","rate":"1.0"};</script>',
            "Wool Throw",
        ),
        said("Wool Throw", "129", "GBP"),
    ),
    (
        "WooCommerce: variable product, a range",
        "https://huerta.example/producto/manta-de-lana/",
        page(
            '<div class="product type-product product-type-variable"><div class="woocommerce-product-gallery"><div class="woocommerce-product-gallery__image"><a href="/full.jpg"><img '
            'src="/manta-300x300.jpg" data-large_image="https://huerta.example/wp-content/manta.jpg" class="wp-post-image"></a></div></div><div class="summary entry-summary"><h1 class="product_title '
            'entry-title">Manta de lana</h1><p class="price"><span class="woocommerce-Price-amount amount"><bdi>39,90&nbsp;<span class="woocommerce-Price-currencySymbol">&euro;</span></bdi></span> '
            '&ndash; <span class="woocommerce-Price-amount amount"><bdi>59,90&nbsp;<span>&euro;</span></bdi></span></p><button class="single_add_to_cart_button button alt">Añadir al carrito</button>'
            f'</div><section class="related products"><ul class="products">{cards(3, "{},90 €")}</ul></section></div>',
            '<link rel="stylesheet" href="/wp-content/plugins/woocommerce/assets/css/woocommerce.css">',
            "Manta de lana &#8211; Huerta",
        ),
        said("Manta de lana", "39.90", "EUR", "https://huerta.example/wp-content/manta.jpg"),
    ),
    (
        "WooCommerce: JSON-LD with a specification and valueAddedTaxIncluded",
        "https://huerta.example/producto/taza/",
        page(
            "<h1>Taza</h1>",
            ld({"@context": "https://schema.org/", "@graph": [{"@type": "BreadcrumbList", "itemListElement": []}, {"@type": "Product", "@id": "https://huerta.example/producto/taza/#product", "name": "Taza", "image": "https://huerta.example/taza.jpg",
                "offers": [{"@type": "Offer", "priceSpecification": [{"@type": "UnitPriceSpecification", "price": "12.50", "priceCurrency": "EUR", "valueAddedTaxIncluded": False, "validThrough": "2026-12-31"}], "availability": "http://schema.org/InStock"}]}]}),
        ),
        said("Taza", "12.50", "EUR", "https://huerta.example/taza.jpg"),
    ),
    (
        "Magento 2: og:type and product:price:amount; the shown price is for members",
        "https://store.example/linen-shirt.html",
        page(
            '<div class="product-info-main"><h1 class="page-title"><span data-ui-id="page-title-wrapper" itemprop="name">Linen Shirt</span></h1><div class="price-box price-final_price"><span id="product-price-7" '
            'data-price-amount="79" data-price-type="finalPrice" class="price-wrapper"><span class="price">$79.00</span></span></div><div class="prices-tier">Members: <span class="price">$71.10</span></div>'
            '<button id="product-addtocart-button" class="action primary tocart"><span>Add to Cart</span></button></div>',
            og("Linen Shirt", "https://store.example/media/shirt.jpg", og_type="product", product_price_amount="79", product_price_currency="USD"),
            "Linen Shirt",
        ).replace("<body>", '<body class="catalog-product-view product-linen-shirt">'),
        said("Linen Shirt", "79", "USD", "https://store.example/media/shirt.jpg"),
    ),
    (
        "Magento 1: a configurable product with a price from",
        "https://laden.de/leinenhemd.html",
        page(
            '<div class="product-view"><form id="product_addtocart_form"><div class="product-img-box"><img id="image-main" class="gallery-image" src="https://laden.de/media/catalog/hemd.jpg" alt="Leinenhemd"></div><div '
            'class="product-shop"><div class="product-name"><span class="h1">Leinenhemd</span></div><div class="price-box"><span class="regular-price" id="product-price-9"><span class="price">79,00&nbsp;€</span></span></div>'
            '<span class="tax-details">inkl. 19% MwSt., zzgl. <a>Versandkosten</a></span><button class="button btn-cart"><span>In den Warenkorb</span></button></div></form></div>',
            '<script src="/skin/mage/cookies.js"></script>',
            "Leinenhemd | Laden",
        ),
        said("Leinenhemd", "79", "EUR", "https://laden.de/media/catalog/hemd.jpg"),
    ),
    (
        "VTEX IO: Pix price and instalments around the selling price",
        "https://www.lojaverde.com.br/cafeteira-italiana/p",
        page(
            '<div class="vtex-flex-layout-0-x-flexRow--product-main"><h1 class="vtex-store-components-3-x-productNameContainer"><span class="vtex-store-components-3-x-productBrand">Cafeteira Italiana</span></h1>'
            '<span class="vtex-product-price-1-x-listPrice"><span class="vtex-product-price-1-x-listPriceValue strike">R$&nbsp;199,90</span></span><span class="vtex-product-price-1-x-sellingPrice"><span class="vtex-product-'
            'price-1-x-sellingPriceValue">R$&nbsp;149,90</span></span><span class="vtex-product-price-1-x-installments">em até 3x de R$&nbsp;49,97 sem juros</span><div class="pix-price">R$ 142,40 no Pix</div>'
            '<button class="vtex-button">Adicionar ao carrinho</button></div>',
            '<link href="https://lojaverde.vtexassets.com/a.css">' + og("Cafeteira Italiana", "https://lojaverde.vteximg.com.br/arquivos/cafeteira.jpg"),
            "Cafeteira Italiana - Loja Verde",
        ),
        said("Cafeteira Italiana", "149.90", "BRL", "https://lojaverde.vteximg.com.br/arquivos/cafeteira.jpg"),
    ),
    (
        "VTEX IO: JSON-LD with an aggregate of sellers",
        "https://www.lojaverde.com.br/cafeteira-italiana/p",
        page("", ld({"@context": "https://schema.org/", "@type": "Product", "@id": "https://www.lojaverde.com.br/cafeteira-italiana/p", "name": "Cafeteira Italiana", "image": "https://lojaverde.vtexassets.com/c.jpg", "offers": {"@type": "AggregateOffer",
            "lowPrice": 149.9, "highPrice": 149.9, "priceCurrency": "BRL", "offers": [{"@type": "Offer", "price": 149.9, "priceCurrency": "BRL", "seller": {"@type": "Organization", "name": "Verde"}}], "offerCount": 1}})),
        said("Cafeteira Italiana", "149.90", "BRL", "https://lojaverde.vtexassets.com/c.jpg"),
    ),
    (
        "PrestaShop 1.7: microdata-less, with the discount said",
        "https://boutique.fr/cuisine/42-cafetiere-italienne.html",
        page(
            '<section id="main"><div class="product-container"><img class="js-qv-product-cover" src="https://boutique.fr/42-large_default/cafetiere.jpg" alt="Cafetière italienne"><h1 class="h1">Cafetière italienne</h1><div '
            'class="product-prices"><div class="product-discount"><span class="regular-price">39,90&nbsp;€</span></div><div class="product-price h5 has-discount"><div class="current-price"><span class="current-price-value" '
            'content="31.92">31,92&nbsp;€</span><span class="discount discount-percentage">Économisez 20%</span></div></div></div><button class="btn btn-primary add-to-cart">Ajouter au panier</button></div></section>',
            '<script>var prestashop = {"cart":{"totals":{"total":{"amount":0}}}};</script>',
            "Cafetière italienne - Boutique",
        ),
        said("Cafetière italienne", "31.92", "EUR", "https://boutique.fr/42-large_default/cafetiere.jpg"),
    ),
    (
        "Salesforce: a standard and a sale price, data-attribute JSON",
        "https://www.marke.example/de-de/p/mantel-blau/4711.html",
        page(
            '<div class="product-detail product-wrapper" data-pid="4711"><h1 class="product-name">Mantel blau</h1><div class="prices"><div class="price"><del><span class="strike-through list"><span class="value" content="299.00">'
            '<span class="sr-only">Preis reduziert von</span>299,00 € <span class="sr-only">auf</span></span></span></del><span class="sales"><span class="value" content="199.00">199,00 €</span></span></div></div>'
            '<button class="add-to-cart btn btn-primary">In den Warenkorb</button></div>',
            '<script src="/on/demandware.static/a.js"></script>',
            "Mantel blau | Marke",
        ),
        said("Mantel blau", "199", "EUR"),
    ),
    (
        "BigCommerce Stencil: was, now and the saving",
        "https://shop.com.au/oak-board/",
        page(
            '<div class="productView" data-product-price-with-tax><section class="productView-images"><figure class="productView-image"><img src="https://cdn11.bigcommerce.com/s-1/images/stencil/500x659/board.jpg" alt="Oak Board"></figure></section>'
            '<section class="productView-details"><h1 class="productView-title">Oak Board</h1><div class="productView-price"><div class="price-section price-section--withoutTax rrp-price--withoutTax">MSRP: <span class="price price--rrp">$99.00</span>'
            '</div><div class="price-section non-sale-price--withoutTax">Was: <span class="price price--non-sale">$89.00</span></div><div class="price-section">Now: <span class="price price--withoutTax">$69.00</span></div><div class="price-section '
            'price-section--saving">(You save <span class="price price--saving">$20.00</span>)</div></div><form action="/cart.php"><input id="form-action-addToCart" type="submit" value="Add to Cart"></form></section></div>',
            '<link href="https://cdn11.bigcommerce.com/s-1/a.css">',
            "Oak Board - Shop",
        ),
        said("Oak Board", "69", "AUD", "https://cdn11.bigcommerce.com/s-1/images/stencil/500x659/board.jpg"),
    ),
    (
        "Squarespace",
        "https://www.kiln.example/shop/p/stoneware-bowl",
        page(
            '<article class="ProductItem"><section class="ProductItem-gallery"><img data-src="https://images.squarespace-cdn.com/content/bowl.jpg" data-image="https://images.squarespace-cdn.com/content/bowl.jpg" alt="bowl.jpg" src=""></section>'
            '<section class="ProductItem-details"><h1 class="ProductItem-details-title">Stoneware Bowl</h1><div class="product-price">£38.00</div><div class="sqs-add-to-cart-button">Add To Cart</div></section></article>',
            '<script src="//static1.squarespace.com/a.js"></script>',
            "Stoneware Bowl &mdash; Kiln",
        ),
        said("Stoneware Bowl", "38", "GBP", "https://images.squarespace-cdn.com/content/bowl.jpg"),
    ),
    (
        "Wix: JSON-LD with capital Offers",
        "https://www.kiln.example/product-page/bowl",
        page("", ld({"@context": "https://schema.org/", "@type": "Product", "name": "Bowl", "image": [{"@type": "ImageObject", "contentUrl": "https://static.wixstatic.com/media/b.jpg"}], "Offers": {"@type": "Offer", "price": "38", "priceCurrency": "GBP"}})),
        said("Bowl", "38", "GBP", "https://static.wixstatic.com/media/b.jpg"),
    ),
    (
        "Shopware 6: microdata and unit prices",
        "https://laden.de/Wanderrucksack-30l/SW10023",
        page(
            '<div class="product-detail" itemscope itemtype="https://schema.org/Product"><h1 class="product-detail-name" itemprop="name">Wanderrucksack 30 l</h1><img itemprop="image" src="/media/rucksack.jpg" alt="Wanderrucksack"><div '
            'class="product-detail-buy" itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="priceCurrency" content="EUR"><div class="product-detail-price-container"><meta itemprop="price" content="119.95"><p '
            'class="product-detail-price with-list-price">119,95 €*<span class="product-detail-list-price-wrapper">statt <span class="list-price-price">149,95 €*</span></span></p></div><div class="product-detail-price-unit">Inhalt: 1 Stück '
            '(4,00 € / 1 l)</div><button class="btn btn-buy">In den Warenkorb</button></div></div>',
        ),
        said("Wanderrucksack 30 l", "119.95", "EUR", "https://laden.de/media/rucksack.jpg"),
    ),
    (
        "OpenCart: Ex Tax below, points",
        "https://opencart.example/index.php?route=product/product&product_id=43",
        page(
            '<div id="product-product"><div class="col-sm-8"><ul class="thumbnails"><li><a class="thumbnail" href="https://opencart.example/image/cache/macbook-500x500.jpg"><img src="https://opencart.example/image/cache/macbook-228x228.jpg" '
            'title="MacBook" alt="MacBook"></a></li></ul></div><div class="col-sm-4"><h1>MacBook</h1><ul class="list-unstyled"><li><h2>€602.00</h2></li><li>Ex Tax: €500.00</li></ul><div id="product"><button id="button-cart">Add to Cart</button></div></div></div>',
            '<link href="catalog/view/theme/default/stylesheet.css">',
            "MacBook",
        ),
        said("MacBook", "602", "EUR", "https://opencart.example/image/cache/macbook-228x228.jpg"),
    ),
    (
        "Tiendanube: instalments and transfer discount",
        "https://casanorte.com.ar/productos/mate-imperial/",
        page(
            '<div id="single-product" class="js-product-detail"><img class="js-product-slide-img" data-srcset="//acdn.mitiendanube.com/mate-480-0.jpg 480w, //acdn.mitiendanube.com/mate-1024-1024.jpg 1024w" src="data:image/gif;base64,R0lGOD" '
            'alt="Mate imperial"><h1 class="js-product-name">Mate imperial</h1><div class="price-container"><span class="price-compare"><span id="compare_price_display" class="js-compare-price-display">$45.000,00</span></span><span '
            'id="price_display" class="js-price-display" data-product-price="3800000">$38.000,00</span></div><div class="js-payment-discount-price-product">$34.200,00 con Transferencia</div><div class="js-max-installments">6 cuotas de <span '
            'class="js-installment-price">$6.333,33</span></div><input type="submit" class="js-addtocart" value="Agregar al carrito"></div>',
            '<script src="//d26lpennugtm8s.cloudfront.net/tiendanube.js"></script>',
            "Mate imperial - Casa Norte",
        ),
        said("Mate imperial", "38000", "ARS", "https://acdn.mitiendanube.com/mate-1024-1024.jpg"),
    ),
    (
        "Tray: price in Pix first, then the card",
        "https://www.lojadatay.com.br/panela-de-ferro",
        page(
            '<div class="page-product"><h1 class="product-name">Panela de Ferro</h1><div id="product-price" class="product-price"><div class="precoAvista"><span id="preco_atual" class="PrecoPrincipal">R$ 249,90</span></div><span class="txt-forma">12x de '
            'R$ 24,89</span></div><button class="botao-comprar">Comprar</button></div>',
            '<link href="https://images.tcdn.com.br/a.css">' + og("Panela de Ferro", "//images.tcdn.com.br/img/panela.jpg"),
            "Panela de Ferro - Loja da Tay",
        ),
        said("Panela de Ferro", "249.90", "BRL", "https://images.tcdn.com.br/img/panela.jpg"),
    ),
    (
        "Loja Integrada",
        "https://www.lojadoze.com.br/bone-azul",
        page(
            '<div class="produto"><div class="principal"><h1 class="nome-produto titulo">Boné azul</h1><div class="preco-produto destaque-preco"><s class="preco-venda titulo">R$ 89,90</s><strong class="preco-promocional cor-principal" '
            'data-sell-price="69.90">R$ 69,90</strong><span class="preco-parcela">até <strong>2x</strong> de <strong>R$ 34,95</strong></span><span class="desconto-a-vista">ou <strong>R$ 66,41</strong> via Pix</span></div><a class="botao botao-comprar">Comprar</a></div></div>',
            '<script src="https://cdn.awsli.com.br/lojaintegrada.js"></script>',
            "Boné azul - Loja do Zé",
        ),
        said("Boné azul", "69.90", "BRL"),
    ),
    (
        "Next.js with Apollo's state, no other data",
        "https://www.market.example/p/desk-lamp-4471",
        '<!doctype html><html lang="en"><head><title>Desk Lamp | Market</title><meta property="og:title" content="Desk Lamp | Market"></head><body><div id="__next"><main><h1>Desk Lamp</h1><button>Add to cart</button></main></div><script id="__NEXT_DATA__" '
        'type="application/json">{"props":{"pageProps":{"__APOLLO_STATE__":{"Product:4471":{"__typename":"Product","id":"4471","name":"Desk Lamp","priceRange":{"__typename":"PriceRange","minimumPrice":{"finalPrice":{"value":64.5,"currency":"EUR"},'
        '"regularPrice":{"value":80,"currency":"EUR"}}}},"Product:9":{"__typename":"Product","name":"Desk","price":300}}}}}</script></body></html>',
        said("Desk Lamp", "64.50", "EUR"),
    ),
    (
        "Nuxt 2: the state as a script",
        "https://www.market.example/product/desk-lamp",
        page(
            "<main><h1>Desk Lamp</h1><button>Add to basket</button></main><script>window.__NUXT__={state:{product:{name:\"Desk Lamp\",price:64.5,currency:\"EUR\",sku:\"DL-1\"},cart:{total:0}}};</script>",
            title="Desk Lamp",
        ),
        said("Desk Lamp", "64.50", "EUR"),
    ),
    (
        "Redux: window.__INITIAL_STATE__ as JSON",
        "https://www.market.example/product/desk-lamp",
        page(
            '<main><h1>Desk Lamp</h1><button>Add to basket</button></main><script>window.__INITIAL_STATE__ = {"product":{"details":{"name":"Desk Lamp","pricing":{"current":{"amount":64.5,"currency":"EUR"},"was":{"amount":80}}}},"cart":{"total":{"amount":0}}};</script>',
            title="Desk Lamp",
        ),
        said("Desk Lamp", "64.50", "EUR"),
    ),
    (
        "the data layer of Google's tags, old enhanced commerce",
        "https://www.market.example/product/desk-lamp",
        page(
            "<main><h1>Desk Lamp</h1></main><script>dataLayer.push({'ecommerce': {'currencyCode': 'EUR', 'detail': {'actionField': {'list': 'x'}, 'products': [{'name': 'Desk Lamp', 'id': '1', 'price': '64.50', 'brand': 'L'}]}}});</script>",
            title="Desk Lamp",
        ),
        said("Desk Lamp", "64.50", "EUR"),
    ),
    (
        "gtag view_item",
        "https://www.market.example/product/desk-lamp",
        page(
            "<main><h1>Desk Lamp</h1></main><script>gtag('event', 'view_item', { currency: 'EUR', value: 64.50, items: [{ item_id: 'L1', item_name: 'Desk Lamp', price: 64.50 }] });</script>",
            title="Desk Lamp",
        ),
        said("Desk Lamp", "64.50", "EUR"),
    ),
]  # fmt: skip
