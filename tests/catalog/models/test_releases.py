from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError

from catalog.directory.loading import from_payload
from catalog.models import CurrentRelease, Release, Support
from catalog.models.base import Publication
from catalog.release import publishing
from catalog.release.publishing import publish
from catalog.release.upgrades import payload_of
from tests.catalog.samples import change, current, make_support

pytestmark = pytest.mark.django_db


def test_a_release_is_numbered_hashed_and_signed(desk: Support) -> None:
    last = current().number
    release = publish(by="さくら", note="番号を直した")
    assert current() == release
    assert (release.number, release.published_by, release.note) == (last + 1, "さくら", "番号を直した")
    assert len(release.sha256) == 64


def test_publishing_the_same_content_makes_no_new_release(desk: Support) -> None:
    release = publish(by="さくら")
    change(desk, curator_note="ここだけの話")
    assert publish(by="つばき") == release
    assert Release.objects.latest("number") == release
    assert current().published_by == "さくら"


def test_drafts_and_what_is_for_curators_only_stay_out(desk: Support) -> None:
    change(desk, curator_note="ここだけの話")
    make_support("hinata", "ひなた電話", publication=Publication.DRAFT, source=False)
    make_support("tsukuyo", "つくよ電話", publication=Publication.ARCHIVED, status="unclear")
    text = publish(by="さくら").payload
    assert "あかり電話" in text
    assert not any(word in text for word in ("ここだけの話", "ひなた電話", "つくよ電話"))


def test_what_is_frozen_can_be_loaded_again(desk: Support) -> None:
    release = publish(by="さくら")
    directory = from_payload(payload_of(release), number=release.number)
    assert directory.number == release.number
    assert directory.supports["akari"].contacts[0].tel_uri == "tel:0120000000"


def test_editing_does_not_change_what_is_public(desk: Support) -> None:
    release = publish(by="さくら")
    change(desk, name="新しい名前")
    assert "新しい名前" not in Release.objects.get(pk=release.pk).payload


def test_going_back_and_forth(desk: Support) -> None:
    older = publish(by="さくら")
    change(desk, name="まちがった名前")
    newer = publish(by="さくら")
    publishing.point_public_at(older, by="つばき")
    assert current() == older
    assert CurrentRelease.objects.get().changed_by == "つばき"
    assert Release.objects.filter(pk=newer.pk).exists()
    change(desk, name="正しい名前")
    assert publish(by="つばき").number == newer.number + 1


def test_publishing_what_an_older_release_held_is_a_new_release(desk: Support) -> None:
    older = publish(by="さくら")
    change(desk, name="別の名前")
    newer = publish(by="さくら")
    change(desk, name="あかり電話")
    again = publish(by="さくら")
    assert (again.number, again.sha256) == (newer.number + 1, older.sha256)


def test_a_release_cannot_be_edited(desk: Support) -> None:
    release = publish(by="さくら")
    release.note = "あとから"
    with pytest.raises(ValidationError, match="書きかえられません"):
        release.save()
    assert Release.objects.get(pk=release.pk).note == ""


def test_a_release_cannot_be_deleted(desk: Support) -> None:
    older = publish(by="さくら")
    change(desk, name="別の名前")
    publish(by="さくら")
    with pytest.raises(ValidationError, match="消せません"):
        older.delete()
    assert Release.objects.filter(pk=older.pk).exists()


def test_the_current_release_cannot_be_deleted_in_bulk(desk: Support) -> None:
    publish(by="さくら")
    with pytest.raises(ValidationError):
        Release.objects.all().delete()


def test_older_releases_cannot_be_changed_or_deleted_in_bulk(desk: Support) -> None:
    older = publish(by="さくら")
    change(desk, name="別の名前")
    publish(by="さくら")
    chosen = Release.objects.filter(pk=older.pk)
    for attempt in (lambda: chosen.update(note="あとから"), chosen.delete):
        with pytest.raises(ValidationError):
            attempt()


def test_a_failure_leaves_nothing_half_done(desk: Support, monkeypatch: pytest.MonkeyPatch) -> None:
    before, count = current(), Release.objects.count()

    def break_down(release: Release, *, by: str) -> None:
        raise RuntimeError

    monkeypatch.setattr(publishing, "point_public_at", break_down)
    with pytest.raises(RuntimeError):
        publish(by="さくら")
    assert (current(), Release.objects.count()) == (before, count)


def test_the_release_of_the_real_content_is_whole() -> None:
    release = current()
    payload = json.loads(release.payload)
    assert payload["sections"]["flows"]
    assert len(payload["supports"]) == Support.objects.filter(publication=Publication.PUBLISHED).count()
