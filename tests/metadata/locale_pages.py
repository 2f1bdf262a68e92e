# ruff: noqa: E501 — a page is easier to read in its own lines
"""Prices as countries write them, on pages that show them and in data that repeats them as texts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.metadata.shapes import Shape, cards, ld, page

NBSP, THIN = "\u00a0", "\u202f"


def shop(price: str, button: str, title: str = "Kettle K-1", around: str = "") -> str:
    """The plainest page that sells something: names say little, other products stand below."""
    return page(
        f'<main><div class="product"><h1>{title}</h1><div class="info"><div class="price">{price}</div>{around}<button type="submit">{button}</button></div></div></main>'
        f'<section class="related">{cards(3, "{},50")}</section>',
        title=f"{title} | Shop",
    )


def offer(price: Any, currency: str | None, **more: Any) -> str:
    """JSON-LD with a price as somebody's template prints it."""
    return page(
        "<h1>Kettle K-1</h1>",
        ld(
            {
                "@context": "https://schema.org",
                "@type": "Product",
                "name": "Kettle K-1",
                "offers": {
                    "@type": "Offer",
                    "price": price,
                    **({"priceCurrency": currency} if currency else {}),
                    **more,
                },
            }
        ),
    )


def costs(amount: str, currency: str | None) -> dict[str, Any]:
    return {"title": "Kettle K-1", "price": Decimal(amount), "currency": currency}


