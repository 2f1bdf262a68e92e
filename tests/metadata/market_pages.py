# ruff: noqa: E501, ISC004 — a page is easier to read in its own lines
"""Pages as large shops and market places make them, made by hand."""

from __future__ import annotations

from decimal import Decimal

from tests.metadata.shapes import Shape, cards, ld, page
from tests.metadata.system_pages import og, said

PAGES: list[Shape] = [
    (
        "Amazon France: whole and fraction, a struck price, used offers",
        "https://www.amazon.fr/Bouilloire-Bleue/dp/B0ABCDEF12",
        page(
            '<div id="ppd"><div id="imgTagWrapperId"><img id="landingImage" alt="Bouilloire Bleue 1,7 L" src="https://m.media-amazon.com/images/I/71x._AC_SX300_.jpg" data-old-hires="" data-a-dynamic-image="{}"></div><h1 id="title"><span id="productTitle">  Bouilloire '
            'Bleue 1,7 L </span></h1><div id="corePriceDisplay_desktop_feature_div"><span class="savingsPercentage">-20 %</span><span class="a-price aok-align-center priceToPay"><span class="a-offscreen"> </span><span aria-hidden="true"><span class="a-price-whole">39'
            '<span class="a-price-decimal">,</span></span><span class="a-price-fraction">99</span><span class="a-price-symbol">€</span></span></span><span class="basisPrice">Prix conseillé : <span class="a-price a-text-price" data-a-strike="true"><span class="a-offscreen">'
            '49,99€</span></span></span></div><div id="olp_feature_div">Occasion à partir de <span class="a-price"><span class="a-offscreen">31,20€</span></span></div><input id="add-to-cart-button" value="Ajouter au panier" type="submit"></div>',
            title="Bouilloire Bleue 1,7 L : Amazon.fr: Cuisine et Maison",
        ),
        said("Bouilloire Bleue 1,7 L", "39.99", "EUR", "https://m.media-amazon.com/images/I/71x._AC_SX300_.jpg"),
    ),
    (
        "Amazon Brazil",
        "https://www.amazon.com.br/dp/B0ABCDEF12",
        page(
            '<div id="ppd"><span id="productTitle">Chaleira Elétrica</span><div id="corePriceDisplay_desktop_feature_div"><span class="a-price priceToPay"><span aria-hidden="true"><span class="a-price-symbol">R$</span><span class="a-price-whole">1.299<span '
            'class="a-price-decimal">,</span></span><span class="a-price-fraction">90</span></span></span></div><div id="installmentCalculator_feature_div">Em até 10x <span class="a-price"><span class="a-offscreen">R$ 129,99</span></span> sem juros</div></div>',
            title="Chaleira Elétrica | Amazon.com.br",
        ),
        said("Chaleira Elétrica", "1299.90", "BRL"),
    ),
    (
        "Amazon Japan",
        "https://www.amazon.co.jp/dp/B0ABCDEF12",
        page('<div id="ppd"><span id="productTitle">電気ケトル</span><div id="corePrice_feature_div"><span class="a-price"><span class="a-offscreen">￥4,980</span><span aria-hidden="true"><span class="a-price-symbol">￥</span><span class="a-price-whole">4,980</span></span></span></div></div>', title="Amazon | 電気ケトル"),
        said("電気ケトル", "4980", "JPY"),
    ),
    (
        "Amazon India: lakhs, and the M.R.P.",
        "https://www.amazon.in/dp/B0ABCDEF12",
        page('<div id="ppd"><span id="productTitle">OLED TV 65 inch</span><div id="corePriceDisplay_desktop_feature_div"><span class="a-price priceToPay"><span class="a-offscreen">₹1,29,990.00</span></span><span class="a-text-price">M.R.P.: <span class="a-offscreen">₹1,99,900.00</span></span></div></div>', title="OLED TV 65 inch : Amazon.in"),
        said("OLED TV 65 inch", "129990", "INR"),
    ),
    (
        "Mercado Livre: spoken price, instalments, Pix",
        "https://www.mercadolivre.com.br/fone-de-ouvido/p/MLB12345678",
        page(
            '<h1 class="ui-pdp-title">Fone de Ouvido Bluetooth</h1><figure class="ui-pdp-gallery__figure"><img class="ui-pdp-image" data-zoom="https://http2.mlstatic.com/D_NQ_NP_2X_fone-F.webp" src="https://http2.mlstatic.com/D_Q_NP_fone-R.webp" alt="Fone de Ouvido Bluetooth"></figure>'
            '<div class="ui-pdp-price"><s class="andes-money-amount ui-pdp-price__part andes-money-amount--previous" aria-label="Antes: 399 reais"><span class="andes-money-amount__fraction">399</span></s><div class="ui-pdp-price__second-line"><span class="andes-money-amount ui-pdp-price__part" '
            'aria-label="279 reais com 30 centavos"><meta itemprop="price" content="279.3"><span class="andes-money-amount__currency-symbol">R$</span><span class="andes-money-amount__fraction">279</span><span class="andes-money-amount__cents">30</span></span></div><p class="ui-pdp-price__subtitles">em '
            '<span>10x</span> <span class="andes-money-amount"><span>R$</span><span>27</span>,<span>93</span></span> sem juros</p></div><button>Comprar agora</button>',
            title="Fone de Ouvido Bluetooth | MercadoLivre",
        ),
        said("Fone de Ouvido Bluetooth", "279.30", "BRL", "https://http2.mlstatic.com/D_NQ_NP_2X_fone-F.webp"),
    ),
    (
        "Mercado Libre Mexico, JSON-LD",
        "https://articulo.mercadolibre.com.mx/MLM-123456789-bocina-_JM",
        page("", ld({"@context": "http://schema.org", "@type": "Product", "name": "Bocina Portátil", "image": "https://http2.mlstatic.com/b.webp", "offers": {"@type": "Offer", "price": 1299, "priceCurrency": "MXN", "availability": "InStock"}})),
        said("Bocina Portátil", "1299", "MXN", "https://http2.mlstatic.com/b.webp"),
    ),
    (
        "Magazine Luiza: Pix in the value, instalments",
        "https://www.magazineluiza.com.br/smart-tv-50/p/abc123def/et/tv4k/",
        page(
            '<div data-testid="main"><h1 data-testid="heading-product-title">Smart TV 50" 4K</h1><img data-testid="image-selected-thumbnail" src="https://a-static.mlcdn.com.br/800x560/tv.jpg" alt="Smart TV 50 4K"><div data-testid="mod-productprice"><p data-testid="price-original">R$ 2.999,00</p><div><span>ou </span>'
            '<p data-testid="price-value"><span class="sc">ou </span>R$ 2.199,00</p><span data-testid="in-cash">no Pix</span></div><p data-testid="installment">ou 10x de R$ 244,33 sem juros</p></div><button data-testid="bagButton">Adicionar à sacola</button></div>',
            title='Smart TV 50" 4K - Magazine Luiza',
        ),
        said('Smart TV 50" 4K', "2199", "BRL", "https://a-static.mlcdn.com.br/800x560/tv.jpg"),
    ),
    (
        "Americanas: styled names",
        "https://www.americanas.com.br/produto/1234567890/liquidificador",
        page(
            '<div class="styles__Wrapper-sc-1"><h1 class="product-title__Title-sc-1hlrxcw-0">Liquidificador 900W</h1><div class="styles__PriceText-sc-1"><div class="src__BestPrice-sc-1jnodg3-5">R$ 159,90</div><div class="payment-option">em até 3x de R$ 53,30</div></div><a class="src__BuyButton">comprar</a></div>',
            title="Liquidificador 900W - Americanas",
        ),
        said("Liquidificador 900W", "159.90", "BRL"),
    ),
    (
        "Shopee: only the head",
        "https://shopee.com.br/Garrafa-Térmica-i.123456.789012345",
        '<!doctype html><html lang="pt-BR"><head><title>Garrafa Térmica | Shopee Brasil</title><meta property="og:title" content="Garrafa Térmica | Shopee Brasil"><meta property="og:image" content="https://cf.shopee.com.br/file/abc"><meta property="og:type" content="product"></head>'
        '<body><div id="main"></div></body></html>',
        said("Garrafa Térmica", None, None, "https://cf.shopee.com.br/file/abc"),
    ),
    (
        "AliExpress: the data of the run",
        "https://www.aliexpress.com/item/1005001234567890.html",
        '<!doctype html><html><head><title>LED Strip 5m - AliExpress</title><meta property="og:title" content="LED Strip 5m - AliExpress"><meta property="og:image" content="https://ae01.alicdn.com/kf/led.jpg"></head><body><div id="root"></div><script>window.runParams = {data: {"priceComponent":{"discountPrice":'
        '{"actCurrencyFormatPrice":"US $7.49"},"origPrice":{"formatedAmount":"US $14.98"}},"skuPriceList":[{"skuVal":{"skuActivityAmount":{"currency":"USD","formatedAmount":"US $7.49","value":7.49}}}],"formatedActivityPrice":"US $7.49","currencyCode":"USD"}};</script></body></html>',
        said("LED Strip 5m", "7.49", "USD", "https://ae01.alicdn.com/kf/led.jpg"),
    ),
    (
        "eBay Germany: approximately in another currency, postage",
        "https://www.ebay.de/itm/123456789012",
        page(
            '<div class="vim x-item-title"><h1 class="x-item-title__mainTitle"><span class="ux-textspans ux-textspans--BOLD">Alte Kaffeemühle</span></h1></div><div class="x-price-section"><div class="x-price-primary"><span class="ux-textspans">EUR 45,00</span></div><div class="x-price-approx"><span>(ca. US $48.90)</span></div></div>'
            '<div class="ux-labels-values--shipping">Versand: <span class="ux-textspans">EUR 5,49</span></div><div class="ux-image-carousel-item active image"><img src="https://i.ebayimg.com/images/g/s-l500.jpg" data-zoom-src="https://i.ebayimg.com/images/g/s-l1600.jpg"></div><a class="ux-call-to-action">Sofort-Kaufen</a>',
            title="Alte Kaffeemühle | eBay",
        ),
        said("Alte Kaffeemühle", "45", "EUR"),
    ),
    (
        "Etsy: a price with a plus and a sale",
        "https://www.etsy.com/listing/123456789/linen-apron",
        page(
            '<h1 data-buy-box-listing-title="true">Linen Apron</h1><div data-buy-box-region="price" data-selector="price-only"><p class="wt-text-title-larger"><span class="wt-screen-reader-only">Price:</span> €42.50+</p><div class="wt-text-caption"><span class="wt-text-strikethrough"><span class="wt-screen-reader-only">Original '
            'Price:</span> €50.00+</span></div></div><button>Add to cart</button>',
            og("Linen Apron - Etsy", "https://i.etsystatic.com/il_fullxfull.jpg", og_type="product"),
            "Linen Apron - Etsy",
        ),
        said("Linen Apron", "42.50", "EUR", "https://i.etsystatic.com/il_fullxfull.jpg"),
    ),
    (
        "IKEA Germany: integer and decimals apart, spoken whole",
        "https://www.ikea.com/de/de/p/billy-regal-weiss-00263850/",
        page(
            '<div class="pip-product"><h1><span class="pip-header-section__title--big">BILLY</span><span class="pip-header-section__description">Bücherregal, weiß</span></h1><div class="pip-price-package"><span class="pip-price"><span aria-hidden="true"><span class="pip-price__integer">49</span><span class="pip-price__decimals">'
            '<span class="pip-price__separator">,</span>99</span><span class="pip-price__currency">€</span></span><span class="pip-price__sr-text">Preis € 49.99</span></span></div><button>In den Warenkorb</button></div>',
            og("BILLY Bücherregal, weiß", "https://www.ikea.com/de/de/images/products/billy_s5.jpg"),
            "BILLY Bücherregal, weiß - IKEA Deutschland",
        ),
        said("BILLY Bücherregal, weiß", "49.99", "EUR", "https://www.ikea.com/de/de/images/products/billy_s5.jpg"),
    ),
    (
        "Zara: JSON-LD as an array of colours",
        "https://www.zara.com/es/es/vestido-midi-p01234567.html",
        page(
            "",
            ld([{"@context": "http://schema.org/", "@type": "Product", "name": "VESTIDO MIDI", "color": colour, "image": ["https://static.zara.net/v.jpg"], "offers": {"@type": "Offer", "priceCurrency": "EUR", "price": "39.95", "url": "https://www.zara.com/es/es/vestido-midi-p01234567.html"}} for colour in ("Negro", "Blanco")]),
            "VESTIDO MIDI - Negro | ZARA España",
        ),
        said("VESTIDO MIDI", "39.95", "EUR", "https://static.zara.net/v.jpg"),
    ),
    (
        "H&M: sale in red, state in __NEXT_DATA__ with formatted prices",
        "https://www2.hm.com/sv_se/productpage.1234567001.html",
        page(
            '<h1>Skjorta i linne</h1><div><span class="edbe20 ac3d9e d9ca8b" translate="no">199,00 kr.</span><span class="e26896 line-through" translate="no">399,00 kr.</span></div><button>Lägg till</button>',
            title="Skjorta i linne - Vit - HERR | H&M SE",
        ),
        said("Skjorta i linne", "199", "SEK"),
    ),
    (
        "Decathlon",
        "https://www.decathlon.fr/p/sac-a-dos-randonnee-20l/_/R-p-123456",
        page("<main><h1>Sac à dos randonnée 20L</h1><div class='price-base'><div class='vtmn-price vtmn-price_variant--alert' aria-label='prix'>14,99 €</div><div class='vtmn-price crossed'>19,99 €</div></div><button>Ajouter au panier</button></main>", og("Sac à dos randonnée 20L", "https://contents.mediadecathlon.com/sac.jpg")),
        said("Sac à dos randonnée 20L", "14.99", "EUR", "https://contents.mediadecathlon.com/sac.jpg"),
    ),
    (
        "MediaMarkt: dash for no cents, UVP",
        "https://www.mediamarkt.de/de/product/_kopfhoerer-2712345.html",
        page(
            '<h1>Kopfhörer XM5</h1><div data-test="mms-product-price"><div class="sc-strike"><span>UVP 419,–</span></div><div data-test="product-price"><span class="sc-a" aria-hidden="true">€ 279,–</span><span class="sc-sr">279.00</span></div></div><button data-test="a2c-Button">In den Warenkorb</button>',
            title="Kopfhörer XM5 | MediaMarkt",
        ),
        said("Kopfhörer XM5", "279", "EUR"),
    ),
    (
        "Zalando: from price for sizes",
        "https://www.zalando.de/marke-sneaker-low-white-ab111a000-a11.html",
        page('<h1><span>Marke</span><span>SNEAKER - Sneaker low - white</span></h1><div data-testid="pdp-price-container"><p><span class="sDq_FX">ab </span><span>69,95 €</span></p><p>Ursprünglich: <span>99,95 €</span></p></div><button>In den Warenkorb</button>', og("Marke SNEAKER - Sneaker low - white - Zalando.de", "https://img01.ztat.net/s.jpg")),
        {"price": Decimal("69.95"), "currency": "EUR", "image_url": "https://img01.ztat.net/s.jpg"},
    ),
    (
        "Otto: JSON-LD, rate per month shown",
        "https://www.otto.de/p/waschmaschine-s01234567/",
        page('<h1>Waschmaschine</h1><div class="pdp_price__price"><span class="pdp_price__retail-price">549,00 €</span></div><div class="pdp_price__installment">oder 48 x 14,20 €</div>', ld({"@context": "http://schema.org", "@type": "Product", "name": "Waschmaschine", "offers": {"@type": "Offer", "price": "549.00", "priceCurrency": "EUR"}})),
        said("Waschmaschine", "549", "EUR"),
    ),
    (
        "Fnac: market place offers below",
        "https://www.fnac.com/Roman-Tome-1/a12345678/w-4",
        page('<h1 class="f-productHeader__heading">Le Roman, Tome 1</h1><div class="f-faPriceBox"><span class="f-faPriceBox__price userPrice">8€<sup>90</sup></span></div><div class="f-otherOffers">Neufs et occasions dès <span>4€50</span></div><button class="ff-button">Ajouter au panier</button>', title="Le Roman, Tome 1 - Fnac"),
        said("Le Roman, Tome 1", "8.90", "EUR"),
    ),
    (
        "Rakuten Ichiba: tax said, points",
        "https://item.rakuten.co.jp/kitchen-ya/kettle-01/",
        page('<span class="normal_reserve_item_name"><b class="normal_reserve_item_name">電気ケトル 1.0L</b></span><div id="priceCalculationConfig" data-price="4980"><span class="price2">4,980円</span> <span>税込</span> <span class="point">49ポイント(1倍)</span></div><button>かごに追加</button>', title="【楽天市場】電気ケトル 1.0L：キッチン屋"),
        {"price": Decimal(4980), "currency": "JPY"},
    ),
    (
        "Flipkart: styled names, per cent, EMI",
        "https://www.flipkart.com/phone-x-blue-128-gb/p/itm0123456789abc",
        page('<h1><span class="VU-ZEz">Phone X (Blue, 128 GB)</span></h1><div class="hl05eU"><div class="Nx9bqj CxhGGd">₹64,999</div><div class="yRaY8j A6+E6v">₹<!-- -->79,900</div><div class="UkUFwK"><span>18% off</span></div></div><div>EMI from ₹2,286/month</div><button>Add to cart</button>', title="Phone X (Blue, 128 GB) Price in India"),
        said("Phone X (Blue, 128 GB)", "64999", "INR"),
    ),
    (
        "Best Buy: monthly payment first",
        "https://www.bestbuy.com/site/laptop-14/6571234.p?skuId=6571234",
        page('<h1 class="heading-4">Laptop 14"</h1><div class="priceView-hero-price"><div class="pricing-lease-price">From <span>$41.67</span>/mo. for 24 months</div><div data-testid="customer-price" class="priceView-customer-price"><span aria-hidden="true">$999.99</span><span class="sr-only">Your price for this item is $999.99</span></div><div class="pricing-price__savings">Save $200</div></div><button>Add to Cart</button>', title='Laptop 14" - Best Buy'),
        said('Laptop 14"', "999.99", "USD"),
    ),
    (
        "Walmart: whole page state",
        "https://www.walmart.com/ip/Cast-Iron-Skillet/10123456",
        page('<h1 itemprop="name">Cast Iron Skillet</h1><span itemprop="price" data-seo-id="hero-price" aria-hidden="false">Now $17.88</span><span class="strike">$24.97</span><button>Add to cart</button><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"initialData":{"data":{"product":{"name":"Cast Iron Skillet","priceInfo":{"currentPrice":{"price":17.88,"priceString":"$17.88","currencyUnit":"USD"},"wasPrice":{"price":24.97}}}}}}}}</script>', title="Cast Iron Skillet - Walmart.com"),
        said("Cast Iron Skillet", "17.88", "USD"),
    ),
    (
        "Target: the stream of Next.js",
        "https://www.target.com/p/throw-blanket/-/A-12345678",
        page('<h1 data-test="product-title">Throw Blanket</h1><script>self.__next_f.push([1,"5:[\\"$\\",\\"div\\",null,{\\"product\\":{\\"title\\":\\"Throw Blanket\\",\\"price\\":{\\"current_retail\\":25,\\"formatted_current_price\\":\\"$25.00\\"}}}]\\n"])</script>', title="Throw Blanket : Target"),
        said("Throw Blanket", "25", "USD"),
    ),
    (
        "Apple: full price and monthly",
        "https://www.apple.com/shop/buy-ipad/ipad-air",
        page('<h1>Buy iPad Air</h1>', ld({"@context": "http://schema.org", "@type": "Product", "name": "iPad Air", "url": "https://www.apple.com/shop/buy-ipad/ipad-air", "image": "https://store.storeimages.cdn-apple.com/ipad-air.png", "offers": [{"@type": "AggregateOffer", "lowPrice": 599.00, "highPrice": 1279.00, "priceCurrency": "USD"}]})),
        {"price": Decimal(599), "currency": "USD", "image_url": "https://store.storeimages.cdn-apple.com/ipad-air.png"},
    ),
    (
        "Coupang: original, then the discount price",
        "https://www.coupang.com/vp/products/7654321",
        page('<h1 class="prod-buy-header__title">전기 주전자</h1><div class="prod-price"><span class="origin-price">59,900원</span><span class="total-price"><strong>49,900</strong><span class="price-unit">원</span></span><span class="unit-price">(1개당 49,900원)</span></div><button>장바구니 담기</button>', title="전기 주전자 | 쿠팡"),
        said("전기 주전자", "49900", "KRW"),
    ),
    (
        "sold out with recommendations",
        "https://www.market.example/p/rare-vase-9912",
        page(f'<main><h1>Rare Vase</h1><p class="stock">Sold out</p><button disabled>Notify me</button></main><section class="recommendations"><h2>You may also like</h2>{cards(6, "€{},00")}</section>', og("Rare Vase", "https://www.market.example/vase.jpg")),
        said("Rare Vase", None, None, "https://www.market.example/vase.jpg"),
    ),
]  # fmt: skip
