"""The routes of the application, and a page with nothing on it: what every page costs before it shows anything."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from wishare.access.routes import Route, Who, page

#: The rows that the table of routes needs for the page below; the benchmark adds them while it runs.
ROUTES: dict[str, Route] = {"bare": page(Who.ANYONE)}
_bare = engines["django"].from_string('{% extends "base.html" %}')


def bare(request: HttpRequest) -> HttpResponse:
    """The shell alone. Whether somebody is signed in decides what stands in its bars, as everywhere."""
    return HttpResponse(_bare.render({}, request))


urlpatterns = [path("bare", bare, name="bare"), path("", include("wishare.urls"))]
