from __future__ import annotations

import pytest
from pytest_django import Settings

from catalog.models import FAQ, ChildArticle, Support, Tip
from catalog.models.base import Publication
from catalog.release.sections import sections

from .samples import make_support


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Support:
    """An editing desk with one entry, which may be published as it is, and no conversation to walk.
    It has one curator: the second person has tests of their own (tests/desk/test_publishing_rule.py)."""
    settings.ONE_CURATOR = True
    for content in (Support, FAQ, Tip, ChildArticle):
        content.objects.update(publication=Publication.DRAFT)
    for name in list(sections):
        monkeypatch.delitem(sections, name)
    return make_support("akari", "あかり電話", on_crisis_strip=True)
