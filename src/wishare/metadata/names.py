"""What the names that shops give their elements mean: classes, ids and test ids, in the languages that we know.

Each name is judged once for the life of the process; a page repeats a few hundred of them thousands of times.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from wishare.metadata.tables import word_list

Element = etree._Element

PRICE, STRUCK, ASKED, NOT_ASKED, ELSEWHERE, PERHAPS_ELSEWHERE, MAIN, BUY = (1 << bit for bit in range(8))
LONGEST = 160

# fmt: off
_MEANINGS = {
    STRUCK: r"\bold|[-_]old\b|oldprice|\bwas\b|was[-_]?price|pricewas|list[-_]?price|stri[ck]e|struck|regular|"
            r"compare|before|\brrp|msrp|"
            r"\buvp|origin|cross(?:ed)?(?!-?sell)|line-?through|antigo|\bde\b|antes|ancien|barre|vecchio|stara|stary|"
            r"pvpr|retail|"
            r"normal[-_]?price|previous|\bmrp\b|market[-_]?price|non[-_]?sale|prior|full[-_]?price|price[-_]?full|"
            r"\bfull\b|nosale",
    ASKED: r"sale(?!s?[-_]?tax)|special|current|final|promo|\bnow\b|actual|\bnew|our[-_]?price|today|deal|"
           r"best[-_]?price|sell|\bpor\b|"
           r"oferta|aktion|reduced|discount(?:ed)?[-_]?price|price[-_]?(?:main|value|now|to-?pay)|main[-_]?price|"
           r"product[-_]?price|"
           r"pricetopay|pdp|primary|total-price|itemprop",
    NOT_ASKED: r"shipping|deliver|frete|versand|livraison|install?ment|parcel|month|mensual|financ|credit|"
               r"per[-_]?unit|unit[-_]?price|"
               r"base[-_]?price|\bppu|points|bonus|saving|\bsave|you-save|economi|discount[-_]?(?:amount|percent|"
               r"badge|label)|\btax|"
               r"tax\b|\bvat\b|netto|without[-_]?tax|excl|deposit|gift|coupon|voucher|cashback|rating|count\b|"
               r"quantity|qty|filter|slider|"
               r"facet|min[-_]?price|max[-_]?price|subtotal|mini-?cart|cart[-_]?total|header|basket|warranty|"
               r"protection|add-?on\b|klarna|\bmember|loyalt|\bclub\b|subscri|trade-?in|refurb|"
               r"afterpay|\bpix\b|boleto|prime|lowest|omnibus|leasing|\brata\b|swatch|essential|option",
    ELSEWHERE: r"relat|recommend|recently|similar|cross[-_]?sell|upsell|up-sell|also|suggest|sponsor|complement|"
               r"accessor|mini-?cart|footer|"
               r"\bnav\b|navbar|navigation|\bmenu|breadcrumb|bought|reviews?\b|comment|history|other[-_]|bestsell|"
               r"search-result|recom|"
               r"viewed|trending|zubeh|ahnlich|vendid|combo\b|frequently|you-may|youmay|header-cart|compare-list|"
               r"alternativ|cart-drawer|"
               r"cookie|newsletter|ymal|product-list\b|productlist|products-grid|product-grid|inspir",
    PERHAPS_ELSEWHERE: r"carousel|swiper|slick|slide|sidebar|widget|(?:product|goods|item)[-_]?(?:card|tile|item|"
                       r"grid|list|miniature|box)\b|"
                       r"\bcards?\b|\btiles?\b|banner|compare|wish-?list|more[-_]|popular|grid-item|listing|modal|"
                       r"popup|drawer|offcanvas|"
                       r"bundle|owl-|thumb",
    MAIN: r"product[-_]?(?:detail|info|main|page|view|summary|essential|single|content|shop|form|meta|intro|header)|"
          r"\bpdp|pdp\b|"
          r"main[-_]?(?:product|info)|single[-_]product|product__(?:info|price|main)|buy[-_]?box|summary|"
          r"goods[-_]?(?:info|detail)|"
          r"item[-_]?(?:detail|info)|detail|productview|ficha",
    BUY: r"add[-_ ]?(?:item[-_ ])?to[-_ ]?(?:my[-_ ])?(?:cart|bag|basket|trolley|order)|buy[-_ ]?(?:now|box|it|"
         r"button|btn)|in[-_ ]den[-_ ]"
         r"(?:waren|einkaufs)|winkel(?:wagen|mand)|ajouter[-_ ]au|comprar|añadir|agregar al|adicionar|aggiungi|"
         r"acquista|do[-_ ]koszyka|"
         r"do[-_ ]ko[sš][ií]k|koš[ao]r|lägg (?:i|till)|legg i|læg i|til kurv|osta\b|ostoskori|sepete|купить|корзин|"
         r"кошик|"
         r"kosárba|adaug[aă]|"
         r"カート|かごに|购物车|購物車|立即購買|結帳|구매|장바구니|"
         r"cart[-_/]?(?:add|btn|form)|add[-_]?cart|product[-_]?form|ostukorv|groz[aā]|"
         r"krepšel|"
         r"add_to|koop nu|bestellen\b|jetzt kaufen|v košík|kupi\b|köp\b|kjøp|køb|στο καλάθι|السلة|עגלה|thêm vào giỏ|"
         r"keranjang|ตะกร้า|"
         r"place[-_ ]?bid|purchase\b|pre-?order",
}
# fmt: on
_SURE_WORDS = word_list(
    "pric preco preço precio preis prix prezzo prijs pris cena hinta fiyat harga tsena kaina cijena giá τιμ цена 価格"
)
_PRICE_WORDS = [*_SURE_WORDS, *word_list("amount money cost valor kwota offer prc deal sale")]
_PATTERNS = {meaning: re.compile(pattern) for meaning, pattern in _MEANINGS.items()}


_NAMING = ("class", "id", "itemprop", "data-testid", "data-test", "data-qa", "data-hook")


def names_of(element: Element) -> str:
    """What a page calls an element, in one text."""
    get = element.get
    return " ".join([value for name in _NAMING if (value := get(name))])


@lru_cache(maxsize=20_000)
def meaning(names: str) -> int:
    """All meanings of a name as bits; camel case counts as words."""
    if not names:
        return 0
    text = _plain(names)
    bits = PRICE if is_price(names) else 0
    for bit, pattern in _PATTERNS.items():
        if pattern.search(text):
            bits |= bit
    return bits


@lru_cache(maxsize=20_000)
def is_price(names: str) -> bool:
    """Is this what prices are called? Asked of every element, so plain searching, which is faster than a pattern."""
    text = names[:LONGEST].lower()
    return any(word in text for word in _PRICE_WORDS)


@lru_cache(maxsize=5_000)
def says_price(names: str) -> bool:
    """Does it say price, and not only what else may be on sale, an amount or an offer?"""
    text = names[:LONGEST].lower()
    return any(word in text for word in _SURE_WORDS)


def _plain(names: str) -> str:
    return _CAMEL.sub("-", names[:LONGEST]).lower()


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=5_000)
def says_buy(text: str) -> bool:
    """Is this what stands on a button for buying?"""
    return _PATTERNS[BUY].search(text.lower()) is not None
