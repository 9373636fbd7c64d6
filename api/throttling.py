"""Limit how often one address may ask, so that nobody takes the API away from others.

Only when somebody asked is counted, never what: the keys are hashes (catalog.pages.decorators.anonymous_caller), and the counts are
forgotten within a minute.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from catalog.pages.decorators import anonymous_caller


class PerAddress(SimpleRateThrottle):
    """`API_RATE` requests from one address to one worker."""

    cache = caches["throttle"]
    scope = "api"

    def get_rate(self) -> str:
        return str(settings.API_RATE)

    def get_cache_key(self, request: Request, view: object) -> str:
        return anonymous_caller(request._request)
