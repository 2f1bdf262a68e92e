"""Which currency a text, a code or a site stands for. Never a guess: what is ambiguous alone stays unknown."""

from __future__ import annotations

import re
from functools import lru_cache

from wishare.metadata.tables import word_list, word_map, word_set

# What the world trades in (ISO 4217), without metals, funds and test codes.
CODES = word_set("""
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV
    WST XAF XCD XOF XPF YER ZAR ZMW ZWL
    """)
RENAMED = {
    "RUR": "RUB",
    "BYR": "BYN",
    "NTD": "TWD",
    "RMB": "CNY",
    "CNH": "CNY",
    "UKP": "GBP",
    "SLL": "SLE",
    "MRO": "MRU",
}

# No shop of these writes cents, and a point or comma before three digits separates thousands.
WITHOUT_CENTS = word_set("JPY KRW CLP VND ISK PYG UGX XAF XOF XPF RWF GNF KMF DJF BIF VUV IDR HUF COP IRR")
WITH_THREE_DECIMALS = word_set("KWD BHD OMR JOD TND IQD LYD")
# So many units to a meal that three decimals must be thousands, whatever a program wrote.
BIG_NUMBERS = WITHOUT_CENTS | word_set("ARS CRC DOP UYU RSD LKR PKR NGN KZT AMD LBP MMK MNT TZS UZS")

# Texts that mean one currency and nothing else; the longest found wins.
SYMBOLS = word_map(
    """
    €=EUR euro=EUR euros=EUR £=GBP R$=BRL reais=BRL zł=PLN zl=PLN Kč=CZK Ft=HUF ₽=RUB руб=RUB ₴=UAH грн=UAH
    ₹=INR ₩=KRW 원=KRW ₺=TRY ₪=ILS ₫=VND ฿=THB ₱=PHP ₦=NGN ₡=CRC ₲=PYG ₸=KZT ₾=GEL ₵=GHS lei=RON лв=BGN US$=USD
    U$S=USD U$D=USD CA$=CAD C$=CAD A$=AUD AU$=AUD NZ$=NZD HK$=HKD NT$=TWD S$=SGD SG$=SGD MX$=MXN AR$=ARS
    CLP$=CLP COP$=COP S/=PEN S/.=PEN RM=MYR Rp=IDR KM=BAM 円=JPY SFr=CHF Fr.=CHF Dhs=AED د.إ=AED ر.س=SAR ريال=SAR
    د.ك=KWD Br=BYN TL=TRY ₼=AZN р.=RUB сом=KGS ₮=MNT ৳=BDT Bs.=BOB KSh=KES Gs.=PYG USD$=USD CAD$=CAD NIS=ILS
    ден=MKD дин=RSD Lek=ALL đ=VND Lei=RON LEI=RON Zł=PLN ZŁ=PLN جنيه=EGP ج.م=EGP ֏=AMD ៛=KHR RD$=DOP J$=JMD
    KD=KWD BZ$=BZD TT$=TTD $U=UYU Bs=BOB B/.=PAB ₭=LAK ؋=AFN ریال=IRR лв.=BGN грн.=UAH руб.=RUB рублей=RUB
    MOP$=MOP BD=BHD GH₵=GHS Euro=EUR EURO=EUR
    """
) | {
    text: text.upper()
    for code in word_list("eur usd gbp pln sek nok dkk chf czk huf ron")
    for text in (code, code.title())
}
# Texts that several currencies share: the site must say which.
SHARED = {
    "$": word_set("USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP UYU JMD BBD TTD BSD FJD DOP"),
    "kr": word_set("SEK NOK DKK ISK"),
    "¥": word_set("JPY CNY"),
    "元": word_set("CNY TWD HKD"),
    "Rs": word_set("INR PKR LKR NPR MUR"),
    "р": word_set("RUB BYN"),
    "din": word_set("RSD DZD TND"),
    "R": word_set("ZAR"),
    "L": word_set("HNL RON ALL"),
    "﷼": word_set("IRR SAR QAR OMR YER"),
    "Q": word_set("GTQ"),
    "DH": word_set("AED MAD"),
}
SHARED_ALIASES = {
    "￥": "¥",
    "＄": "$",
    "kr.": "kr",
    "Kr": "kr",
    "Rs.": "Rs",
    "₨": "Rs",
    "Р": "р",
    "درهم": "DH",
    "Dh": "DH",
    "dh": "DH",
}

