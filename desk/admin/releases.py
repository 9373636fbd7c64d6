"""Past Releases, read only: the admin's addresses lead to the desk's own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from catalog.models import Release
from desk.site import desk


@admin.register(Release, site=desk)
class ReleaseAdmin(admin.ModelAdmin[Release]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        """Releases are made by publishing."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:releases")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        release = get_object_or_404(Release.objects.only("number"), pk=object_id)
        return redirect("admin:release", number=release.number)