SHOWN: list[Shape] = [
    ("France, narrow space and comma", "https://www.bouilloires.fr/produit/k-1", shop(f"1{THIN}299,00{NBSP}€", "Ajouter au panier"), costs("1299", "EUR")),
    ("France, euro in the middle", "https://www.bouilloires.fr/produit/k-1", shop("1 299€00", "Ajouter au panier"), costs("1299", "EUR")),
    ("Germany", "https://www.kessel.de/produkt/k-1", shop("1.299,00 €*", "In den Warenkorb"), costs("1299", "EUR")),
    ("Germany, dash", "https://www.kessel.de/produkt/k-1", shop("1.299,- €", "In den Warenkorb"), costs("1299", "EUR")),
    ("Austria, the sign first", "https://www.kessel.at/produkt/k-1", shop("€ 1.299,90", "In den Warenkorb"), costs("1299.90", "EUR")),
    ("Switzerland, apostrophe", "https://www.kessel.ch/de/produkt/k-1", shop("CHF 1’299.00", "In den Warenkorb"), costs("1299", "CHF")),
    ("Switzerland, Fr.", "https://www.kessel.ch/de/produkt/k-1", shop("Fr. 129.95", "In den Warenkorb"), costs("129.95", "CHF")),
    ("Netherlands, ,-", "https://www.ketels.nl/product/k-1", shop("€ 129,-", "In winkelwagen"), costs("129", "EUR")),
    ("Italy", "https://www.bollitori.it/prodotto/k-1", shop("129,90 €", "Aggiungi al carrello"), costs("129.90", "EUR")),
    ("Portugal", "https://www.chaleiras.pt/produto/k-1", shop("129,90€", "Adicionar ao carrinho"), costs("129.90", "EUR")),
    ("Sweden", "https://www.kannor.se/produkt/k-1", shop("1 299 kr", "Lägg i varukorgen"), costs("1299", "SEK")),
    ("Sweden, colon", "https://www.kannor.se/produkt/k-1", shop("1 299:-", "Köp"), costs("1299", "SEK")),
    ("Norway", "https://www.kjeler.no/produkt/k-1", shop("1 299,-", "Legg i handlekurv"), costs("1299", "NOK")),
    ("Norway, kr first", "https://www.kjeler.no/produkt/k-1", shop("kr 1 299,00", "Legg i handlekurv"), costs("1299", "NOK")),
    ("Denmark", "https://www.kedler.dk/produkt/k-1", shop("1.299,00 kr.", "Læg i kurv"), costs("1299", "DKK")),
    ("Denmark, DKK", "https://www.kedler.dk/produkt/k-1", shop("DKK 1.299,95", "Læg i kurv"), costs("1299.95", "DKK")),
    ("Finland", "https://www.kattilat.fi/tuote/k-1", shop("129,90 €", "Lisää ostoskoriin"), costs("129.90", "EUR")),
    ("Iceland", "https://www.katlar.is/vara/k-1", shop("12.990 kr.", "Setja í körfu"), costs("12990", "ISK")),
    ("Poland", "https://www.czajniki.pl/produkt/k-1", shop(f"1{NBSP}299,00{NBSP}zł", "Dodaj do koszyka"), costs("1299", "PLN")),
    ("Czechia", "https://www.konvice.cz/produkt/k-1", shop(f"1{NBSP}299{NBSP}Kč", "Do košíku"), costs("1299", "CZK")),
    ("Czechia, ,-", "https://www.konvice.cz/produkt/k-1", shop("1 299,-", "Do košíku"), costs("1299", "CZK")),
    ("Slovakia", "https://www.kanvice.sk/produkt/k-1", shop("129,90 €", "Do košíka"), costs("129.90", "EUR")),
    ("Hungary", "https://www.forralo.hu/termek/k-1", shop("12.990 Ft", "Kosárba"), costs("12990", "HUF")),
    ("Romania", "https://www.fierbatoare.ro/produs/k-1", shop("1.299,<sup>99</sup> Lei", "Adaugă în coș"), costs("1299.99", "RON")),
    ("Bulgaria", "https://www.kani.bg/product/k-1", shop("129,90 лв.", "Купи"), costs("129.90", "BGN")),
    ("Greece", "https://www.vrastires.gr/proion/k-1", shop("129,90€", "Προσθήκη στο καλάθι"), costs("129.90", "EUR")),
    ("Turkey", "https://www.kettle.com.tr/urun/k-1", shop("1.299,90 ₺", "Sepete Ekle"), costs("1299.90", "TRY")),
    ("Russia", "https://www.chaynik.ru/product/k-1", shop(f"12{THIN}990 ₽", "В корзину"), costs("12990", "RUB")),
    ("Ukraine", "https://www.chaynyk.ua/product/k-1", shop("1 299₴", "Купити"), costs("1299", "UAH")),
    ("Kazakhstan", "https://www.shainek.kz/product/k-1", shop("12 990 ₸", "В корзину"), costs("12990", "KZT")),
    ("United Kingdom", "https://www.kettles.co.uk/product/k-1", shop("£1,299.00", "Add to basket"), costs("1299", "GBP")),
    ("Ireland", "https://www.kettles.ie/product/k-1", shop("€1,299.00", "Add to basket"), costs("1299", "EUR")),
    ("United States by the path", "https://www.kettles.example/en-us/product/k-1", shop("$1,299.00", "Add to cart"), costs("1299", "USD")),
    ("Canada, French", "https://www.bouilloires.ca/fr/produit/k-1", shop(f"1{NBSP}299,00{NBSP}$", "Ajouter au panier"), costs("1299", "CAD")),
    ("Australia", "https://www.kettles.com.au/product/k-1", shop("$1,299", "Add to Cart"), costs("1299", "AUD")),
    ("New Zealand", "https://www.kettles.co.nz/product/k-1", shop("$129.00", "Add to Cart"), costs("129", "NZD")),
    ("Mexico", "https://www.teteras.com.mx/producto/k-1", shop("$1,299.00", "Agregar al carrito"), costs("1299", "MXN")),
    ("Argentina", "https://www.pavas.com.ar/producto/k-1", shop("$ 129.999,50", "Comprar"), costs("129999.50", "ARS")),
    ("Chile", "https://www.hervidores.cl/producto/k-1", shop("$129.990", "Agregar al carro"), costs("129990", "CLP")),
    ("Colombia", "https://www.teteras.com.co/producto/k-1", shop("$ 129.990", "Agregar al carrito"), costs("129990", "COP")),
    ("Peru", "https://www.teteras.pe/producto/k-1", shop("S/ 1,299.90", "Agregar al carrito"), costs("1299.90", "PEN")),
    ("Brazil", "https://www.chaleiras.com.br/produto/k-1", shop("R$ 1.299,90", "Comprar"), costs("1299.90", "BRL")),
    ("Japan, yen sign", "https://www.yakan.jp/products/k-1", shop("¥12,980 <span>税込</span>", "カートに入れる"), costs("12980", "JPY")),
    ("Japan, kanji", "https://www.yakan.jp/products/k-1", shop("12,980円（税込）", "カートに入れる"), costs("12980", "JPY")),
    ("China, the same sign", "https://www.shuihu.com.cn/product/k-1", shop("¥129.00", "加入购物车"), costs("129", "CNY")),
    ("Taiwan", "https://www.shuihu.com.tw/product/k-1", shop("NT$1,299", "加入購物車"), costs("1299", "TWD")),
    ("Korea", "https://www.jujeonja.co.kr/product/k-1", shop("129,000원", "장바구니"), costs("129000", "KRW")),
    ("Korea, sign", "https://www.jujeonja.kr/product/k-1", shop("₩129,000", "구매하기"), costs("129000", "KRW")),
    ("India, lakh", "https://www.ketli.in/product/k-1", shop("₹ 1,29,900.00", "Add to Cart"), costs("129900", "INR")),
    ("India, Rs.", "https://www.ketli.in/product/k-1", shop("Rs. 1,299.00", "Add to Cart"), costs("1299", "INR")),
    ("Pakistan", "https://www.ketli.pk/product/k-1", shop("Rs.12,999", "Add to Cart"), costs("12999", "PKR")),
    ("Indonesia", "https://www.ceret.co.id/product/k-1", shop("Rp1.299.000", "Masukkan Keranjang"), costs("1299000", "IDR")),
    ("Vietnam", "https://www.amdun.vn/san-pham/k-1", shop("1.299.000₫", "Thêm vào giỏ hàng"), costs("1299000", "VND")),
    ("Thailand", "https://www.kaa.co.th/product/k-1", shop("฿1,299.00", "หยิบใส่ตะกร้า"), costs("1299", "THB")),
    ("Malaysia", "https://www.cerek.com.my/product/k-1", shop("RM129.90", "Add to Cart"), costs("129.90", "MYR")),
    ("Singapore", "https://www.kettles.com.sg/product/k-1", shop("S$129.90", "Add to Cart"), costs("129.90", "SGD")),
    ("South Africa", "https://www.kettles.co.za/product/k-1", shop("R 1 299.00", "Add to Cart"), costs("1299", "ZAR")),
    ("Nigeria", "https://www.kettles.com.ng/product/k-1", shop("₦129,900", "Add to Cart"), costs("129900", "NGN")),
    ("Emirates", "https://www.kettles.ae/product/k-1", shop("AED 129.00", "Add to Cart"), costs("129", "AED")),
    ("Saudi Arabia, Arabic digits", "https://www.kettles.sa/product/k-1", shop("١٬٢٩٩٫٠٠ ر.س", "أضف إلى السلة"), costs("1299", "SAR")),
    ("Israel", "https://www.kumkum.co.il/product/k-1", shop("\u200f1,299 \u200f₪", "הוסף לסל"), costs("1299", "ILS")),
    ("no country", "https://www.kettles.example/product/k-1", shop("$129.00", "Add to cart"), costs("129", None)),
    ("whole and sup cents", "https://www.kettles.example/product/k-1", shop('€<span class="int">1.299</span><sup>00</sup>', "Add to cart"), costs("1299", "EUR")),
    ("a doubled price for screen readers", "https://www.kettles.co.uk/product/k-1", shop('<span class="sr-only">Current price £129.00</span><span aria-hidden="true">£129<span class="dec">.00</span></span>', "Add to cart"), costs("129", "GBP")),
]  # fmt: skip

