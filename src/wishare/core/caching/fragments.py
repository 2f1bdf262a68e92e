"""Fragments: parts of a page that are rendered once for a version of a row, an audience and a language.

Which rows a viewer sees is asked of the database for every page; a fragment is only the picture of one of them. Its
key carries the version that the row had when it was read, and the database moves that version with every write
(`core/versions.py`), so there is nothing to invalidate: an old picture is simply never asked for again.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache as cache_for_process
from hashlib import blake2b
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from wishare.core.caching.digest import source_digest
from wishare.core.flags import cache_generation

Name = TypeVar("Name", bound=Hashable)


class Audience(Enum):
    """For whom a picture is made. What one audience may not know is not in it, rather than hidden."""

    OWNER = "owner"
    GIVER = "giver"
    PUBLIC = "public"


@dataclass(frozen=True)
class Fragment:
    """What decides how a picture looks: the template, for whom it is, and the rows it shows, each with its version.

    `rows` alternates what and which version: `("wishlist", 7, 3, "owner", 2, 9)`.
    """

    template: str
    audience: Audience
    rows: tuple[str | int, ...]

    def key(self, made_with: str) -> str:
        """The cache key; `made_with` is what all fragments of a page have in common.

        A digest of it all, in 20 characters: a picture may show any number of rows, a key has 250 characters at most,
        and Django looks at each of them every time.
        """
        said = ":".join((made_with, self.template, self.audience.value, *map(str, self.rows)))
        return urlsafe_b64encode(blake2b(said.encode(), digest_size=15).digest()).decode()


def render_fragments(
    fragments: Mapping[Name, Fragment],
    load: Callable[[list[Name]], Mapping[Name, dict[str, Any]]],
    *,
    use_cache: bool = True,
) -> dict[Name, SafeString]:
    """The HTML of every fragment, with one read of the cache and at most one write.

    `load` is called once with the names that are missing, and returns what their templates need.
    """
    made_with = f"{cache_generation()}:{source_digest()}:{translation.get_language()}"
    keys = {name: fragment.key(made_with) for name, fragment in fragments.items()}
    found = cache.get_many(keys.values()) if use_cache and keys else {}
    html = {name: found[key] for name, key in keys.items() if key in found}
    if missing := [name for name in fragments if name not in html]:
        contexts = load(missing)
        made = {name: _render(fragments[name], contexts[name]) for name in missing}
        html |= made
        if use_cache:
            cache.set_many({keys[name]: picture for name, picture in made.items()})
    return {name: mark_safe(html[name]) for name in fragments}  # noqa: S308 (made by our templates)


def _render(fragment: Fragment, context: dict[str, Any]) -> str:
    """Without a request: a fragment cannot depend on who asks, only on what its key says."""
    template = get_template(fragment.template) if settings.DEBUG else _template(fragment.template)
    safe: str = template.render({**context, "audience": fragment.audience.value})
    return safe[:]  # a mere text, of which a cache makes its copies faster


@cache_for_process
def _template(name: str) -> Any:
    """A page has two dozen fragments, and finding a template takes a tenth of the time of drawing it."""
    return get_template(name)
