"""From the editing desk to a Release: dump what is to be public, check the whole, freeze it, point the public at it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from .checking import check
from .dumping import dump
from .models import CurrentRelease, Release
from .problem import Problem


class CannotPublish(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def publish(*, by: str, note: str = "") -> Release:
    """Check everything and make it public. Raises CannotPublish. Publishing what is already public makes no new Release."""
    with transaction.atomic():
        current = CurrentRelease.objects.select_for_update().select_related("release").first()
        payload = dump()
        problems = list(check(payload))
        if problems:
            raise CannotPublish(problems)
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        if current and current.release.sha256 == sha256:
            return current.release
        number = (Release.objects.aggregate(models.Max("number"))["number__max"] or 0) + 1
        release = Release.objects.create(number=number, payload=text, sha256=sha256, published_by=by, note=note)
        point_public_at(release, by=by)
    return release


def point_public_at(release: Release, *, by: str) -> None:
    """Make a Release the current one: the newest after publishing, an older one to go back."""
    CurrentRelease.objects.update_or_create(id=1, defaults={"release": release, "changed_by": by})


def as_mapping(release: Release) -> Mapping[str, Any]:
    payload: Mapping[str, Any] = json.loads(release.payload)
    return payload
