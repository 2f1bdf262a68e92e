"""What a product costs, from the offers of schema.org data."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wishare.metadata import currencies
from wishare.metadata.amounts import from_markup
from wishare.metadata.facts import Price
from wishare.metadata.nodes import OFFERS, Node, listed, text, types, walk

MOST = 300
# schema.org/priceType of what is not asked for.
STRUCK = ("listprice", "srp", "msrp", "strikethrough", "regularprice", "invoiceprice", "minimumadvertised")
BETTER = ("saleprice", "sale")
GONE = ("outofstock", "soldout", "discontinued")
WORN = ("used", "refurbished", "damaged")


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to buy: what is asked, and what makes it more or less what the page shows."""

    price: Price
    addresses: tuple[str, ...] = ()
    gone: bool = False
    worn: bool = False


def offers(product: Node, by_id: dict[str, Node]) -> list[Offer]:
    """The offers of a product in their order, those of its variants after its own."""
    own = list(_offers_of(product, by_id, None))
    if own:
        return own
    found: list[Offer] = []
    for variant in listed(product, "hasVariant", "model", "variesBy")[:MOST]:
        node = _resolved(variant, by_id)
        if node is not None:
            found.extend(_offers_of(node, by_id, None))
    return found


def single_offers(roots: Any) -> list[Offer]:
    """Offers that stand by themselves, in no product."""
    nodes = [node for node, name in walk(roots) if name != "-" and not OFFERS.isdisjoint(types(node))]
    return [_offer(node, {}, price) for node in nodes[:MOST] if (price := _price(node, _currency(node)))]


def best(found: list[Offer], matches: Any = None) -> Price | None:
    """The offer at the page's own address, else the first that is new and to be had, else the first."""
    if not found:
        return None
    if matches is not None:
        own = [offer for offer in found if any(matches(address) for address in offer.addresses)]
        if own and len(own) < len(found):
            found = own
    preferred = [offer for offer in found if not offer.worn] or found
    return next((offer for offer in preferred if not offer.gone), preferred[0]).price


def _resolved(value: Any, by_id: dict[str, Node]) -> Node | None:
    if not isinstance(value, dict):
        return None
    identity = value.get("@id")
    return by_id.get(identity, value) if isinstance(identity, str) and len(value) <= 2 else value


def _offers_of(node: Node, by_id: dict[str, Node], currency: str | None, depth: int = 0) -> Iterator[Offer]:
    for value in listed(node, "offers", "Offers", "offer")[:MOST]:
        offer = _resolved(value, by_id)
        if offer is None or depth > 3:
            continue
        named = _currency(offer) or currency
        price = _price(offer, named)
        if price is not None:
            yield _offer(offer, node, price)
        else:
            yield from _offers_of(offer, by_id, named, depth + 1)


def _offer(offer: Node, product: Node, price: Price) -> Offer:
    addresses = tuple(one for one in (text(offer, "url"), text(product, "url"), text(offer, "@id")) if one)
    stock = (text(offer, "availability") or "").lower()
    condition = (text(offer, "itemCondition") or "").lower()
    return Offer(
        price,
        addresses,
        gone=any(word in stock for word in GONE),
        worn=any(word in condition for word in WORN),
    )


def _currency(node: Node) -> str | None:
    return currencies.code(text(node, "priceCurrency", "pricecurrency", "currency"))


def _price(offer: Node, currency: str | None) -> Price | None:
    """From the specifications if one says that it is a sale, then the offer's own field, then the lowest of a range."""
    specified = list(_specified(offer, currency))
    sale = next((price for price, better in specified if better), None)
    own = _amount(offer, currency, "price", "Price")
    lowest = _amount(offer, currency, "lowPrice", "lowprice", "minPrice")
    if "aggregateoffer" in types(offer) and lowest is not None:
        own = lowest
    return sale or own or (specified[0][0] if specified else None) or lowest or _amount(offer, currency, "highPrice")


def _specified(offer: Node, currency: str | None) -> Iterator[tuple[Price, bool]]:
    """Prices of the offer's specifications, without list prices, and whether they are called a sale."""
    for node in listed(offer, "priceSpecification")[:20]:
        if not isinstance(node, dict):
            continue
        kind = (text(node, "priceType", "name") or "").lower().replace(" ", "")
        unit = listed(node, "referenceQuantity")
        price = _amount(node, _currency(node) or currency, "price", "minPrice")
        if price is not None and not unit and not any(word in kind for word in STRUCK):
            yield price, any(word in kind for word in BETTER)


def _amount(node: Node, currency: str | None, *names: str) -> Price | None:
    for value in (one for name in names for one in listed(node, name)):
        plain = _plain(value)
        plain = html.unescape(plain) if isinstance(plain, str) else plain
        amount = from_markup(plain, currency)
        if amount:  # a price of zero is a field that nobody filled
            named = currency or (currencies.in_text(plain) if isinstance(plain, str) else None)
            return Price(amount, named)
    return None


def _plain(value: Any, depth: int = 0) -> Any:
    """The number in a field where a template printed a whole object: {"sales": {"value": 3499, …}}."""
    if not isinstance(value, dict) or depth > 2:
        return value
    inner = (value[key] for key in ("@value", "value", "sales", "price", "amount", "decimalPrice") if value.get(key))
    return _plain(next(inner, None), depth + 1)
