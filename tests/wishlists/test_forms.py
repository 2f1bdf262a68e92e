"""What the forms about lists, wishes and claims let through, and what they say instead."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.forms import BaseForm
from django.utils import timezone

from tests.wishlists.making import a_list
from wishare.accounts.models import User
from wishare.wishlists.forms import ClaimForm, GuestClaimForm, ItemForm, MoveForm, WishlistForm
from wishare.wishlists.models import Wishlist

pytestmark = pytest.mark.django_db

LIST = {"name": "Birthday", "visibility": "1", "event_type": "birthday", "event_date": "2030-02-28"}
WISH = {"name": "Kettle", "currency": "EUR", "quantity": "1", "priority": "1"}
TEN_MEGABYTES = "x" * (10 * 1024 * 1024)


def errors(form: BaseForm) -> dict[str, list[str]]:
    return {name: list(texts) for name, texts in form.errors.items()}


def list_errors(**fields: str) -> dict[str, list[str]]:
    return errors(WishlistForm(LIST | fields))


def wish_errors(**fields: str) -> dict[str, list[str]]:
    return errors(ItemForm(WISH | fields))


def choice(value: str) -> str:
    return f"Select a valid choice. {value} is not one of the available choices."


def test_clean_data_of_a_list_is_what_the_action_takes() -> None:
    form = WishlistForm(LIST)
    assert form.is_valid()
    assert form.cleaned_data == {
        "name": "Birthday",
        "visibility": 1,
        "event_type": "birthday",
        "event_date": date(2030, 2, 28),
        "description": "",
        "cover": None,
        "reveal_on": None,
    }


@pytest.mark.parametrize("value", ["3", "-1", "partner_only", "1.0", "1 OR 1=1", "99999999999999999999", "Ⅰ"])
def test_an_unknown_visibility_is_named(value: str) -> None:
    assert list_errors(visibility=value) == {"visibility": [choice(value)]}


@pytest.mark.parametrize("value", ["brithday", "BIRTHDAY", "0", "' OR ''='"])
def test_an_unknown_occasion_is_named(value: str) -> None:
    assert list_errors(event_type=value) == {"event_type": [choice(value)]}


@pytest.mark.parametrize(
    "value",
    [
        "2030-02-31",
        "2031-02-29",
        "0000-01-01",
        "99999-01-01",
        "2030-13-01",
        "31/31/2030",
        "soon",
        "1e9",
        "１",
    ],
)
@pytest.mark.parametrize("field", ["event_date", "reveal_on"])
def test_a_broken_date_is_said_next_to_the_field(field: str, value: str) -> None:
    assert list_errors(**{field: value}) == {field: ["Enter a valid date."]}


@pytest.mark.parametrize("value", ["9999-12-31", "0001-01-01", "1899-12-31", "2200-01-01"])
@pytest.mark.parametrize("field", ["event_date", "reveal_on"])
def test_a_date_far_off_is_said_next_to_the_field(field: str, value: str) -> None:
    assert list_errors(**{field: value}) == {field: ["Please check the year."]}


@pytest.mark.parametrize("value", ["1900-01-01", "2199-12-31"])
def test_the_first_and_the_last_sensible_day_are_fine(value: str) -> None:
    assert list_errors(event_date=value) == {}


def test_a_reveal_date_that_is_set_anew_is_tomorrow_at_the_soonest() -> None:
    today = timezone.localdate()
    soon = {"reveal_on": ["Tomorrow is the earliest day for this."]}
    assert list_errors(reveal_on=str(today)) == soon
    assert list_errors(reveal_on=str(today - timedelta(days=1))) == soon
    assert list_errors(reveal_on=str(today + timedelta(days=1))) == {}


def test_a_reveal_date_that_has_come_may_stay_but_not_move(owner: User) -> None:
    wishlist = a_list(owner)
    today = timezone.localdate()
    Wishlist.objects.update(reveal_on=today - timedelta(days=5))
    wishlist.refresh_from_db()
    for day, expected in ((5, {}), (4, {"reveal_on": ["Tomorrow is the earliest day for this."]})):
        form = WishlistForm(LIST | {"reveal_on": str(today - timedelta(days=day))}, instance=wishlist)
        assert errors(form) == expected


@pytest.mark.parametrize(
    ("price", "clean"),
    [("", None), ("0", Decimal(0)), ("0.01", Decimal("0.01")), ("9999999999.99", Decimal("9999999999.99"))],
)
def test_a_price_is_empty_or_anything_from_nothing_to_ten_billion(price: str, clean: Decimal | None) -> None:
    form = ItemForm(WISH | {"price": price})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["price"] == clean


@pytest.mark.parametrize(
    ("price", "text"),
    [
        ("-0.01", "Ensure this value is greater than or equal to 0."),
        ("-1e9", "Ensure this value is greater than or equal to 0."),
        ("NaN", "Enter a number."),
        ("sNaN", "Enter a number."),
        ("Infinity", "Enter a number."),
        ("-Infinity", "Enter a number."),
        ("1.299,00", "Enter a number."),
        ("0x10", "Enter a number."),
        ("ten", "Enter a number."),
        ("0.001", "Ensure that there are no more than 2 decimal places."),
        ("10000000000", "Ensure that there are no more than 10 digits before the decimal point."),
        ("1e400", "Ensure that there are no more than 12 digits in total."),
        ("1e999999999", "Ensure that there are no more than 12 digits in total."),
        ("1e-999999999", "Ensure that there are no more than 12 digits in total."),
    ],
)
def test_a_price_that_is_none_says_why(price: str, text: str) -> None:
    assert wish_errors(price=price)["price"][0] == text


@pytest.mark.parametrize("price", ["-0", "0e999999999", "-0.00"])
def test_every_way_to_write_nothing_is_plain_zero(price: str) -> None:
    form = ItemForm(WISH | {"price": price})
    assert form.is_valid(), form.errors
    assert str(form.cleaned_data["price"]) in {"0", "0.00"}


@pytest.mark.parametrize("value", ["0", "-1", "1000", "1.5", "1e3", "x", "9" * 30, "9" * 5000, "٣x"])
def test_a_quantity_is_a_whole_number_from_1_to_999(value: str) -> None:
    assert list(wish_errors(quantity=value)) == ["quantity"]
    assert list(errors(ClaimForm({"quantity": value}))) == ["quantity"]


def test_an_empty_quantity_of_a_claim_is_one() -> None:
    form = ClaimForm({})
    assert form.is_valid()
    assert form.cleaned_data == {"quantity": 1}


@pytest.mark.parametrize(
    ("field", "value"), [("currency", "XXX"), ("currency", "usd"), ("priority", "3"), ("priority", "")]
)
def test_an_unknown_currency_or_priority_is_refused(field: str, value: str) -> None:
    assert list(wish_errors(**{field: value})) == [field]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://shop.example/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://shop.example/k",
        "https://user:secret@shop.example/k",
        "https://user@shop.example/k",
        "https://shop.example:99999/k",
        "https://shop.example:0/k",
        "https://shop .example/",
        "https://[::1",
        "https://",
        "\tjavascript:alert(1)",
        "https://shop.example/" + "x" * 2000,
    ],
)
def test_an_address_that_is_not_of_the_web_is_refused(url: str) -> None:
    assert list(wish_errors(url=url)) == ["url"]


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/ü?q=ä#x",
        "http://[::1]:8000/",
        "https://bücher.example:443/",
        "shop.example/k",
        "//shop.example",
    ],
)
def test_unusual_addresses_of_the_web_are_fine(url: str) -> None:
    assert wish_errors(url=url) == {}


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u202e\u202c", "\x07", "\ufeff\u2066 "])
def test_a_name_of_nothing_visible_is_no_name(text: str) -> None:
    required = {"name": ["This field is required."]}
    assert (list_errors(name=text), wish_errors(name=text)) == (required, required)
    assert list(errors(GuestClaimForm({"guest_name": text}))) == ["guest_name"]


def test_characters_that_cannot_be_seen_are_dropped_and_line_breaks_of_a_note_stay() -> None:
    form = ItemForm(WISH | {"name": "\u202eKet\x07tle\u200b ", "description": "a\r\nb\tc\x1b"})
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["name"], form.cleaned_data["description"]) == ("Kettle", "a\r\nb\tc")


def test_a_nul_is_said_next_to_the_field() -> None:
    texts = ["Null characters are not allowed."]
    assert list_errors(name="a\x00b") == {"name": texts}
    assert wish_errors(name="a\x00b", description="\x00", url="https://a.example/\x00") == {
        "name": texts,
        "description": texts,
        "url": texts,
    }
    assert errors(GuestClaimForm({"guest_name": "a\x00", "guest_email": "a\x00@example.org"})).keys() == {
        "guest_name",
        "guest_email",
    }
    assert list(errors(MoveForm({"before": "\x00"}))) == ["before"]


def test_a_name_of_ten_megabytes_is_too_long() -> None:
    for form in (WishlistForm(LIST | {"name": TEN_MEGABYTES}), ItemForm(WISH | {"name": TEN_MEGABYTES})):
        [text] = errors(form)["name"]
        assert text.startswith("Ensure this value has at most ")


@pytest.mark.parametrize("direction", ["left", "UP", "up\n ", "0"])
def test_an_unknown_direction_is_refused(direction: str) -> None:
    assert errors(MoveForm({"direction": direction})) == {"direction": [choice(direction)]}


@pytest.mark.parametrize(
    "email", ["x", "a@b", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org", "<a@b.c>"]
)
def test_a_guests_address_is_one_address(email: str) -> None:
    assert list(errors(GuestClaimForm({"guest_name": "Gil", "guest_email": email}))) == ["guest_email"]
