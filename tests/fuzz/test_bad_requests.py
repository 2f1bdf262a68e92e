"""Addresses, cookies, tokens and bodies that no page of ours would send."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import PASSWORD, World
from wishare.connections.models import Invitation
from wishare.core.ids import new_token
from wishare.core.serving import MAX_BODY
from wishare.wishlists.actions.lists import share_wishlist, unshare_wishlist
from wishare.wishlists.models import Claim, Item, Wishlist

TEN_MEGABYTES = "x" * (10 * 1024 * 1024)
LIST = {"name": "Easter", "event_type": "other", "visibility": "1"}


@pytest.mark.parametrize("address", ["/wishlists/%00", "/wishlists?mine=%00", "/people/a%00b", "/static/%00", "/%00"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_nul_in_an_address_is_a_bad_request(world: World, address: str, method: str) -> None:
    assert getattr(world.client("owner"), method)(address).status_code == 400


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "theme", "messages"])
@pytest.mark.parametrize("value", ['"\\000"', '"abcdefgh\\000ijklmnop"', "é" * 40, "x" * 5000, '"\\073;"', "../../x"])
def test_a_forged_cookie_is_no_error(world: World, name: str, value: str) -> None:
    client = Client()
    for address in (
        reverse("home"),
        reverse("wishlists"),
        reverse("wishlist", args=[world.public.public_id]),
    ):
        response = client.get(address, headers={"Cookie": f"{name}={value}"})
        assert response.status_code in {200, 302, 400}


@pytest.mark.parametrize("route", ["wishlist_create", "account_settings", "account_signup", "invitation_create"])
def test_a_form_of_ten_megabytes_of_text_is_too_large(world: World, route: str) -> None:
    client = world.client("visitor" if route == "account_signup" else "owner")
    assert len(TEN_MEGABYTES) < MAX_BODY
    for kind in ({}, {"content_type": "application/x-www-form-urlencoded"}):
        data = {**LIST, "name": TEN_MEGABYTES, "email": "a@example.org"}
        body = data if not kind else "&".join(f"{name}={value}" for name, value in data.items())
        response = client.post(reverse(route), body, **kind)
        assert response.status_code in {400, 413}
    assert Wishlist.objects.filter(name__startswith="xxx").count() == 0


def test_a_form_of_too_many_fields_is_a_bad_request(world: World) -> None:
    data = {f"field{number}": "x" for number in range(700)}
    assert world.client("owner").post(reverse("wishlist_create"), data).status_code == 400


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", "multipart/form-data"]
)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"--x\r\n\r\n", b"\xff\xfe\x00", b"--x\r\nContent-Disposition: form-data; name=a"]
)
def test_a_body_that_is_no_form_is_refused_in_the_form(world: World, kind: str, body: bytes) -> None:
    response = world.client("owner").post(reverse("wishlist_create"), body, content_type=kind)
    assert response.status_code in {200, 400, 422}


CURSORS = ["x", "a:b", ":::", "WyJhIiwxXQ:forged", "é", "' OR 1=1 --", "x" * 3000, "[]", "-1"]


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_forged_cursor_shows_the_first_page(world: World, cursor: str) -> None:
    client = world.client("owner")
    pages = {
        reverse("wishlists"): ["mine", "friends"],
        reverse("wishlist", args=[world.christmas.public_id]): ["after"],
        reverse("person", args=[world.owner.public_id]): ["after"],
        reverse("friends"): ["after"],
        reverse("gifts"): ["after"],
    }
    for address, names in pages.items():
        plain = client.get(address).context
        for name in names:
            forged = client.get(address, {name: cursor})
            assert forged.status_code == 200
            for key in ("mine", "friends"):
                assert forged.context.get(key) == plain.get(key)
            assert [row.pk for row in forged.context.get("page", [])] == [row.pk for row in plain.get("page", [])]


ELSEWHERE = [
    *(
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "http:evil.example",
    ),
    *(
        "javascript:alert(1)",
        "data:text/html,x",
        "https:///evil.example",
        "//testserver@evil.example/",
        "home",
        "friends",
    ),
    *(
        "evil.example",
        "..//evil.example",
        "\t//evil.example",
        "https://testserver.evil.example/",
        "http://[::1",
    ),
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_next_never_leads_to_another_site(world: World, address: str) -> None:
    response = world.client("friend").post(reverse("preferences"), {"theme": "dark", "next": address})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    response = world.client("friend").post(reverse("preferences"), {"theme": "dark"}, headers={"Referer": address})
    assert (response.status_code, response.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("address", ["/friends", "/gifts?when=past", "http://testserver/wishlists"])
def test_next_leads_back_to_a_page_of_ours(world: World, address: str) -> None:
    response = world.client("friend").post(reverse("preferences"), {"theme": "dark", "next": address})
    assert response.headers["Location"] == address


@pytest.mark.parametrize("address", ELSEWHERE[:8])
def test_signing_in_never_leads_to_another_site(world: World, address: str) -> None:
    data = {"login": world.friend.email, "password": PASSWORD, "next": address}
    response = Client().post(reverse("account_login"), data)
    assert (response.status_code, response.headers["Location"]) == (302, "/")


TOKEN_ROUTES = {
    "invitation": ["invitation_accept", "invitation_decline"],
    "share": ["share_enter"],
    "guest_claim": ["guest_purchase", "guest_unpurchase", "guest_undo", "guest_acknowledge"],
}


@pytest.mark.parametrize("page", TOKEN_ROUTES)
def test_a_token_of_nobody_or_of_something_else_is_a_404(world: World, page: str) -> None:
    tokens = {
        "invitation": world.link_invitation.token,
        "share": world.share_token,
        "guest_claim": world.manage_token,
    }
    strange = [token for name, token in tokens.items() if name != page]
    strange += [
        new_token(),
        "-" * 43,
        tokens[page][:-1] + ("A" if tokens[page][-1] != "A" else "B"),
        tokens[page].swapcase(),
    ]
    client = world.client("stranger")
    assert client.get(reverse(page, args=[tokens[page]])).status_code == 200
    for token in strange:
        assert client.get(reverse(page, args=[token])).status_code == 404
        for route in TOKEN_ROUTES[page]:
            assert client.post(reverse(route, args=[token])).status_code == 404


def test_an_expired_invitation_says_so_and_makes_no_friends(world: World) -> None:
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    address = reverse("invitation", args=[world.link_invitation.token])
    client = world.client("stranger")
    assert client.get(address).status_code == 200
    response = client.post(f"{address}/accept", follow=True)
    assert "This invitation is no longer open. Ask for a new one." in response.content.decode()


def test_a_link_that_was_renewed_or_ended_is_a_404_and_takes_no_claim(world: World) -> None:
    old, client = world.share_token, world.client("guest")
    new = share_wishlist(wishlist=world.christmas)
    before = Claim.objects.count()
    claim = reverse("share_claim", args=[old, world.book.public_id])
    assert client.post(claim, {"guest_name": "Gus"}).status_code == 404
    assert [client.get(reverse("share", args=[token])).status_code for token in (old, new)] == [404, 200]
    unshare_wishlist(wishlist=world.christmas)
    assert client.get(reverse("share", args=[new])).status_code == 404
    assert Claim.objects.count() == before


@pytest.mark.parametrize("wish", ["diary", "removed", "received", "candle", "plant"])
def test_a_share_link_is_good_for_open_wishes_of_its_list_only(world: World, wish: str) -> None:
    item: Item = getattr(world, wish)
    before = Claim.objects.count()
    address = reverse("share_claim", args=[world.share_token, item.public_id])
    assert world.client("guest").post(address, {"guest_name": "Gus"}).status_code == 404
    assert world.client("stranger").post(address).status_code == 404
    assert Claim.objects.count() == before


@pytest.mark.parametrize(
    ("who", "wish"),
    [
        ("owner", "book"),
        ("friend", "diary"),
        ("friend", "removed"),
        ("friend", "received"),
        ("stranger", "book"),
    ],
)
def test_a_forged_claim_is_a_404(world: World, who: str, wish: str) -> None:
    before = Claim.objects.count()
    address = reverse("claim_create", args=[getattr(world, wish).public_id])
    assert world.client(who).post(address, {"quantity": "1"}).status_code == 404
    assert Claim.objects.count() == before


@pytest.mark.parametrize("route", ["claim_purchase", "claim_unpurchase", "claim_undo", "claim_acknowledge"])
@pytest.mark.parametrize("who", ["owner", "other_friend", "stranger", "admin"])
def test_somebody_elses_claim_is_a_404(world: World, route: str, who: str) -> None:
    assert world.friend_claim
    assert world.guest_claim
    before = list(Claim.objects.order_by("pk").values())
    for claim in (world.friend_claim, world.guest_claim):
        assert world.client(who).post(reverse(route, args=[claim.public_id])).status_code == 404
    assert list(Claim.objects.order_by("pk").values()) == before
