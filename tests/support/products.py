"""A shop with one product, on this machine; the fetcher may ask it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings
from PIL import Image

from tests.support.shops import Shop, page

PATH = "/italian-coffee-maker/77123456"
TITLE, PRICE = "Italian coffee maker", "39.90"


def picture(size: tuple[int, int] = (640, 480), kind: str = "PNG") -> bytes:
    encoded = io.BytesIO()
    Image.new("RGB", size, "#b8185a").save(encoded, kind)
    return encoded.getvalue()


def product(**fields: object) -> bytes:
    """The page of a product as JSON-LD says it; a field that is None is left out."""
    said = {"title": TITLE, "price": PRICE, "currency": "EUR", "image": "/maker.png", "description": "", **fields}
    offer = f'"offers":{{"@type":"Offer","price":"{said["price"]}","priceCurrency":"{said["currency"]}"}}'
    facts = [
        '"@context":"https://schema.org","@type":"Product"',
        f'"name":"{said["title"]}"',
        *([offer] if said["price"] is not None else []),
        *([f'"image":"{said["image"]}"'] if said["image"] else []),
        *([f'"description":"{said["description"]}"'] if said["description"] else []),
    ]
    script = f'<script type="application/ld+json">{{{",".join(facts)}}}</script>'
    return f"<!doctype html><html><head><title>A page</title>{script}</head><body></body></html>".encode()


def with_product(shop: Shop, **fields: object) -> str:
    """Puts a product into the shop; returns its address."""
    shop.pages |= {PATH: page(product(**fields)), "/maker.png": page(picture(), kind="image/png")}
    return address(shop)


def address(shop: Shop, path: str = PATH) -> str:
    return f"http://127.0.0.1:{shop.port}{path}"


@contextmanager
def open_shop() -> Iterator[Shop]:
    with Shop() as shop, override_settings(FETCH_ALLOW=[f"127.0.0.1:{shop.port}"]):
        yield shop
