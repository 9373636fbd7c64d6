"""The ASGI application that granian serves."""

import resource

from .wsgi import application as wsgi_application  # it loads the apps, so it comes first

# isort: split
from .gateway import Gateway

OPEN_FILES = 8192  # twice the connections that a worker may hold (deploy/server.env)


def allow_many_connections() -> None:
    """Each is an open file. The usual limit of 1,024 would be used up by some hundred idle telephones, and the database's file could
    not be opened either."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


allow_many_connections()
application = Gateway(wsgi_application)
