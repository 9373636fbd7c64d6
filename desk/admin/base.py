"""What all content at the desk shares: two people at one entry, a history, archiving instead of deleting."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin


class ContentAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """For a model that is Versioned."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Content is archived, never deleted."""
        return False


class RowsInline(admin.StackedInline):  # type: ignore[type-arg]
    """Rows that belong to an entry and are edited with it (contacts, hours, sources)."""

    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)
