"""Django as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wishare.settings")
application = get_wsgi_application()

from wishare.dashboard import recording  # noqa: E402  (its models want Django to be set up)

recording.start()
