"""The base view of the API: throttling, caching headers, ETag."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.release import serving

from . import VERSION, site
from .problems import problem_response
from .throttling import PerAddress


class ReleaseView(APIView):
    """Answers out of the Release in memory. What can be fetched says by its ETag whether it has to be fetched again: an answer depends
    on nothing but its address, the Release, and, where it is about now, the minute (see `is_about_now`)."""

    throttle_classes = [PerAddress]
    http_method_names = ["get", "head", "post"]  # OPTIONS is for CORS alone, and answered before it comes here
    is_about_now = False
    fingerprint = ""

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        request.encoding = "utf-8"  # whatever Content-Type claims: an address and JSON have no other
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        serving.current()
        # Before anything is read: should a new Release or minute begin in between, the cached answer is at worst fetched again.
        self.fingerprint, self.minute = serving.fingerprint(), serving.moment().strftime("-%Y%m%d%H%M")

    def etag(self) -> str:
        return f'"{self.fingerprint[:16]}-{VERSION}-{site.fingerprint()}{self.minute if self.is_about_now else ""}"'

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        if request.method not in {"GET", "HEAD"} or final.status_code != 200 or not self.fingerprint:
            return final
        final.headers.setdefault("ETag", self.etag())
        final.headers.setdefault("Cache-Control", "no-cache")  # cached, but revalidated each time
        # Also on a 304, which is never compressed: so that a shared cache goes on keeping both forms apart.
        patch_vary_headers(final, ["Accept-Encoding"])
        told = get_conditional_response(request._request, etag=final["ETag"], response=final) or final
        return cast(Response, problem_response(412) if told.status_code == 412 else told)
