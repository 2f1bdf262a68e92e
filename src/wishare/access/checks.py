"""A system check: the table of routes and the URL patterns name the same routes."""

from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from wishare.access.routes import ROUTES


def route_names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str | None]:
    """The name of every URL pattern as views are asked by it, None for one without a name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name and namespace + pattern.name
        else:
            within = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from route_names(pattern, within)


@register()
def every_route_has_a_row(app_configs: Sequence[AppConfig] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Fails for a route nobody has said anything about, and for a row that leads nowhere."""
    names = set(route_names())
    without_row = [f"route {name!r} has no row in access/routes.py" for name in names - ROUTES.keys()]
    without_route = [f"row {name!r} in access/routes.py has no route" for name in ROUTES.keys() - names]
    return [Error(message, id="wishare.E001") for message in sorted(without_row + without_route)]
