"""What was done with Releases, by whom: the desk's own log, shown on the page of Releases."""

from __future__ import annotations

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models

from catalog.models import Release


def record(user: User, release: Release, words: str) -> None:
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(Release),
        object_id=str(release.pk),
        object_repr=str(release),
        action_flag=CHANGE,
        change_message=words,
    )


def latest_records() -> models.QuerySet[LogEntry]:
    """The newest first."""
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Release)).select_related("user")[:30]
