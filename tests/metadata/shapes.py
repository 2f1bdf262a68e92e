# ruff: noqa: E501, ISC004 — a page is easier to read in its own lines
"""Pages made after how shop systems build theirs: (what it is, address, HTML, what must be read)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

Shape = tuple[str, str, str, dict[str, Any]]


def page(body: str, head: str = "", title: str = "Blue Kettle | Shop") -> str:
    """A document with the menu, the promises and the footer that every shop has."""
    menu = "".join(f'<li class="menu-item"><a href="/c/{n}">Category {n}</a></li>' for n in range(30))
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>"
        f'<header class="header"><ul class="nav">{menu}</ul><div class="minicart"><span class="price">$0.00</span></div>'
        f'<div class="promo-bar">Free shipping over $75</div></header>{body}'
        '<footer class="footer"><p>Gift cards from $10</p></footer></body></html>'
    )


def ld(value: Any) -> str:
    """A block of JSON-LD."""
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


def cards(count: int = 8, price: str = "${}.99") -> str:
    """The other products below, each with a price and a button."""
    return "".join(
        f'<div class="product-card"><a href="/p/{n}">Thing {n}</a><span class="price">{price.format(20 + n)}</span>'
        '<button class="add-to-cart">Add to cart</button></div>'
        for n in range(count)
    )


KETTLE = {"@type": "Product", "name": "Blue Kettle", "image": "/kettle.jpg"}
OFFER = {"@type": "Offer", "price": "49.90", "priceCurrency": "EUR"}
EUR = {"title": "Blue Kettle", "price": Decimal("49.90"), "currency": "EUR"}
URL = "https://www.shop.example/products/blue-kettle"

DATA: list[Shape] = [
    ("a graph", URL, ld({"@graph": [{"@type": "WebSite"}, {**KETTLE, "offers": OFFER}]}), EUR),
    ("mainEntity of a page", URL, ld({"@type": "ItemPage", "mainEntity": {**KETTLE, "offers": [OFFER]}}), EUR),
    ("a list of blocks", URL, ld([{"@type": "Organization"}, {**KETTLE, "offers": OFFER}]), EUR),
    ("offers by @id", URL, ld({"@graph": [{**KETTLE, "offers": {"@id": "#o"}}, {"@id": "#o", **OFFER}]}), EUR),
    ("offers in offers", URL, ld({**KETTLE, "offers": {"@type": "AggregateOffer", "offers": [OFFER]}}), EUR),
    ("a range", URL, ld({**KETTLE, "offers": {"@type": "AggregateOffer", "lowPrice": 49.9, "highPrice": 80, "priceCurrency": "EUR"}}), EUR),
    ("types as addresses", URL, ld({"@type": ["http://schema.org/Product"], "name": "Blue Kettle", "offers": OFFER}), EUR),
    ("variants of a group", URL, ld({"@type": "ProductGroup", "name": "Blue Kettle", "hasVariant": [{**KETTLE, "offers": OFFER}]}), EUR),
    (
        "the variant of the address",
        URL + "?variant=2",
        ld({**KETTLE, "offers": [{**OFFER, "price": 10, "url": URL + "?variant=1"}, {**OFFER, "url": URL + "?variant=2"}]}),
        EUR,
    ),
    (
        "sale and list price",
        URL,
        ld({**KETTLE, "offers": {"@type": "Offer", "priceSpecification": [
            {"price": 99, "priceCurrency": "EUR", "priceType": "https://schema.org/ListPrice"},
            {"price": 49.9, "priceCurrency": "EUR", "priceType": "https://schema.org/SalePrice"}]}}),
        EUR,
    ),
    ("a used one is cheaper", URL, ld({**KETTLE, "offers": [{**OFFER, "price": 5, "itemCondition": "UsedCondition"}, OFFER]}), EUR),
    ("sold out is still its price", URL, ld({**KETTLE, "offers": {**OFFER, "availability": "https://schema.org/OutOfStock"}}), EUR),
    ("euros as people write them", URL, ld({**KETTLE, "offers": {**OFFER, "price": "49,90 €"}}), EUR),
    ("the currency as a sign", URL, ld({**KETTLE, "offers": {**OFFER, "priceCurrency": "€"}}), EUR),
    ("yen", URL, ld({**KETTLE, "offers": {**OFFER, "price": "12,800", "priceCurrency": "JPY"}}), {"price": Decimal(12800), "currency": "JPY"}),
    ("pesos with a grouping point", URL, ld({**KETTLE, "offers": {**OFFER, "price": "24.990", "priceCurrency": "CLP"}}), {"price": Decimal(24990)}),
    ("four decimals", URL, ld({**KETTLE, "offers": {**OFFER, "price": "49.9000"}}), EUR),
    ("dinars have three", URL, ld({**KETTLE, "offers": {**OFFER, "price": "1.250", "priceCurrency": "KWD"}}), {"price": Decimal("1.250")}),
    ("no price", URL, ld(KETTLE), {"title": "Blue Kettle", "price": None, "currency": None}),
    ("a price of zero is none", URL, ld({**KETTLE, "offers": {**OFFER, "price": 0}}), {"price": None}),
    ("accents and entities", URL, ld({"@type": "Product", "name": "Chal&eacute;ira az&amp;uacute;l de caf\u00e9"}), {"title": "Chaléira azúl de café"}),
    ("related products are others", URL, ld({**KETTLE, "offers": OFFER, "isRelatedTo": [{"@type": "Product", "name": "Cup", "offers": {**OFFER, "price": 3}}]}), EUR),
    ("a product reviewed", URL, ld({"@type": "Review", "itemReviewed": {**KETTLE, "offers": OFFER}}), {"price": None}),
    ("a list of products", "https://www.shop.example/kettles", ld([{"@type": "Product", "name": f"Kettle {n}", "offers": OFFER} for n in "ABC"]), {"price": None}),
]  # fmt: skip

BROKEN: list[Shape] = [
    (name, URL, ld(text), EUR)
    for name, text in {
        "CDATA": '//<![CDATA[\n{"@type":"Product","name":"Blue Kettle","offers":{"price":49.90,"priceCurrency":"EUR"}}\n//]]>',
        "comments": '/* shop */ {"@type":"Product", // the thing\n"name":"Blue Kettle","offers":{"price":49.90,"priceCurrency":"EUR"}}',
        "an HTML comment": '<!-- {"@type":"Product","name":"Blue Kettle","offers":{"price":49.90,"priceCurrency":"EUR"}} -->',
        "trailing commas": '{"@type":"Product","name":"Blue Kettle","offers":[{"price":"49.90","priceCurrency":"EUR",},],}',
        "entities": "{&quot;@type&quot;:&quot;Product&quot;,&quot;name&quot;:&quot;Blue Kettle&quot;,&quot;offers&quot;:"
        "{&quot;price&quot;:49.9,&quot;priceCurrency&quot;:&quot;EUR&quot;}}",
        "a line break in a string": '{"@type":"Product","name":"Blue\n Kettle","offers":{"price":49.9,"priceCurrency":"EUR"}}',
        "a bad escape": r'{"@type":"Product","name":"Blue Kettle","sku":"a\d","offers":{"price":49.9,"priceCurrency":"EUR"}}',
        "two values": '{"@type":"WebSite"}{"@type":"Product","name":"Blue Kettle","offers":{"price":49.9,"priceCurrency":"EUR"}}',
        "a semicolon": '{"@type":"Product","name":"Blue Kettle","offers":{"price":49.9,"priceCurrency":"EUR"}};',
    }.items()
]

MARKED: list[Shape] = [
    (
        "microdata with nested offer",
        URL,
        '<div itemscope itemtype="http://schema.org/Product"><h1 itemprop="name">Blue Kettle</h1><img itemprop="image" src="/k.jpg">'
        '<div itemprop="offers" itemscope itemtype="http://schema.org/Offer"><span itemprop="price">49,90 €</span>'
        '<meta itemprop="priceCurrency" content="EUR"></div></div>',
        {**EUR, "image_url": "https://www.shop.example/k.jpg"},
    ),
    (
        "microdata for machines only, beside crumbs and an organization",
        URL,
        '<ol itemscope itemtype="https://schema.org/BreadcrumbList"><li itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem">'
        '<span itemprop="name">Kettles</span></li></ol><div itemscope itemtype="https://schema.org/Product"><meta itemprop="name" content="Blue Kettle">'
        '<link itemprop="image" href="/k.jpg"><div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><meta itemprop="price" content="49.90">'
        '<meta itemprop="priceCurrency" content="EUR"></div></div>',
        {**EUR, "image_url": "https://www.shop.example/k.jpg"},
    ),
    (
        "RDFa",
        URL,
        '<div vocab="http://schema.org/" typeof="Product"><h1 property="name">Blue Kettle</h1><div property="offers" typeof="Offer">'
        '<span property="price" content="49.90">49,90</span><span property="priceCurrency" content="EUR">€</span></div></div>',
        EUR,
    ),
    (
        "OpenGraph, sale first",
        URL,
        '<meta property="og:title" content="Blue Kettle"><meta property="product:price:amount" content="99.00">'
        '<meta property="product:sale_price:amount" content="49.90"><meta property="product:sale_price:currency" content="EUR">',
        EUR,
    ),
    (
        "Twitter labels",
        URL,
        '<meta name="twitter:label1" content="Price"><meta name="twitter:data1" content="€49.90"><h1>Blue Kettle</h1>',
        EUR,
    ),
    (
        "Twitter's reading time is no price",
        URL,
        '<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="2 minutes">',
        {"price": None},
    ),
]


def buying(price: str, names: str = "product-price", more: str = "", button: str = "Add to cart") -> str:
    """What the middle of a product's page has."""
    return (
        f'<main class="product-detail"><h1>Blue Kettle</h1><div class="price-box"><span class="{names}">{price}</span>{more}</div>'
        f"<button>{button}</button></main>"
    )


