"""Language and colours: kept with the account, and in the browser so that pages before the sign-in have them too."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from wishare.accounts.actions import update_profile
from wishare.accounts.middleware import LANGUAGE_IN_SESSION
from wishare.accounts.models import Locale, Theme, User

THEME_COOKIE = "theme"
LOCALES = {locale.value.lower(): locale for locale in Locale}


def theme_of(request: HttpRequest) -> str:
    """The account's colours, else those chosen in this browser."""
    if request.user.is_authenticated:
        return request.user.theme
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in Theme.values else Theme.SYSTEM.value


def chosen_here(request: HttpRequest) -> dict[str, str]:
    """What a visitor has chosen in this browser before they signed up."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return {"locale": LOCALES.get(language, Locale.BROWSER).value, "theme": theme_of(request)}


def choose(request: HttpRequest, response: HttpResponse, *, locale: str | None, theme: str | None) -> None:
    """Keeps a choice with the account, if there is one, and in the browser; None leaves a choice as it is."""
    changes = {"locale": locale, "theme": theme}
    fields = {name: value for name, value in changes.items() if value is not None}
    if isinstance(request.user, User):
        update_profile(user=request.user, **fields)
    remember(request, response, **fields)


def remember(request: HttpRequest, response: HttpResponse, *, locale: str | None = None, theme: str = "") -> None:
    """Puts a choice into the browser. An empty `locale` forgets it: the browser's own language counts again."""
    if theme:
        _keep(response, THEME_COOKIE, theme)
    if locale:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, locale.lower())
    elif locale is not None:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
        request.session.pop(LANGUAGE_IN_SESSION, None)


def _keep(response: HttpResponse, name: str, value: str) -> None:
    age = settings.LANGUAGE_COOKIE_AGE
    response.set_cookie(name, value, max_age=age, samesite="Lax", secure=settings.HTTPS, httponly=True)


def speak(request: HttpRequest, user: User) -> None:
    """At sign-in: the account's language for this session."""
    if user.locale:
        request.session[LANGUAGE_IN_SESSION] = user.locale.lower()
        translation.activate(user.locale.lower())
