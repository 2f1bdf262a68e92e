"""The lists of the page “Wishlists” for programs: the same loader, as JSON."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models.fields.files import FieldFile
from django.http import JsonResponse
from django.urls import reverse
from ninja import Query, Router
from ninja.errors import ValidationError

from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.api.authentication import CallRequest
from wishare.api.schemas import Answer, Problem, Question
from wishare.core.pagination import values_of
from wishare.wishlists.loading import load_sections, load_wishes, section_keys
from wishare.wishlists.models import Item, Wishlist

router = Router(tags=["wishlists"])
VISIBILITIES = {
    Visibility.PRIVATE_LIST: "private",
    Visibility.PARTNER_ONLY: "friends",
    Visibility.PUBLICLY_VISIBLE: "public",
}
Json = dict[str, Any]


@router.get("wishlists", response={200: Answer, 401: Problem, 429: Problem}, url_name="wishlists")
def wishlists(request: CallRequest, question: Query[Question]) -> JsonResponse:
    """Your own lists, those of your friends and family, and public ones: up to twelve of each, and where more are."""
    cursors: dict[str, str] = {name: cursor for name in question.section if (cursor := getattr(question, name))}
    _refuse_strange(cursors, question.sort_by)
    found = load_sections(request.auth, sort_by=question.sort_by, cursors=cursors, only=question.section)
    wishes = load_wishes(wishlist.pk for wishlist in found.lists())
    pictures = _Drawing(request, request.auth)
    return JsonResponse(
        {
            name: {
                "lists": [pictures.wishlist(row, *wishes.get(row.pk, ([], 0))) for row in section.lists],
                "next": _next(request, name, question.sort_by, section.next_cursor),
            }
            for name, section in vars(found).items()
            if name in question.section
        }
    )


def _refuse_strange(cursors: dict[str, str], sort_by: str) -> None:
    """422 for a cursor of another order, or of nobody: starting over would send a program round in circles."""
    keys = section_keys(sort_by)
    strange = [name for name, cursor in cursors.items() if not values_of(cursor, keys[name])]
    if strange:
        message = "Not a place in this order. Follow “next” as it is, or start without."
        raise ValidationError([{"type": "value_error", "loc": ["query", name], "msg": message} for name in strange])


def _next(request: CallRequest, section: str, sort_by: str, cursor: str) -> str | None:
    if not cursor:
        return None
    query = urlencode({"section": section, "sort_by": sort_by, section: cursor})
    return request.build_absolute_uri(f"{request.path}?{query}")


class _Drawing:
    """Rows as JSON, with absolute addresses, for one viewer."""

    def __init__(self, request: CallRequest, viewer: User) -> None:
        self._root = request.build_absolute_uri("/").removesuffix("/")
        self._viewer = viewer

    def wishlist(self, row: Wishlist, previews: Iterable[Item], count: int) -> Json:
        mine = row.owner_id == self._viewer.pk
        return {
            "id": row.public_id,
            "name": row.name,
            "url": self._page("wishlist", row.public_id),
            "owner": self._person(row.owner),
            "visibility": VISIBILITIES[Visibility(row.visibility)] if mine else None,
            "event_type": row.event_type,
            "event_date": row.event_date,
            "cover": self._picture(row.cover),
            "item_count": count,
            "previews": [{"name": item.name, "picture": self._picture(item.image)} for item in previews],
            "created_at": row.created_at,
            "updated_at": row.updated_at,
        }

    def _person(self, person: User) -> Json:
        address = self._page("person", person.public_id)
        return {
            "id": person.public_id,
            "name": person.name,
            "url": address,
            "picture": self._picture(person.avatar),
        }

    def _page(self, route: str, public_id: str) -> str:
        return self._root + reverse(route, args=[public_id])

    def _picture(self, file: FieldFile) -> str | None:
        return self._root + file.url if file else None