STATED: list[Shape] = [
    ("data: a number", "https://www.kettles.example/k-1", offer(1299.5, "EUR"), costs("1299.50", "EUR")),
    ("data: comma decimals", "https://www.kettles.example/k-1", offer("1299,50", "EUR"), costs("1299.50", "EUR")),
    ("data: grouping comma", "https://www.kettles.example/k-1", offer("1,299.50", "USD"), costs("1299.50", "USD")),
    ("data: grouping point", "https://www.kettles.example/k-1", offer("1.299,50", "EUR"), costs("1299.50", "EUR")),
    ("data: narrow space", "https://www.kettles.example/k-1", offer(f"1{THIN}299,50 €", None), costs("1299.50", "EUR")),
    ("data: lakhs", "https://www.kettles.example/k-1", offer("1,29,900.00", "INR"), costs("129900", "INR")),
    ("data: apostrophe", "https://www.kettles.example/k-1", offer("1'299.00", "CHF"), costs("1299", "CHF")),
    ("data: symbol inside, no currency", "https://www.kettles.example/k-1", offer("£129.00", None), costs("129", "GBP")),
    ("data: entity of the symbol", "https://www.kettles.example/k-1", offer("&pound;129.00", None), costs("129", "GBP")),
    ("data: grouped forints", "https://www.kettles.example/k-1", offer("12 990", "HUF"), costs("12990", "HUF")),
    ("data: grouped yen", "https://www.kettles.example/k-1", offer("12,980", "JPY"), costs("12980", "JPY")),
    ("data: pesos of Colombia", "https://www.kettles.example/k-1", offer("129.990", "COP"), costs("129990", "COP")),
    ("data: a currency in lower case", "https://www.kettles.example/k-1", offer("129.90", "eur"), costs("129.90", "EUR")),
    ("data: dollars of a site", "https://www.kettles.com.au/k-1", offer("$129.90", None), costs("129.90", "AUD")),
    ("data: two forms, number wins", "https://www.kettles.example/k-1", offer("129.9", "EUR", priceSpecification={"@type": "PriceSpecification", "price": "129,90 €"}), costs("129.90", "EUR")),
]  # fmt: skip

PAGES = [*SHOWN, *STATED]