_EURO = word_list("at be de ee es fi fr gr ie it lt lu lv mt nl pt si sk cy hr eu")
TOP_LEVEL = dict.fromkeys(_EURO, "EUR") | word_map(
    """
    br=BRL uk=GBP jp=JPY kr=KRW cn=CNY tw=TWD hk=HKD sg=SGD my=MYR th=THB vn=VND id=IDR ph=PHP in=INR pk=PKR
    bd=BDT lk=LKR np=NPR au=AUD nz=NZD ca=CAD us=USD mx=MXN ar=ARS cl=CLP co=COP pe=PEN uy=UYU py=PYG bo=BOB
    cr=CRC do=DOP gt=GTQ se=SEK no=NOK dk=DKK is=ISK ch=CHF li=CHF pl=PLN cz=CZK hu=HUF ro=RON bg=BGN rs=RSD
    mk=MKD al=ALL ba=BAM tr=TRY ru=RUB by=BYN ua=UAH kz=KZT ge=GEL am=AMD az=AZN uz=UZS il=ILS sa=SAR ae=AED
    qa=QAR kw=KWD bh=BHD om=OMR jo=JOD lb=LBP eg=EGP ma=MAD tn=TND dz=DZD za=ZAR ng=NGN ke=KES gh=GHS gov=USD
    edu=USD md=MDL kg=KGS
    """
)
# Endings that shops of every country use for their looks.
_FASHIONABLE = word_set("co me io ai tv la ly")
# Shops whose address says a country by itself although it ends in .com.
SITES = word_map(
    """
    amazon.com=USD ebay.com=USD walmart.com=USD target.com=USD bestbuy.com=USD costco.com=USD homedepot.com=USD
    lowes.com=USD macys.com=USD kohls.com=USD newegg.com=USD wayfair.com=USD chewy.com=USD jcpenney.com=USD
    barnesandnoble.com=USD bhphotovideo.com=USD flipkart.com=INR coupang.com=KRW hepsiburada.com=TRY
    trendyol.com=TRY johnlewis.com=GBP argos.co.uk=GBP currys.co.uk=GBP bol.com=EUR fnac.com=EUR
    cdiscount.com=EUR darty.com=EUR falabella.com=CLP momoshop.com.tw=TWD tmall.com=CNY taobao.com=CNY
    jd.com=CNY noon.com=AED myntra.com=INR nykaa.com=INR allegro.pl=PLN tokopedia.com=IDR lazada.com.my=MYR
    verkkokauppa.com=EUR elcorteingles.es=EUR pccomponentes.com=EUR mediamarkt.de=EUR
    """
)
_LANGUAGES = "en|de|fr|it|es|pt|nl|pl|sv|da|nb|no|fi|cs|sk|hu|ro|bg|el|tr|ru|uk|ar|he|ja|ko|zh|hr|sl|sr|et|lv|lt"
_LOCALE = re.compile(
    rf"/(?:[\w-]{{1,20}}/)?(?:(?:{_LANGUAGES})[-_]([a-z]{{2}})|([a-z]{{2}})[-_/](?:{_LANGUAGES})|(us|uk|gb|au|nz|ie|"
    rf"sg|hk))(?:/|$)",
    re.IGNORECASE,
)


def _pattern(texts: list[str]) -> re.Pattern[str]:
    """Alternatives, longest first; one that is made of letters must not be part of a word."""
    ordered = sorted(texts, key=len, reverse=True)
    return re.compile("|".join(_guarded(text) for text in ordered))


def _guarded(text: str) -> str:
    before = r"(?<![^\W\d_])" if text[0].isalpha() else ""
    after = r"(?![^\W\d_])" if text[-1].isalpha() else ""
    spaced = r"\s?\$" if text.endswith("$") and len(text) > 2 else ""  # US $5, as eBay writes it; not «a $5 gift»
    return f"{before}{re.escape(text.rstrip('$'))}{spaced}" if spaced else f"{before}{re.escape(text)}{after}"


_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_NUMBERS = re.compile(r"[\d\s.,'’\u00a0]+")
_SYMBOL = _pattern([*SYMBOLS, *SHARED, *SHARED_ALIASES])


def code(text: object) -> str | None:
    """An ISO 4217 code, or what people write in its place («€», `BRL `, `rur`), as that code."""
    if not isinstance(text, str):
        return None
    cleaned = text.strip().upper()
    cleaned = RENAMED.get(cleaned, cleaned)
    return cleaned if cleaned in CODES else SYMBOLS.get(text.strip())


def find_symbol(text: str) -> str | None:
    """The first currency text of a price, as it is written there."""
    return _symbol(_NUMBERS.sub(" ", text))


@lru_cache(maxsize=5_000)
def _symbol(wording: str) -> str | None:
    """A code, else a symbol. Cached by the words around the numbers: the prices of a shop all look alike."""
    for found in _CODE.finditer(wording):
        if code(found.group()):
            return found.group()
    symbol = _SYMBOL.search(wording) if wording != " " else None
    return symbol.group().replace(" ", "") if symbol else None


def in_text(text: str, local: str | None = None) -> str | None:
    """The currency of a visible price. A shared symbol counts only if the currency of the site uses it."""
    found = find_symbol(text)
    if found is None:
        return None
    symbol = SHARED_ALIASES.get(found, found)
    if symbol in SHARED:
        return local if local in SHARED[symbol] else None
    return SYMBOLS.get(symbol) or code(symbol)


def allows(text: str, currency: str | None) -> bool:
    """Can a price with this text be in that currency? Not if it shows a symbol that the currency does not use."""
    found = find_symbol(text)
    if found is None or currency is None:
        return True
    symbol = SHARED_ALIASES.get(found, found)
    return currency in SHARED.get(symbol, ()) or currency == (SYMBOLS.get(symbol) or code(symbol))


def of_region(region: str) -> str | None:
    """What a country of this ISO code pays in."""
    region = region.lower()
    return TOP_LEVEL.get("uk" if region == "gb" else region) if len(region) == 2 else None


def of_path(path: str) -> str | None:
    """The currency of a country that an address names: /en-gb/, /de_ch/, /us/en/, /au/."""
    found = _LOCALE.match(path)
    if found is None:
        return None
    return of_region(next(region for region in found.groups() if region))


def of_site(host: str) -> str | None:
    """What a shop of this name charges in, by its top-level domain; None for .com and other homeless ones."""
    labels = host.split(".")
    if len(labels) < 2:
        return None
    for length in (2, 3):
        if site := SITES.get(".".join(labels[-length:])):
            return site
    if labels[-1] in _FASHIONABLE and len(labels[-2]) > 3:
        return None
    return TOP_LEVEL.get(labels[-1])