SHOWN: list[Shape] = [
    ("a euro price", "https://laden.de/kanne-12345.html", page(buying("49,90 €")), {**EUR, "price": Decimal("49.90")}),
    ("a dollar in no country", URL, page(buying("$49.90")), {"price": Decimal("49.90"), "currency": None}),
    ("a dollar in Canada", "https://shop.ca/products/kettle", page(buying("$1,049.90")), {"price": Decimal("1049.90"), "currency": "CAD"}),
    ("a dollar in Brazil is not a real", "https://loja.com.br/produto/chaleira", page(buying("$49.90")), {"price": Decimal("49.90"), "currency": None}),
    ("reais", "https://loja.com.br/produto/chaleira", page(buying("R$ 1.299,00", button="Comprar")), {"price": Decimal(1299), "currency": "BRL"}),
    ("kroner by country", "https://butik.dk/produkt/kedel-123", page(buying("1.299 kr.", button="Læg i kurv")), {"price": Decimal(1299), "currency": "DKK"}),
    ("a country in the path", "https://shop.example/au/en/products/kettle", page(buying("$49.90")), {"currency": "AUD"}),
    ("yen in Japan", "https://mise.co.jp/item/12345", page(buying("12,800円", button="カートに入れる")), {"price": Decimal(12800), "currency": "JPY"}),
    ("won", "https://sang.co.kr/product/12345", page(buying("39,900원", button="구매하기")), {"price": Decimal(39900), "currency": "KRW"}),
    ("złoty", "https://sklep.pl/produkt/czajnik-123", page(buying("1 299,00 zł", button="Do koszyka")), {"price": Decimal(1299), "currency": "PLN"}),
    ("francs", "https://laden.ch/de/produkt/kanne-1", page(buying("CHF 1'299.–", button="In den Warenkorb")), {"price": Decimal(1299), "currency": "CHF"}),
    ("rupees", "https://dukaan.in/product/kettle-12345", page(buying("₹1,29,999.00")), {"price": Decimal(129999), "currency": "INR"}),
    ("hryvnias", "https://kramnytsia.com.ua/ua/chainyk/p12345/", page(buying("1 299 грн", button="Купити")), {"price": Decimal(1299), "currency": "UAH"}),
    ("roubles", "https://lavka.ru/product/12345/", page(buying("1 299 ₽", button="В корзину")), {"price": Decimal(1299), "currency": "RUB"}),
    ("lira", "https://dukkan.com.tr/urun-p-12345", page(buying("1.299,90 TL", button="Sepete Ekle")), {"price": Decimal("1299.90"), "currency": "TRY"}),
    ("forints", "https://bolt.hu/termek/kanna-12345", page(buying("12 990 Ft", button="Kosárba")), {"price": Decimal(12990), "currency": "HUF"}),
    ("Chilean pesos", "https://tienda.cl/producto/tetera", page(buying("$24.990", button="Agregar al carro")), {"price": Decimal(24990), "currency": "CLP"}),
    ("raised cents", URL, page(buying("$49<sup>90</sup>")), {"price": Decimal("49.90")}),
    ("cents of their own", URL, page(buying('<span>$</span><span>49</span><span class="price-cents">90</span>')), {"price": Decimal("49.90")}),
    ("a sale beside a struck price", URL, page(buying("€49.90", "sale-price", '<del class="old-price">€99.00</del>')), EUR),
    ("struck first", URL, page(buying("€99.00", "was-price", '<span class="now-price">€49.90</span>')), EUR),
    ("others below", URL, page(buying("€49.90") + f'<section class="related-products"><h2>Related</h2>{cards()}</section>'), EUR),
    ("a monthly rate", URL, page(buying("€4.16 / month", "installment-price", '<span class="price">€49.90</span>')), EUR),
    ("a price per litre", URL, page(buying("€49.90", "price", '<span class="unit-price">€33.27 / l</span>')), EUR),
    ("data behind a sale", URL, page(buying("€49.90", "special-price", '<span class="old-price">€99.00</span>'), ld({**KETTLE, "offers": {**OFFER, "price": 99}})), EUR),
    ("two data that differ", URL, page(buying("€49.90"), ld({**KETTLE, "offers": {**OFFER, "price": 45}}) + '<meta property="product:price:amount" content="49.90"><meta property="product:price:currency" content="EUR">'), EUR),
]  # fmt: skip

