"""The first version of the API. A later one will stand beside it, not in its place."""

from django.urls import path
from ninja import NinjaAPI

from wishare.api.authentication import AccessTokenAuth, PersonThrottle
from wishare.api.views import about
from wishare.api.wishlists import router

api = NinjaAPI(
    title="Wishare",
    version="1",
    description="Wishlists for your own programs. Make an access token under “My account”.",
    urls_namespace="api",
    docs_url=None,
    auth=AccessTokenAuth(),
    throttle=PersonThrottle(),
)
api.add_router("", router)
_patterns, _app, _namespace = api.urls
app_name = "api"
#: ninja's root answers 404; ours tells people where they are. It has its name, of which ninja makes addresses.
urlpatterns = [path("", about, name="api-root"), *_patterns[:-1]]
