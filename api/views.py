"""What all answers of the API have in common."""

from __future__ import annotations

from typing import Any, cast

from django.utils.cache import get_conditional_response
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog import store

from . import VERSION
from .throttling import PerAddress


class ReleaseView(APIView):
    """Answers out of the Release in memory. What can be fetched says by its ETag whether it has to be fetched again: an answer depends
    on nothing but its address, the Release, and, where it is about now, the minute (see `is_about_now`)."""

    throttle_classes = [PerAddress]
    metadata_class = None  # OPTIONS is for CORS alone
    is_about_now = False

    def etag(self) -> str:
        minute = store.moment().strftime("-%Y%m%d%H%M") if self.is_about_now else ""
        return f'"{store.fingerprint()[:16]}-{VERSION}{minute}"'

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        if request.method not in {"GET", "HEAD"} or final.status_code != 200 or not store.fingerprint():
            return final
        final.headers.setdefault("ETag", self.etag())
        final.headers.setdefault("Cache-Control", "no-cache")  # kept, but asked about each time
        return cast(Response, get_conditional_response(request._request, etag=final["ETag"], response=final))
