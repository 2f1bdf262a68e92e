"""Threads as pages: who reads what, paging, writing, editing, undoing, with and without scripts."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.cast import client_of, say
from tests.support.counting import counted
from tests.wishlists.making import a_wish
from wishare.accounts.models import User
from wishare.comments.models import Comment
from wishare.comments.queries import COMMENTS_A_PAGE
from wishare.notifications.models import Notification
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def giver(friend: User) -> Client:
    return client_of(friend)


def page(client: Client, route: str, row: Wishlist | Item | Comment, query: str = "") -> str:
    response = client.get(reverse(route, args=[row.public_id]) + query)
    assert response.status_code == 200
    return response.content.decode()


def texts(html: str) -> list[str]:
    return re.findall(r'<div class="comment__text">(.*?)</div>', html)


@pytest.mark.parametrize("route", ["wishlist", "list_comments"])
def test_a_giver_reads_both_threads_and_the_owner_one(
    route: str, wishlist: Wishlist, owner: User, friend: User, giver: Client
) -> None:
    say(wishlist, friend, "With Olga")
    say(wishlist, friend, "Secret", among_givers=True)
    assert texts(page(giver, route, wishlist)) == ["With Olga", "Secret"]
    html = page(client_of(owner), route, wishlist)
    assert texts(html) == ["With Olga"]
    assert "giver" not in html[html.index('class="talk"') :].lower()


def test_a_visitor_of_a_public_list_reads_nothing(wishlist: Wishlist, friend: User) -> None:
    Wishlist.objects.update(visibility=2)
    say(wishlist, friend, "With Olga")
    assert "With Olga" not in page(Client(), "wishlist", wishlist)


def test_the_form_of_a_thread_writes_into_that_thread(wishlist: Wishlist, giver: Client) -> None:
    html = page(giver, "wishlist", wishlist)
    forms = re.findall(r'<form class="thread__form" method="post" action="([^"]+)"', html)
    assert len(forms) == 2
    for address, text in zip(forms, ("To Olga", "To givers"), strict=True):
        assert giver.post(address, {"text": text}).status_code == 302
    assert list(Comment.objects.order_by("pk").values_list("text", "audience")) == [("To Olga", 0), ("To givers", 1)]


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "x" * 1001])
def test_what_is_no_comment_is_shown_again_with_what_is_wrong(text: str, wishlist: Wishlist, giver: Client) -> None:
    response = giver.post(reverse("list_whispers", args=[wishlist.public_id]), {"text": text})
    assert response.status_code == 422
    with_olga, among_givers = response.content.decode().split('id="whispers"')
    assert "errorlist" in among_givers
    assert "errorlist" not in with_olga
    assert not Comment.objects.exists()


def test_a_thread_is_read_page_by_page_and_goes_on_where_one_is(
    wishlist: Wishlist, friend: User, giver: Client
) -> None:
    number = COMMENTS_A_PAGE + 5
    for n in range(number):
        say(wishlist, friend, f"C{n:02}")
    latest = page(giver, "list_comments", wishlist)
    assert texts(latest) == [f"C{n:02}" for n in range(5, number)]
    earlier = re.search(r'href="[^"?]+(\?before=[^"]+)"', latest)
    since = re.search(r'name="since" value="([^"]+)"', latest)
    assert earlier
    assert since
    before = page(giver, "list_comments", wishlist, earlier[1])
    assert texts(before) == [f"C{n:02}" for n in range(5)]
    assert "Earlier comments" not in before
    assert texts(page(giver, "list_comments", wishlist, f"?since={since[1]}")) == []
    say(wishlist, friend, "New")
    assert texts(page(giver, "list_comments", wishlist, f"?since={since[1]}")) == ["New"]
    assert texts(page(giver, "list_comments", wishlist, "?since="))[0] == "C00"


def test_one_is_led_back_to_the_page_one_wrote_on(wishlist: Wishlist, giver: Client) -> None:
    address, here = (reverse(name, args=[wishlist.public_id]) for name in ("list_comments", "wishlist"))
    came_from = {"referer": f"http://testserver{here}"}
    without = giver.post(address, {"text": "One"}, headers=came_from)
    assert without["Location"] == f"http://testserver{here}#comments"
    assert giver.post(address, {"text": "Two"}, headers={**came_from, **SCRIPT})["Location"] == address


def test_one_s_own_comment_is_edited(wishlist: Wishlist, friend: User, giver: Client) -> None:
    comment = say(wishlist, friend, "Helo")
    address = reverse("comment_edit", args=[comment.public_id])
    assert ">Helo</textarea>" in giver.get(address).content.decode()
    assert giver.post(address, {"text": ""}).status_code == 422
    assert giver.post(address, {"text": "Hello"})["Location"].endswith(f"#comment-{comment.public_id}")
    html = page(giver, "comment", comment)
    assert texts(html) == ["Hello"]
    assert "edited" in html


def test_what_is_deleted_comes_back_by_who_deleted_it(
    wishlist: Wishlist, owner: User, friend: User, giver: Client
) -> None:
    comment = say(wishlist, friend, "Hm")
    restore = reverse("comment_restore", args=[comment.public_id])
    assert client_of(owner).post(reverse("comment_delete", args=[comment.public_id])).status_code == 302
    assert texts(page(giver, "list_comments", wishlist)) == []
    assert giver.post(restore).status_code == 404
    assert client_of(owner).post(restore).status_code == 302
    assert texts(page(giver, "list_comments", wishlist)) == ["Hm"]


def test_a_script_puts_nothing_in_the_place_of_what_one_may_not_read(
    wishlist: Wishlist, owner: User, friend: User, giver: Client
) -> None:
    gone, secret = say(wishlist, friend, "Hm"), say(wishlist, friend, "Secret", among_givers=True)
    giver.post(reverse("comment_delete", args=[gone.public_id]))
    for client, public_id in ((giver, gone.public_id), (client_of(owner), secret.public_id), (giver, "2" * 16)):
        address = reverse("comment", args=[public_id])
        assert client.get(address).status_code == 404
        response = client.get(address, headers=SCRIPT)
        assert (response.status_code, response.content) == (200, b"")


def test_a_delete_can_be_undone_from_the_message(wishlist: Wishlist, friend: User, giver: Client) -> None:
    comment = say(wishlist, friend, "Hm")
    response = giver.post(reverse("comment_delete", args=[comment.public_id]), headers=SCRIPT, follow=True)
    assert reverse("comment_restore", args=[comment.public_id]) in response.content.decode()


def test_the_cards_of_wishes_count_what_the_viewer_may_read(
    item: Item, owner: User, friend: User, giver: Client
) -> None:
    say(item.wishlist, friend, "Blue?", item=item)
    for n in range(3):
        say(item.wishlist, friend, f"Secret {n}", item=item, among_givers=True)
    counts = re.compile(r"item__thread[^>]*>.*?<b>(\d+)</b>", re.DOTALL)
    assert counts.findall(page(giver, "wishlist", item.wishlist)) == ["1", "3"]
    assert counts.findall(page(client_of(owner), "wishlist", item.wishlist)) == ["1"]
    assert texts(page(giver, "item_comments", item)) == ["Blue?", "Secret 0", "Secret 1", "Secret 2"]
    assert texts(page(client_of(owner), "item_comments", item)) == ["Blue?"]


def test_a_received_wish_is_talked_about_with_its_owner_alone(item: Item, owner: User, giver: Client) -> None:
    from wishare.wishlists.actions.items import receive_item

    receive_item(item=item)
    address = reverse("item_comments", args=[item.public_id])
    assert giver.get(address).status_code == 404
    assert client_of(owner).get(address).status_code == 200


@pytest.mark.parametrize("number", [1, 3, 30])
def test_more_comments_cost_no_more(number: int, wishlist: Wishlist, owner: User, friend: User) -> None:
    for n in range(number):
        wish = a_wish(wishlist, f"W{n}")
        say(wishlist, friend, f"{n}")
        say(wishlist, friend, f"{n}", among_givers=True)
        say(wishlist, friend, f"{n}", item=wish, among_givers=True)
    Notification.objects.all().delete()  # the bell has a price of its own
    for viewer in (owner, friend):
        client = client_of(viewer)
        for route, budget in (("wishlist", 4), ("list_comments", 3)):
            page(client, route, wishlist)
            with counted(warm=True) as cost:
                page(client, route, wishlist)
            assert cost <= (budget, 2), str(cost)


def test_there_is_a_limit_on_how_much_one_says(
    wishlist: Wishlist, giver: Client, settings: pytest.FixtureRequest
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"comment": "2/h/user"}  # type: ignore[attr-defined]
    address = reverse("list_comments", args=[wishlist.public_id])
    assert [giver.post(address, {"text": f"C{n}"}).status_code for n in range(3)] == [302, 302, 422]


def test_an_address_is_a_link_and_nothing_else_is(wishlist: Wishlist, friend: User, giver: Client) -> None:
    say(wishlist, friend, "See https://shop.example.org/?a=1&b=2 <script>\nand javascript:alert(1)")
    [text] = texts(page(giver, "list_comments", wishlist))
    assert text.count("<a ") == 1
    assert 'href="https://shop.example.org/?a=1&amp;b=2" rel="nofollow"' in text
    assert "&lt;script&gt;<br>and javascript:alert(1)" in text
