"""Pages that belong to no other app: the door, the small print, one's own data, files, and the outbox."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.core.files.storage import default_storage
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.templatetags.static import static
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _

from wishare.accounts.forms import CurrentPasswordForm
from wishare.accounts.models import Theme
from wishare.accounts.preferences import LOCALES, choose
from wishare.accounts.requests import SignedInRequest
from wishare.connections.views import INVITATION_IN_SESSION
from wishare.core import outbox as mailbox
from wishare.core.flash import flash
from wishare.core.http import came_from, render_form
from wishare.core.ratelimit import limit
from wishare.pages import account

A_YEAR = 365 * 24 * 3600
ICON_SIZES = (192, 512)


def home(request: HttpRequest) -> HttpResponse:
    """The landing page; with an account, the dashboard, or the invitation one came with."""
    if request.user.is_authenticated:
        invitation = request.session.get(INVITATION_IN_SESSION)
        return redirect("invitation", invitation) if invitation else redirect("dashboard")
    return render(request, "pages/home.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers; otherwise the error page of any other failure, a 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "database": "ok"})


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nAllow: /$\nDisallow: /\n", content_type="text/plain")


def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put Wishare among its apps."""
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in ICON_SIZES
    ]
    content = {
        "name": "Wishare",
        "short_name": "Wishare",
        "description": _("Wishes shared, surprises kept"),
        "start_url": resolve_url("home"),
        "display": "standalone",
        "background_color": "#fdf7f4",
        "theme_color": "#fdf7f4",
        "icons": icons,
        "share_target": {
            "action": resolve_url("add"),
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return JsonResponse(content, content_type="application/manifest+json")


def preferences(request: HttpRequest) -> HttpResponse:
    """Language or colours, chosen at the foot of any page. Unknown values change nothing."""
    response = redirect(came_from(request))
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    locale = LOCALES.get(language.lower()) if check_for_language(language) else None
    choose(request, response, locale=locale, theme=theme if theme in Theme.values else None)
    return response


def media(request: HttpRequest, path: str) -> FileResponse:
    """An uploaded picture, by a name that nobody can guess and that never means another picture."""
    try:
        response = FileResponse(default_storage.open(path), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response


def account_export(request: SignedInRequest) -> JsonResponse:
    limit(request, "export")
    options = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(account.export(request.user), json_dumps_params=options)
    response["Content-Disposition"] = "attachment; filename=wishare-export.json"
    response["Cache-Control"] = "no-store"
    return response


def account_delete(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        refusal: HttpResponse | None = ratelimit.consume_or_429(request, action="reauthenticate", user=request.user)
        if refusal:
            return refusal
    form = CurrentPasswordForm(request.user, request.POST or None)
    if not form.is_valid():
        return render_form(request, "account/delete.html", form)
    account.delete(request.user)
    logout(request)
    flash(request, _("Your account and everything in it are gone. Farewell, and thank you."))
    return redirect("home")


def outbox(request: HttpRequest) -> HttpResponse:
    _require_outbox()
    return render(request, "pages/outbox.html", {"mails": mailbox.messages()})


def outbox_message(request: HttpRequest, id: str) -> HttpResponse:
    """The text of a mail, with its links; its HTML is never rendered here."""
    _require_outbox()
    mail = mailbox.read(id)
    if mail is None:
        raise Http404
    return render(request, "pages/outbox_message.html", {"mail": mail})


def _require_outbox() -> None:
    """With a mail server, nothing is kept to be shown."""
    if settings.OUTBOX_DIR is None:
        raise Http404