NO_PRODUCT: list[Shape] = [
    ("a shop's front", "https://www.shop.example/", page(f"<h1>Welcome</h1>{cards()}"), {"price": None}),
    ("a category", "https://www.shop.example/collections/kettles", page(f"<h1>Kettles</h1>{cards(24)}"), {"price": None}),
    ("a category without a telling address", "https://www.shop.example/kettles", page(f"<h1>Kettles</h1>{cards(24)}"), {"price": None}),
    ("search results", "https://www.shop.example/search?q=kettle", page(f"<h1>Results for kettle</h1>{cards(2)}"), {"price": None}),
    ("a blog with an offer", "https://www.shop.example/blog/kettles", page("<article><h1>Best kettles</h1><p>The <b>$49</b> one</p></article>", '<meta property="og:type" content="article">'), {"price": None}),
    ("an article with prices", "https://news.example/2026/01/kettle-review-12345.html", page("<h1>The kettle reviewed</h1><p>It costs <span>$49.99</span> and boils.</p>", ld({"@type": "NewsArticle", "headline": "The kettle reviewed"})), {"price": None}),
    ("the terms of delivery", "https://www.shop.example/pages/shipping", page("<h1>Shipping</h1><table><tr><td class='price'>$4.99</td></tr></table>"), {"price": None}),
    ("an empty cart", "https://www.shop.example/cart", page("<h1>Your cart</h1><span class='cart-total price'>$0.00</span>"), {"price": None}),
]  # fmt: skip

EVERY = [*DATA, *BROKEN, *MARKED, *SHOWN, *NO_PRODUCT]
