# ruff: noqa: E501 — a page is easier to read in its own lines
"""What misleads: numbers beside the price, pages that sell nothing, data that is broken, pictures that are none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.metadata.shapes import Shape, cards, ld, page
from tests.metadata.system_pages import og

URL = "https://www.kettles.example/product/kettle-k-1"
NAME = {"@context": "https://schema.org", "@type": "Product", "name": "Kettle K-1"}
OFFER = {"@type": "Offer", "price": "129.00", "priceCurrency": "EUR"}
NO: dict[str, Any] = {"price": None, "currency": None}
YES: dict[str, Any] = {"title": "Kettle K-1", "price": Decimal("129.00"), "currency": "EUR"}


def near(price: str, before: str = "", after: str = "", outside: str = "") -> str:
    """A product with something beside its price."""
    return page(
        f'<main class="pdp"><h1>Kettle K-1</h1><div class="buybox">{before}<div class="price">{price}</div>{after}<button class="add-to-cart">Add to cart</button></div></main>{outside}',
        title="Kettle K-1 | Shop",
    )


def stated(block: Any, body: str = "<h1>Kettle K-1</h1>") -> str:
    return page(body, ld(block), "Kettle K-1")


BESIDE: list[Shape] = [
    ("a member's price", URL, near("€129.00", after='<div class="member-price">Club: <b>€116.10</b></div>'), YES),
    ("a member's price first", URL, near("€129.00", '<div class="loyalty"><span class="loyalty-price">€116.10</span> for members</div>'), YES),
    ("what one saves", URL, near("€129.00", after='<span class="saving">You save €20.00</span>'), YES),
    ("per cent and amount off", URL, near('<span class="badge">-13%</span> <del>€149.00</del> <ins>€129.00</ins>'), YES),
    ("the lowest in thirty days", URL, near("€129.00", after='<p class="omnibus">Lowest price in the last 30 days: €119.00</p>'), YES),
    ("subscribe and save", URL, near("€129.00", after='<label><input type="radio" name="plan"> Subscribe &amp; save: <span class="subscription-price">€116.10</span></label>'), YES),
    ("prices by quantity", URL, near("€129.00", after='<table class="tier-prices"><tr><td>3+</td><td>€119.00</td></tr><tr><td>10+</td><td>€109.00</td></tr></table>'), YES),
    ("a protection plan", URL, near("€129.00", after='<div class="protection-plan"><label>2 years <span class="price">€14.99</span></label></div>'), YES),
    ("bought together", URL, near("€129.00", outside='<section class="frequently-bought-together"><span class="total-price">€163.90</span><button>Add both to cart</button></section>'), YES),
    ("delivery", URL, near("€129.00", '<div class="delivery">Delivery: <span class="price">€4.90</span></div>'), YES),
    ("a coupon", URL, near("€129.00", after='<div class="coupon">€119.00 with coupon</div>'), YES),
    ("a monthly rate", URL, near("€129.00", after='<div class="financing">or €10.75/month</div>'), YES),
    ("a monthly rate first", URL, near("€129.00", '<div class="klarna">From <span>€10.75</span> a month with Klarna</div>'), YES),
    ("per litre", URL, near('€129.00 <span class="base-price">(€75.88 / l)</span>'), YES),
    ("a sticky bar repeats", URL, near("€129.00", outside='<div class="sticky-bar"><span class="price">€129.00</span><button class="add-to-cart">Add to cart</button></div>'), YES),
    ("trade-in", URL, near("€129.00", after='<p class="trade-in">Get up to €40.00 for your old one</p>'), YES),
    ("a refurbished one", URL, near("€129.00", after='<a class="refurbished">Refurbished from <span>€89.00</span></a>'), YES),
    ("net and gross", URL, near('<span class="price-excl">€106.61 excl. VAT</span> <span class="price-incl">€129.00 incl. VAT</span>'), YES),
    ("a template's braces beside", URL, near("€129.00", after='<script type="text/template"><span class="price">{{price}} €9.99</span></script>'), YES),
    ("a zero that scripts fill", URL, page('<main class="pdp"><h1>Kettle K-1</h1><span class="price">€0.00</span><button class="add-to-cart">Add to cart</button></main>', ld({**NAME, "offers": OFFER})), YES),
    ("from", URL, near("from €129.00"), YES),
    ("the data says nothing, the page does", URL, page('<main class="pdp"><h1>Kettle K-1</h1><span class="price">€129.00</span><button class="add-to-cart">Add to cart</button></main>', ld({**NAME, "offers": {**OFFER, "price": ""}})), YES),
    ("others before the product", URL, page(f'<aside class="sidebar"><h3>Bestsellers</h3>{cards(4, "€{}.00")}</aside><main class="pdp"><h1>Kettle K-1</h1><span class="price">€129.00</span><button class="add-to-cart">Add to cart</button></main>', title="Kettle K-1"), YES),
    ("Pix and boleto", "https://www.chaleiras.com.br/produto/k-1", page('<main class="produto"><h1>Chaleira K-1</h1><s>R$ 159,90</s><strong class="preco">R$ 129,90</strong><p>ou <b>R$ 123,40</b> no Pix (5% de desconto)</p><p>10x de R$ 12,99 sem juros</p><button>Comprar</button></main>', title="Chaleira K-1"), {"title": "Chaleira K-1", "price": Decimal("129.90"), "currency": "BRL"}),
]  # fmt: skip

NOTHING_SOLD: list[Shape] = [
    ("a category with data for each", "https://www.kettles.example/kettles", page(f"<h1>Kettles</h1>{cards(12)}", "".join(ld({**NAME, "name": f"Kettle {n}", "offers": OFFER}) for n in range(12)), "Kettles"), NO),
    ("a category with an ItemList", "https://www.kettles.example/c/kettles", page(f"<h1>Kettles</h1>{cards(12)}", ld({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {**NAME, "name": f"Kettle {n}", "offers": OFFER}} for n in range(12)]})), NO),
    ("an offer of a whole category", "https://www.kettles.example/kettles", page(f"<h1>Kettles</h1>{cards(12)}", ld({"@type": "CollectionPage", "name": "Kettles", "mainEntity": {"@type": "ItemList"}}), "Kettles"), NO),
    ("a page that is gone", "https://www.kettles.example/product/old-kettle", page(f"<h1>404 - Page not found</h1><p>Perhaps you like these:</p><div class='recommended'>{cards(4)}</div>", title="Page not found"), {"price": None}),
    ("plans of a service", "https://app.example/pricing", page('<h1>Simple pricing</h1><div class="plan"><h3>Basic</h3><span class="price">$10</span>/month<button>Buy now</button></div><div class="plan"><h3>Pro</h3><span class="price">$25</span>/month<button>Buy now</button></div><div class="plan"><h3>Team</h3><span class="price">$99</span>/month<button>Buy now</button></div>', title="Pricing - App"), {"price": None}),
    ("news of millions", "https://paper.example/2026/03/04/startup-raises", page("<article><h1>Startup raises $3.5 million</h1><p>The company sells a $129 kettle and raised $3.5 million.</p></article>", og("Startup raises $3.5 million", og_type="article")), NO),
    ("a gift guide with boxes", "https://paper.example/strategist/best-kettles.html", page("".join(f'<h2>Kettle {n}</h2><div class="product-box"><span class="product-price">${40 + n}</span><a class="buy-button">Buy at Shop</a></div>' for n in range(9)), ld({"@type": "Article", "headline": "The best kettles"}), "The 9 best kettles"), NO),
    ("a review with its rating", "https://paper.example/reviews/kettle-k-1", page("<h1>Kettle K-1 review</h1><p>Price at test: <b>€129.00</b></p>", ld({"@type": "Review", "itemReviewed": {**NAME, "offers": OFFER}})), NO),
    ("a recipe with costs", "https://kitchen.example/recipes/tea", page("<h1>Perfect tea</h1><span>$1.20 per serving</span>", ld({"@type": "Recipe", "name": "Perfect tea"})), NO),
    ("a forum", "https://forum.example/t/kettle-for-129/12345", page("<h1>Kettle for €129?</h1><div class='post'>I saw it for <b>€119.00</b></div>", ld({"@type": "DiscussionForumPosting", "headline": "Kettle for €129?"})), NO),
    ("the search", "https://www.kettles.example/search?q=k-1", page(f"<h1>1 result for k-1</h1>{cards(1)}", title="Search: 1 result"), NO),
    ("the cart", "https://www.kettles.example/cart", page('<h1>Your cart</h1><div class="cart-item"><span class="price">€129.00</span></div><div class="cart-total">€133.90</div><button>Checkout</button>', title="Cart"), NO),
    ("prices for those who log in", URL, page('<main class="pdp"><h1>Kettle K-1</h1><a href="/login">Log in to see prices</a></main>' + f'<section class="related-products">{cards(4)}</section>', title="Kettle K-1"), {**NO, "title": "Kettle K-1"}),
    ("price on request", URL, near("Price on request", outside=f'<div class="related">{cards(5)}</div>'), {**NO, "title": "Kettle K-1"}),
    ("coming soon", URL, page(f'<main class="pdp"><h1>Kettle K-1</h1><p>Coming soon</p></main><div class="upsell">{cards(5)}</div>', og("Kettle K-1", og_type="product")), {**NO, "title": "Kettle K-1"}),
    ("donations", "https://charity.example/donate", page("<h1>Donate</h1><label>$25</label><label>$50</label><label>$100</label><button>Donate now</button>", title="Donate"), NO),
    ("a menu", "https://cafe.example/menu", page("<h1>Menu</h1><ul><li>Tea <span class='price'>£2.50</span></li><li>Coffee <span class='price'>£3.00</span></li><li>Cake <span class='price'>£4.00</span></li></ul>", title="Menu"), NO),
    ("the shop itself", "https://www.kettles.example/", page(f"<h1>Kettles for everyone</h1>{cards(3)}", ld({"@type": "Store", "name": "Kettles", "priceRange": "$$"}), "Kettles"), NO),
]  # fmt: skip

LD = '{"@context":"https://schema.org","@type":"Product","name":"Kettle K-1","offers":{"@type":"Offer","price":"129.00","priceCurrency":"EUR"}}'
BROKEN: list[Shape] = [
    ("a BOM", URL, stated("\ufeff" + LD), YES),
    ("control characters", URL, stated(LD.replace("Kettle K-1", "Kettle\t K-1\x02")), YES),
    ("CDATA in comments", URL, stated(f"/*<![CDATA[*/{LD}/*]]>*/"), YES),
    ("an HTML comment around", URL, stated(f"<!--\n{LD}\n//-->"), YES),
    ("a trailing comma", URL, stated(LD.replace('"}}', '",},}')), YES),
    ("entities twice", URL, stated({**NAME, "name": "Kettle &amp;amp; Cup", "offers": OFFER}), {**YES, "title": "Kettle & Cup"}),
    ("a type with a charset", URL, stated(LD).replace("application/ld+json", "application/ld+json; charset=utf-8"), YES),
    ("an unquoted break", URL, stated(LD.replace("Kettle K-1", "Kettle\n K-1")), YES),
    ("a missing comma, but meta", URL, page("<h1>Kettle K-1</h1>", ld(LD.replace('","offers"', '" "offers"')) + og("Kettle K-1", product_price_amount="129.00", product_price_currency="EUR")), YES),
    ("a function call around", URL, stated(f"{LD};"), YES),
    ("two products, one the page's", URL, stated([{**NAME, "name": "Cup C-9", "offers": {**OFFER, "price": 9}}, {**NAME, "offers": OFFER}]), YES),
    ("an application of reviews repeats it without offers", URL, page("<h1>Kettle K-1</h1>", ld({**NAME, "aggregateRating": {"@type": "AggregateRating", "ratingValue": 4.5}}) + ld({**NAME, "offers": OFFER})), YES),
    ("sizes, the first sold out", URL, stated({**NAME, "offers": [{**OFFER, "price": 119, "availability": "https://schema.org/OutOfStock"}, {**OFFER, "availability": "https://schema.org/InStock"}]}), YES),
    ("mainEntity of a WebPage", URL, stated({"@type": "WebPage", "mainEntity": {**NAME, "offers": OFFER}}), YES),
    ("a graph in a list", URL, stated([{"@graph": [{"@type": "WebSite"}, {**NAME, "offers": OFFER}]}]), YES),
    ("offers as text", URL, stated({**NAME, "offers": {"@type": "Offer", "price": "EUR 129.00"}}), YES),
    ("group with variants", URL, stated({**NAME, "@type": "ProductGroup", "hasVariant": [{**NAME, "name": "Kettle K-1 blue", "offers": OFFER}, {**NAME, "name": "Kettle K-1 red", "offers": {**OFFER, "price": 139}}]}), YES),
    ("a book", URL, stated({**NAME, "@type": ["Book", "Product"], "offers": OFFER}), YES),
    ("null and empty fields", URL, stated({**NAME, "image": None, "description": "", "brand": None, "offers": [None, OFFER]}), YES),
]  # fmt: skip

CDN = "https://cdn.kettles.example"
PICTURE: dict[str, Any] = {"image_url": f"{CDN}/k-1.jpg"}
PICTURES: list[Shape] = [
    ("without a scheme", URL, page("<h1>Kettle K-1</h1>", og("Kettle K-1", "//cdn.kettles.example/k-1.jpg")), PICTURE),
    ("relative to a base", URL, page("<h1>Kettle K-1</h1>", f'<base href="{CDN}/">' + og("Kettle K-1", "k-1.jpg")), PICTURE),
    ("an empty one first", URL, page("<h1>Kettle K-1</h1>", f'<meta property="og:image" content=" "><meta property="og:image" content="{CDN}/k-1.jpg">'), PICTURE),
    ("a logo first", URL, page("<h1>Kettle K-1</h1>", f'<meta property="og:image" content="{CDN}/logo.png"><meta name="twitter:image" content="{CDN}/k-1.jpg">'), PICTURE),
    ("a logo, and the picture on the page", URL, page(f'<h1>Kettle K-1</h1><div class="product-gallery"><img src="{CDN}/k-1.jpg" alt="Kettle K-1"></div>', og("Kettle K-1", f"{CDN}/logo.png")), PICTURE),
    ("a catalogue is no logo", URL, page(f'<h1>Kettle K-1</h1><img src="{CDN}/other.jpg" alt="Kettle K-1">', og("Kettle K-1", f"{CDN}/catalogo/k-1.jpg")), {"image_url": f"{CDN}/catalogo/k-1.jpg"}),
    ("an escaped ampersand twice", URL, page("<h1>Kettle K-1</h1>", og("Kettle K-1", f"{CDN}/k-1.jpg?a=1&amp;amp;b=2")), {"image_url": f"{CDN}/k-1.jpg?a=1&b=2"}),
    ("objects in data", URL, stated({**NAME, "image": [{"@type": "ImageObject", "url": f"{CDN}/k-1.jpg"}]}), PICTURE),
    ("an object by its id", URL, stated({"@graph": [{**NAME, "image": {"@id": "#i"}}, {"@type": "ImageObject", "@id": "#i", "contentUrl": f"{CDN}/k-1.jpg"}]}), PICTURE),
    ("lazy", URL, page(f'<main><h1>Kettle K-1</h1><img class="lazy" src="data:image/gif;base64,R0" data-src="{CDN}/k-1.jpg" alt="Kettle K-1"></main>'), PICTURE),
    ("a set of sizes", URL, page(f'<main><h1>Kettle K-1</h1><img src="data:image/gif;base64,R0" srcset="{CDN}/k-1-300.jpg 300w, {CDN}/k-1.jpg 1200w" alt="Kettle K-1"></main>'), PICTURE),
    ("a set with commas in addresses", URL, page(f'<main><h1>Kettle K-1</h1><img srcset="{CDN}/w_300,h_300/k-1.jpg 300w,{CDN}/w_900,h_900/k-1.jpg 900w" alt="Kettle K-1"></main>'), {"image_url": f"{CDN}/w_900,h_900/k-1.jpg"}),
    ("choices of a <picture>", URL, page(f'<main><h1>Kettle K-1</h1><picture><source srcset="{CDN}/k-1.jpg"><img alt="Kettle K-1"></picture></main>'), PICTURE),
    ("preloaded", URL, page("<h1>Kettle K-1</h1>", f'<link rel="preload" as="image" href="{CDN}/k-1.jpg">'), PICTURE),
    ("image_src", URL, page("<h1>Kettle K-1</h1>", f'<link rel="image_src" href="{CDN}/k-1.jpg">'), PICTURE),
    ("itemprop without an item", URL, page("<h1>Kettle K-1</h1>", f'<meta itemprop="image" content="{CDN}/k-1.jpg">'), PICTURE),
    ("an article's own", "https://paper.example/kettles", page("<h1>On kettles</h1>", ld({"@type": "NewsArticle", "headline": "On kettles", "publisher": {"@type": "Organization", "logo": {"@type": "ImageObject", "url": f"{CDN}/logo.png"}}, "image": {"@type": "ImageObject", "url": f"{CDN}/k-1.jpg"}})), PICTURE),
    ("the first in the article", "https://paper.example/kettles", page(f'<img src="{CDN}/header.jpg" class="nav-logo"><article><h1>On kettles</h1><img src="{CDN}/k-1.jpg"></article>'), PICTURE),
    ("a template's address", URL, page(f'<h1>Kettle K-1</h1><div class="product-image"><img src="{CDN}/k-1.jpg" alt="Kettle K-1"></div>', og("Kettle K-1", "https://www.kettles.example/undefined")), PICTURE),
    ("spaces in the address", URL, page("<h1>Kettle K-1</h1>", og("Kettle K-1", f"{CDN}/my kettle.jpg")), {"image_url": f"{CDN}/my%20kettle.jpg"}),
]  # fmt: skip

PAGES = [*BESIDE, *NOTHING_SOLD, *BROKEN, *PICTURES]
