"""Decorators for public views: methods, caching, indexing. Public views change nothing and know nobody, so they need no CSRF token,
which would need a cookie."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.middleware import HtmxDetails

View = TypeVar("View", bound=Callable[..., HttpResponse])
NOT_INDEXED = "noindex, nofollow"


class HtmxRequest(HttpRequest):
    """A request of a page, or by htmx of a part to swap in."""

    htmx: HtmxDetails


def read_only(view: View) -> View:
    """GET and HEAD. Exempt so that a wrong method is told 405 and not that a token is missing."""
    return csrf_exempt(require_safe(view))


def accepts_form(view: View) -> View:
    """GET, HEAD and POST: what is wanted is posted, so that it stands in no address. Never cached."""
    return csrf_exempt(never_cache(require_http_methods(["GET", "HEAD", "POST"])(view)))


def may_be_indexed(view: View) -> View:
    """A page that search engines may show: it is the same for everybody. A view that does not say so is kept from them (see
    notalone.middleware): a page forgotten here is only harder to find, a conversation in a search engine could not be taken back.
    What may be indexed stands in the sitemap too (notalone/sitemaps.py)."""

    @wraps(view)
    def indexed(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers.setdefault("X-Robots-Tag", "all")
        return response

    return cast(View, indexed)


def public_url(name: str, *args: str) -> str:
    """The whole address of a public page, for what outlives the request (a link, a QR code): a preview has no part in it."""
    return f"{settings.SITE_URL}/{reverse(name, args=args).removeprefix(get_script_prefix())}"


def client_address(request: HttpRequest) -> str | None:
    """Who is asking: an IPv4 address, or the /64 network of an IPv6 one, as a household or a telephone has a whole network to itself.

    Behind the proxy that HTTPS=1 speaks of, the last address that it added; anything before could be made up.
    """
    if settings.HTTPS:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if address := _network(forwarded):
            return address
    return _network(request.META.get("REMOTE_ADDR", ""))


# Made anew with each process, so that no hash can be led back to an address, nor compared with another process's.
_SALT = secrets.token_bytes(16)


def anonymous_caller(request: HttpRequest) -> str:
    """A name under which to count how often an address asks. It tells nobody which address that is."""
    return hashlib.blake2b((client_address(request) or "").encode(), key=_SALT, digest_size=16).hexdigest()


# Some proxies add the port: 203.0.113.5:51234, [2001:db8::1]:443.
_WITH_PORT = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|(\d+(?:\.\d+){3}))(?::\d+)?", re.ASCII)


def _network(text: str) -> str | None:
    """None for what is no address."""
    found = _WITH_PORT.fullmatch(text)
    try:
        address = ip_address(found[1] or found[2] if found else text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, 64), strict=False).network_address)
    return str(address)
