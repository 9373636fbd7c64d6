"""Limit how often one address may ask, so that nobody takes the API away from others.

Only when somebody asked is counted, never what: the keys are hashes under a salt that lives and dies with this process, and the counts are
forgotten within a minute.
"""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from catalog.pages.decorators import client_address

_SALT = secrets.token_bytes(16)


class PerAddress(SimpleRateThrottle):
    """`API_RATE` requests from one address to one worker."""

    cache = caches["throttle"]
    scope = "api"

    def get_rate(self) -> str:
        return str(settings.API_RATE)

    def get_cache_key(self, request: Request, view: object) -> str:
        address = client_address(request._request) or ""
        return hashlib.blake2b(address.encode(), key=_SALT, digest_size=16).hexdigest()
