from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_django import Settings

from catalog.models import FAQ, ChildArticle, CurrentRelease, Release, Support, Tip
from catalog.models.base import Publication
from catalog.release import serving
from catalog.release.publishing import publish
from catalog.release.sections import sections
from tests.catalog.samples import change, make_support


@dataclass(frozen=True)
class Content:
    """A crisis line, another line and an answer; and the Release of them that is public."""

    crisis: Support
    line: Support
    faq: FAQ
    release: Release

    def edit_text(self, words: str = "だれもが使えます。") -> None:
        """A change that needs nobody else."""
        change(self.faq, answer=words)

    def edit_number(self, number: str = "0120-000-222") -> None:
        change(self.line.contacts.get(), value=number)


@pytest.fixture
def content(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Any) -> Iterator[Content]:
    settings.RELEASE_COPY = tmp_path / "release.json"
    for model in (Support, FAQ, Tip, ChildArticle):
        model.objects.update(publication=Publication.DRAFT)
    for name in list(sections):
        monkeypatch.delitem(sections, name)
    crisis = make_support("inochi", "いのち電話", crisis=True, on_crisis_strip=True)
    line = make_support("hinata", "ひなた電話", contact={"value": "0120-000-111"})
    faq = FAQ.objects.create(
        slug="who", group="site", question="だれが？", answer="私たちです。", publication="published"
    )
    CurrentRelease.objects.all().delete()
    yield Content(crisis, line, faq, publish(by="はじめ"))
    serving.use(None)
