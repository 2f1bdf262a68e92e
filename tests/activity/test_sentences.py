"""Each kind of activity has a sentence, for who did it and for their friends, where they are told."""

import re

import pytest
from django.utils import timezone, translation
from django.utils.html import strip_tags

from tests.support.cast import person
from wishare.activity.fragments import pictures
from wishare.activity.models import Activity, Kind
from wishare.wishlists.models import Item, Wishlist

OWN = {
    Kind.WISHLIST_CREATED: "You made the list L & M.",
    Kind.ITEM_ADDED: "You wish for Tea <hot>, on L & M.",
    Kind.ITEM_PURCHASED: "You bought Tea <hot> for Fred, from L & M.",
    Kind.FRIEND_CONNECTED: "You and Fred are friends now.",
    Kind.PROFILE_UPDATED: "You updated your profile.",
    Kind.WISHLIST_SHARED: "You made a link to share L & M.",
}
TOLD = {
    Kind.WISHLIST_CREATED: "Olga made the list L & M.",
    Kind.ITEM_ADDED: "Olga wishes for Tea <hot>, on L & M.",
    Kind.FRIEND_CONNECTED: "Olga and Fred are friends now.",
    Kind.PROFILE_UPDATED: "Fred updated their profile.",
    Kind.WISHLIST_SHARED: "Olga is sharing L & M by link.",
}
ALL = [(True, *row) for row in OWN.items()] + [(False, *row) for row in TOLD.items()]


@pytest.mark.django_db
@pytest.mark.parametrize(("own", "kind", "sentence"), ALL)
def test_it_says_what_was_done(own: bool, kind: Kind, sentence: str) -> None:
    olga, fred = person("Olga"), person("Fred")
    wishlist, item = Wishlist(pk=1, name="L & M"), Item(pk=1, name="Tea <hot>")
    target = {"wishlist": wishlist, "item": item, "person": fred}
    done = Activity(pk=1, kind=kind, actor_id=olga.pk, created_at=timezone.now(), **target)
    for name in ("public_id", "name", "avatar", "version"):
        setattr(done, f"actor_{name}", getattr(olga, name))
    with translation.override("en"):
        html = pictures([done], olga if own else fred, use_cache=False)[1]
    said = re.search(r"<p>(.*)</p>\n", html)
    assert said
    assert strip_tags(said[1]).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == sentence
    assert ("feed__sign" in html, "avatar" in html) == (own, not own)
