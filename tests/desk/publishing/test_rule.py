"""What could cost a life is public only when two people saw it; nothing is ever half-public."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from pytest_django import Settings

from catalog.models import Contact, CurrentRelease, Release, Source
from catalog.models.base import Publication
from catalog.release import publishing
from catalog.release.checks import check
from catalog.release.payload import Draft, draft
from catalog.release.problem import Problem
from catalog.release.publishing import CannotPublish, ContentChanged, NeedsSecondPerson, publish
from tests.catalog.samples import change, current, make_support

from .conftest import Content

Edit = Callable[[Content], object]
WEIGHTY: dict[str, Edit] = {
    "another number": Content.edit_number,
    "a number more": lambda content: Contact.objects.create(
        support=content.line, position=1, via="fax", value="0120-000-333"
    ),
    "a number less": lambda content: change(
        content.line.contacts.get(), via="web", value="https://hinata.example/"
    ),
    "an address more": lambda content: Contact.objects.create(
        support=content.line, position=1, via="email", value="talk@hinata.example"
    ),
    "a text of a crisis entry": lambda content: change(content.crisis, summary="いつでも話せます。"),
    "an entry becomes a crisis entry": lambda content: change(content.line, crisis=True),
    "an entry with a number comes": lambda content: make_support("tsuki", "つき電話", contact={"value": "0120-000-444"}),
    "an entry with a number goes": lambda content: change(content.line, publication=Publication.ARCHIVED),
}  # fmt: skip


@pytest.mark.parametrize("edit", WEIGHTY.values(), ids=WEIGHTY)
def test_what_could_cost_a_life_needs_a_second_person(content: Content, edit: Edit) -> None:
    edit(content)
    with pytest.raises(NeedsSecondPerson):
        publish(by="さくら")
    assert current() == content.release
    release = publish(by="さくら", approved_by="つばき")
    assert current() == release
    assert (release.published_by, release.approved_by, release.single_handed) == ("さくら", "つばき", False)


@pytest.mark.parametrize("name", ["さくら", "さくら ", "sakura", "ＳＡＫＵＲＡ"])
def test_nobody_is_their_own_second_person(content: Content, name: str) -> None:
    content.edit_number()
    with pytest.raises(NeedsSecondPerson):
        publish(by="Sakura" if name.isascii() or "Ａ" in name else "さくら", approved_by=name)
    assert current() == content.release


def test_other_changes_need_nobody_else(content: Content) -> None:
    content.edit_text()
    release = publish(by="さくら")
    assert (release.approved_by, release.single_handed) == ("", False)


def test_a_site_with_one_curator_says_so_in_the_release(content: Content, settings: Settings) -> None:
    settings.ONE_CURATOR = True
    content.edit_number()
    assert publish(by="さくら").single_handed
    content.edit_text()
    assert not publish(by="さくら").single_handed
    content.edit_number("0120-000-555")
    assert not publish(by="さくら", approved_by="つばき").single_handed


def test_the_first_release_needs_nobody_else(content: Content) -> None:
    CurrentRelease.objects.all().delete()
    content.edit_number()
    release = publish(by="さくら")
    assert (current(), release.single_handed) == (release, False)


def test_the_command_says_what_needs_approval_and_how(content: Content, capsys: pytest.CaptureFixture[str]) -> None:
    content.edit_number()
    with pytest.raises(CommandError, match="--approved-by"):
        call_command("publish", by="さくら")
    told = capsys.readouterr().err
    assert "ひなた電話" in told
    assert "（電話番号やアドレス）" in told
    assert "0120-000-111 → 0120-000-222" in told
    call_command("publish", by="さくら", approved_by="つばき")
    assert current().approved_by == "つばき"


def test_the_command_tells_of_content_that_moves(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    content.edit_text()
    _meanwhile(monkeypatch, content.edit_number)
    with pytest.raises(CommandError, match="もう一度見てから"):
        call_command("publish", by="さくら")


def test_only_what_was_seen_is_published(content: Content) -> None:
    content.edit_text()
    seen = draft().sha256
    content.edit_text("ほかの言葉です。")
    with pytest.raises(ContentChanged):
        publish(by="さくら", sha256=seen)
    assert current() == content.release


def test_an_edit_between_the_look_and_the_lock_is_not_published_unseen(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    content.edit_text()
    _meanwhile(monkeypatch, lambda: change(Source.objects.filter(support=content.line).get(), url=""))
    with pytest.raises(ContentChanged):
        publish(by="さくら")
    assert current() == content.release


def test_what_the_payload_does_not_show_is_looked_at_again_under_the_lock(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    content.edit_text()
    _meanwhile(monkeypatch, lambda: change(content.line, confidence="low"))
    with pytest.raises(CannotPublish, match="確かさ"):
        publish(by="さくら")
    assert current() == content.release


def test_somebody_who_publishes_the_same_first_is_joined(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    content.edit_text()
    _meanwhile(monkeypatch, lambda: publish(by="つばき"))
    release = publish(by="さくら")
    assert (release.published_by, current()) == ("つばき", release)
    assert Release.objects.filter(number__gt=content.release.number).count() == 1


def test_what_is_public_already_makes_no_release(content: Content) -> None:
    assert publish(by="さくら") == content.release
    assert Release.objects.latest("number") == content.release


@pytest.mark.parametrize("breaks", ["create", "point"])
def test_a_database_that_fails_in_the_middle_leaves_the_old_release(
    content: Content, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    content.edit_text()
    if breaks == "create":
        monkeypatch.setattr(Release, "save", fail)
    else:
        monkeypatch.setattr(publishing, "point_public_at", fail)
    with pytest.raises(DatabaseError):
        publish(by="さくら")
    monkeypatch.undo()
    assert current() == content.release
    assert Release.objects.latest("number") == content.release


def _meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Somebody else acts just after the first look at the whole."""
    acted: list[bool] = []

    def look_then_act(content: Draft) -> tuple[Problem, ...]:
        found = check(content)
        if not acted:
            acted.append(True)
            act()
        return found

    monkeypatch.setattr(publishing, "check", look_then_act)
