"""Each kind of activity has a sentence, for who did it and for their friends, where they are told."""

import re

import pytest
from django.utils import timezone, translation
from django.utils.html import strip_tags

from tests.support.cast import person
from wishare.activity.fragments import pictures
from wishare.activity.models import Activity, Kind
from wishare.comments.models import Comment, Givers
from wishare.wishlists.models import Item, Wishlist

OWN = {
    Kind.WISHLIST_CREATED: "You made the list L & M.",
    Kind.ITEM_ADDED: "You wish for Tea <hot>, on L & M.",
    Kind.ITEM_PURCHASED: "You bought Tea <hot> for Fred, from L & M.",
    Kind.FRIEND_CONNECTED: "You and Fred are friends now.",
    Kind.WISHLIST_COMMENTED: "You commented on L & M.",
    Kind.ITEM_COMMENTED: "You commented on Tea <hot>, on L & M.",
    Kind.PROFILE_UPDATED: "You updated your profile.",
    Kind.WISHLIST_SHARED: "You made a link to share L & M.",
}
TOLD = {
    Kind.WISHLIST_CREATED: "Olga made the list L & M.",
    Kind.ITEM_ADDED: "Olga wishes for Tea <hot>, on L & M.",
    Kind.FRIEND_CONNECTED: "Olga and Fred are friends now.",
    Kind.WISHLIST_COMMENTED: "Olga commented on L & M.",
    Kind.ITEM_COMMENTED: "Olga commented on Tea <hot>, on L & M.",
    Kind.PROFILE_UPDATED: "Fred updated their profile.",
    Kind.WISHLIST_SHARED: "Olga is sharing L & M by link.",
}
AMONG_GIVERS = [
    (True, Kind.WISHLIST_COMMENTED, "You told the givers of L & M something."),
    (True, Kind.ITEM_COMMENTED, "You told the givers about Tea <hot>, on L & M."),
    (False, Kind.WISHLIST_COMMENTED, "Olga told the givers of L & M something."),
    (False, Kind.ITEM_COMMENTED, "Olga told the givers about Tea <hot>, on L & M."),
]
ALL = [(True, *row) for row in OWN.items()] + [(False, *row) for row in TOLD.items()]


@pytest.mark.django_db
@pytest.mark.parametrize(("own", "kind", "sentence"), ALL)
def test_it_says_what_was_done(own: bool, kind: Kind, sentence: str) -> None:
    html, said = drawn(own, kind)
    assert said == sentence
    assert ("feed__sign" in html, "avatar" in html) == (own, not own)
    assert "feed__quote" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(("own", "kind", "sentence"), AMONG_GIVERS)
def test_it_says_to_whom_it_was_said(own: bool, kind: Kind, sentence: str) -> None:
    comment = Comment(pk=1, text="The <b>blue</b> one " + "x" * 200)
    html, said = drawn(own, kind, comment=comment, givers=Givers(pk=1))
    assert said == sentence
    quote = html[html.index("feed__quote--givers") :]
    assert "The &lt;b&gt;blue&lt;/b&gt; one xxx" in quote
    assert "x" * 120 not in quote


def drawn(own: bool, kind: Kind, **more: object) -> tuple[str, str]:
    """An activity as HTML, and its sentence."""
    olga, fred = person("Olga"), person("Fred")
    wishlist, item = Wishlist(pk=1, name="L & M"), Item(pk=1, name="Tea <hot>")
    target = {"wishlist": wishlist, "item": item, "person": fred}
    if kind == Kind.WISHLIST_COMMENTED:
        del target["item"]
    done = Activity(pk=1, kind=kind, actor_id=olga.pk, created_at=timezone.now(), **target, **more)
    for name in ("public_id", "name", "avatar", "version"):
        setattr(done, f"actor_{name}", getattr(olga, name))
    with translation.override("en"):
        html = pictures([done], olga if own else fred, use_cache=False)[1]
    said = re.search(r"<p>(.*)</p>\n", html)
    assert said
    return html, strip_tags(said[1]).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
