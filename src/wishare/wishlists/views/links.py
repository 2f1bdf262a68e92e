"""Wishes from links: pasted, shared from a phone, or sent by the person's own browser."""

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wishare.accounts.requests import SignedInRequest
from wishare.core.flash import flash
from wishare.core.forms import refusals_in
from wishare.core.http import render_form
from wishare.core.ratelimit import limit
from wishare.metadata.lookups import hand_over
from wishare.metadata.models import HandedPage
from wishare.wishlists.actions import items as actions
from wishare.wishlists.actions.lists import create_wishlist
from wishare.wishlists.actions.lookups import look_up_again
from wishare.wishlists.choices import Lookup
from wishare.wishlists.forms import AddForm, LinkForm, link_in
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries import lists
from wishare.wishlists.views.lists import owner_page

#: Seconds between looks at a card while its link is looked at: a minute and a half, for browsers without the stream.
PAUSES = (1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 10, 10, 20, 20)
LONGEST_TITLE = 200
BOOKMARKLET = (
    "javascript:(()=>{{const d=[],i=document.querySelector('meta[property=\"og:image\"]');"
    "document.querySelectorAll('script[type=\"application/ld+json\"]').forEach(s=>{{"
    "try{{JSON.parse(s.text);d.push(s.text)}}catch{{}}}});const j='['+d.join()+']',p=x=>new URLSearchParams(x),"
    "u=location.href.slice(0,2000),a='{address}?'+p({{url:u,title:document.title.slice(0,200)}})+'#handed?'"
    "+p({{url:u,image:i?i.content.slice(0,2000):'',json_ld:j.length<40000?j:''}});"
    "open(a)||(location.href=a)}})()"
)


def paste(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Saves the link as a wish at once; what its page says comes by a job."""
    wishlist = get_object_or_404(lists.owned_lists(request.user), public_id=public_id)
    form, there = LinkForm(request.POST), None
    if form.is_valid():
        with refusals_in(form, "url"):
            limit(request, "add_link")
            try:
                return _added(request, _add(request, wishlist, form.cleaned_data["url"]))
            except actions.AlreadyThere as refusal:
                there = refusal.item
                raise
    return owner_page(request, wishlist, form, there=there)


def add(request: SignedInRequest) -> HttpResponse:
    """What another app or the person's own browser sends: nothing is written before they say to which list."""
    own = list(lists.lists_to_add_to(request.user)[:200])
    form = AddForm(request.POST, lists=own) if request.method == "POST" else AddForm(initial=_sent(request), lists=own)
    if form.is_valid():
        with refusals_in(form, "url"):
            limit(request, "add_link")
            chosen = [row for row in own if row.public_id == form.cleaned_data["wishlist"]] or own
            wishlist = chosen[0] if chosen else create_wishlist(owner=request.user, name=_("My wishes"))
            return _added(request, _add_sent(request, wishlist, form))
    return render_form(request, "wishlists/add.html", form)


def card(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One wish as on its list. While its link is looked at, only the part that asks again is put anew."""
    item = get_object_or_404(lists.owned_items(request.user), public_id=public_id)
    asked = request.GET.get("n", "")
    number = min(int(asked) if asked.isdecimal() and len(asked) < 3 else 0, len(PAUSES))
    pause = PAUSES[number] if number < len(PAUSES) else 0
    context = {"item": item, "items": [item], "number": number + 1, "pause": pause, "asked": True}
    response = render(request, "wishlists/item_card.html", context)
    if item.lookup == Lookup.LOOKING:
        response["HX-Retarget"] = response["HX-Reselect"] = f"#look-{public_id}"
    return response


def look_up(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Once more, by button."""
    item = get_object_or_404(lists.owned_items(request.user), public_id=public_id)
    limit(request, "add_link")
    look_up_again(item=item)
    return redirect(_place(item))


def bookmarklet(request: SignedInRequest) -> HttpResponse:
    """How to add from a browser and a phone. The button is for dragging: here, the content policy keeps it still."""
    code = BOOKMARKLET.format(address=request.build_absolute_uri(reverse("add")))
    return render(request, "wishlists/bookmarklet.html", {"code": quote(code, safe=":/?=&'()[]{}<>|+,;.!*#")})


def _sent(request: SignedInRequest) -> dict[str, str]:
    """As an app shares it: some put the address into the text, some into the title."""
    sent = {name: request.GET.get(name, "").strip() for name in ("url", "text", "title")}
    url = link_in(*sent.values()) or sent["url"]
    title = "" if url and url in sent["title"] else sent["title"][:LONGEST_TITLE]
    return {"url": url, "name": title, "title": title}


def _add(request: SignedInRequest, wishlist: Wishlist, url: str, name: str = "", **fields: Any) -> Item:
    currency = lists.usual_currency(request.user)
    return actions.add_item(wishlist=wishlist, look_up=True, name=name, url=url, currency=currency, **fields)


def _add_sent(request: SignedInRequest, wishlist: Wishlist, form: AddForm) -> Item:
    """The title of a page is a guess at the name of its product, unless the person has changed it."""
    sent = form.cleaned_data
    fields: dict[str, Any] = {"name": sent["name"], "handed": _handed(sent)}
    if sent["name"] and sent["name"] == sent["title"]:
        fields["name_is_guess"] = True
    return _add(request, wishlist, sent["url"], **fields)


def _handed(sent: dict[str, str]) -> HandedPage | None:
    if not sent["image"] and not sent["json_ld"]:
        return None
    return hand_over(title=sent["title"], image=sent["image"], json_ld=sent["json_ld"])


def _added(request: SignedInRequest, item: Item) -> HttpResponse:
    text = _("“%(name)s” is on your list.") % {"name": item.name}
    flash(request, text, undo=reverse("item_delete", args=[item.public_id]))
    return redirect(_place(item))


def _place(item: Item) -> str:
    """The wish on the page of its list."""
    return f"{reverse('wishlist', args=[item.wishlist.public_id])}?show={item.public_id}#item-{item.public_id}"
