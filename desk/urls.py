"""Every page of the desk: those of its parts, then Django's own admin pages (which answer to every address below them).

A part lists its pages in its urls.py as `urls(site)` and joins PARTS here. Names stand in the namespace "admin".
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from .accounts.urls import urls as accounts
from .dashboard.urls import urls as dashboard
from .editing.markdown import urls as markdown
from .editing.urls import urls as editing
from .editing.verifying import urls as verifying
from .exchange.urls import urls as exchange
from .preview.urls import urls as preview
from .publishing.urls import urls as publishing
from .reports.urls import urls as reports
from .site import desk
from .topics.urls import urls as topics

PARTS = (accounts, editing, publishing, preview, exchange, dashboard, reports, markdown, verifying, topics)

urlpatterns: list[URLPattern | URLResolver] = [*(url for part in PARTS for url in part(desk)), *desk.get_urls()]
# What Django's include() takes for an admin site: addresses, application and instance namespace.
desk_urls = (urlpatterns, "admin", desk.name)
