"""The WSGI application behind notalone.asgi. Each worker starts its own watcher for new Releases here."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.settings")

application = get_wsgi_application()

from catalog.release import serving  # noqa: E402  (needs the apps loaded)

serving.start_watching()
