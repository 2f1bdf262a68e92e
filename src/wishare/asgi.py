"""What the server runs: plain ASGI with the event stream outside, Django's WSGI application in threads inside.

Django under its own ASGI handler was measured at a fifth of this speed.
"""

from typing import Any

from a2wsgi import WSGIMiddleware

from wishare.core.serving import RequestGuard, thread_count
from wishare.live.asgi import Live
from wishare.wsgi import application as wsgi_application

# a2wsgi's types are narrower than Django's and than those of the specifications.
wsgi: Any = wsgi_application
django_application: Any = WSGIMiddleware(wsgi, workers=thread_count())
application = Live(RequestGuard(django_application))
