"""Two people at one entry: nobody's work is lost, nothing is overwritten unawares."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import FAQ, Tip, TipSource
from desk.history.locking import EditConflict, locked_for_edit
from tests.catalog.samples import make_support
from tests.databases import loaded_database, run_on
from tests.desk.forms import opened, posted_by, text_of
from tests.desk.people import person, writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def faq() -> FAQ:
    return FAQ.objects.create(slug="sample", group="calling", question="はじめの質問", answer="はじめの答え")


@pytest.fixture
def tip() -> Tip:
    return make_tip()


def make_tip() -> Tip:
    tip = Tip.objects.create(slug="sample", title="はじめの題", body="はじめの本文")
    for position, title in enumerate(("一つめ", "二つめ")):
        TipSource.objects.create(tip=tip, title=title, publisher="official", position=position)
    return tip


@pytest.fixture
def sato() -> Client:
    return writer("さとう")


@pytest.fixture
def suzuki() -> Client:
    return writer("すずき")


def address(entry: Any) -> str:
    return reverse(f"admin:catalog_{entry._meta.model_name}_change", args=[entry.pk])


def save(client: Client, entry: Any, form: dict[str, Any]) -> Any:
    return client.post(address(entry), form)


def is_told(answer: Any) -> bool:
    return answer.status_code == 200 and "先に保存しました" in answer.content.decode()


def test_the_second_is_told_and_nothing_of_theirs_is_saved(faq: FAQ, sato: Client, suzuki: Client) -> None:
    first, second = opened(sato, address(faq)), opened(suzuki, address(faq))
    assert save(sato, faq, first | {"question": "さとうの質問"}).status_code == 302
    answer = save(suzuki, faq, second | {"question": "すずきの質問"})
    assert is_told(answer)
    faq.refresh_from_db()
    assert (faq.question, faq.version) == ("さとうの質問", 1)
    page = answer.content.decode()
    assert "さとうさんが先に保存しました" in page
    for words in ("はじめの質問", "さとうの質問", "すずきの質問"):
        assert words in page


def test_what_was_typed_stays_and_what_was_not_touched_is_the_others(faq: FAQ, sato: Client, suzuki: Client) -> None:
    first, second = opened(sato, address(faq)), opened(suzuki, address(faq))
    save(sato, faq, first | {"question": "さとうの質問"})
    shown = posted_by(save(suzuki, faq, second | {"answer": "すずきの答え"}))
    assert (shown["question"], shown["answer"], shown["_version"]) == ("さとうの質問", "すずきの答え", 1)


def test_saving_again_is_a_decision_and_is_kept_to(faq: FAQ, sato: Client, suzuki: Client) -> None:
    first, second = opened(sato, address(faq)), opened(suzuki, address(faq))
    save(sato, faq, first | {"question": "さとうの質問"})
    shown = posted_by(save(suzuki, faq, second | {"question": "すずきの質問"}))
    assert save(suzuki, faq, shown).status_code == 302
    faq.refresh_from_db()
    assert (faq.question, faq.version) == ("すずきの質問", 2)


def test_hours_that_both_typed_are_a_conflict_like_any_field(sato: Client, suzuki: Client) -> None:
    line = make_support("akari", "あかり電話", contact={"always_open": False})
    first, second = opened(sato, address(line)), opened(suzuki, address(line))
    assert save(sato, line, first | {"contacts-0-rules": "月 9:00-17:00"}).status_code == 302
    told = text_of(save(suzuki, line, second | {"contacts-0-rules": "火 9:00-17:00"}))
    assert "受付時間 （2人とも変えました） （なし） 月 9:00-17:00 火 9:00-17:00" in told


def test_a_third_who_saves_in_between_is_told_of_too(faq: FAQ, sato: Client, suzuki: Client) -> None:
    third = writer("たなか")
    forms = [opened(client, address(faq)) for client in (sato, suzuki, third)]
    save(sato, faq, forms[0] | {"question": "さとうの質問"})
    shown = posted_by(save(suzuki, faq, forms[1] | {"question": "すずきの質問"}))
    again = posted_by(save(third, faq, forms[2] | {"question": "たなかの質問"}))
    save(third, faq, again)
    answer = save(suzuki, faq, shown)
    assert is_told(answer)
    assert "たなかさんが先に保存しました" in answer.content.decode()


def test_a_change_of_a_row_alone_counts(tip: Tip, sato: Client, suzuki: Client) -> None:
    first, second = opened(sato, address(tip)), opened(suzuki, address(tip))
    save(sato, tip, first | {"sources-0-title": "さとうの資料"})
    tip.refresh_from_db()
    assert tip.version == 1
    answer = save(suzuki, tip, second | {"sources-1-title": "すずきの資料"})
    assert is_told(answer)
    shown = posted_by(answer)
    assert (shown["sources-0-title"], shown["sources-1-title"]) == ("さとうの資料", "すずきの資料")
    save(suzuki, tip, shown)
    assert list(tip.sources.values_list("title", flat=True)) == ["さとうの資料", "すずきの資料"]


def test_a_row_typed_anew_and_one_added_by_the_other_both_stay(tip: Tip, sato: Client, suzuki: Client) -> None:
    first, second = opened(sato, address(tip)), opened(suzuki, address(tip))
    new = {"sources-TOTAL_FORMS": 3, "sources-2-publisher": "press", "sources-2-publisher_name": "あかり新聞"}
    save(sato, tip, first | new | {"sources-2-title": "さとうの新しい資料"})
    shown = posted_by(save(suzuki, tip, second | new | {"sources-2-title": "すずきの新しい資料"}))
    save(suzuki, tip, shown)
    titles = list(tip.sources.values_list("title", flat=True))
    assert titles == ["一つめ", "二つめ", "さとうの新しい資料", "すずきの新しい資料"]


def test_what_was_typed_into_a_row_that_is_gone_is_kept_as_a_new_row(tip: Tip, sato: Client, suzuki: Client) -> None:
    first, second = opened(sato, address(tip)), opened(suzuki, address(tip))
    save(sato, tip, first | {"sources-1-DELETE": "on"})
    shown = posted_by(
        save(suzuki, tip, second | {"sources-1-title": "直した二つめ", "sources-1-publisher_name": "ひなたの会"})
    )
    save(suzuki, tip, shown)
    assert list(tip.sources.values_list("title", "publisher")) == [("一つめ", "official"), ("直した二つめ", "official")]


def test_a_row_that_is_gone_and_was_not_touched_stays_gone(tip: Tip, sato: Client, suzuki: Client) -> None:
    first, second = opened(sato, address(tip)), opened(suzuki, address(tip))
    save(sato, tip, first | {"sources-1-DELETE": "on"})
    shown = posted_by(save(suzuki, tip, second | {"title": "すずきの題"}))
    save(suzuki, tip, shown)
    assert list(tip.sources.values_list("title", flat=True)) == ["一つめ"]


def test_a_row_marked_for_removal_stays_marked(tip: Tip, sato: Client, suzuki: Client) -> None:
    first, second = opened(sato, address(tip)), opened(suzuki, address(tip))
    save(sato, tip, first | {"title": "さとうの題"})
    shown = posted_by(save(suzuki, tip, second | {"sources-1-DELETE": "on"}))
    save(suzuki, tip, shown)
    tip.refresh_from_db()
    assert tip.title == "さとうの題"
    assert list(tip.sources.values_list("title", flat=True)) == ["一つめ"]


def test_saving_without_a_change_is_no_edit(tip: Tip, sato: Client, suzuki: Client) -> None:
    second = opened(suzuki, address(tip))
    save(sato, tip, opened(sato, address(tip)))
    tip.refresh_from_db()
    assert tip.version == 0
    assert save(suzuki, tip, second | {"title": "すずきの題"}).status_code == 302


def test_a_post_that_names_no_version_saves_nothing(faq: FAQ, sato: Client) -> None:
    form = opened(sato, address(faq))
    del form["_version"]
    assert is_told(save(sato, faq, form | {"question": "どの版も見ていない"}))
    faq.refresh_from_db()
    assert faq.question == "はじめの質問"


def test_who_may_only_look_is_refused_even_when_late(faq: FAQ, sato: Client) -> None:
    viewer = person("たなか", "view")
    save(sato, faq, opened(sato, address(faq)) | {"question": "さとうの質問"})
    assert viewer.post(address(faq), {"_version": 0, "question": "たなかの質問"}).status_code == 403


def test_an_invalid_form_moves_nothing(faq: FAQ, sato: Client) -> None:
    assert save(sato, faq, opened(sato, address(faq)) | {"question": ""}).status_code == 200
    faq.refresh_from_db()
    assert faq.version == 0


def test_adding_needs_no_version(sato: Client) -> None:
    url = reverse("admin:catalog_faq_add")
    form = opened(sato, url) | {"slug": "new", "group": "site", "question": "新しい質問", "answer": "答え"}
    assert sato.post(url, form).status_code == 302
    assert FAQ.objects.get(slug="new").version == 0


def test_an_edit_outside_the_form_is_refused_when_late(faq: FAQ) -> None:
    with pytest.raises(EditConflict), locked_for_edit(faq, seen=7, reason="しまった") as fresh:
        fresh.question = "遅れて"
    faq.refresh_from_db()
    assert faq.question == "はじめの質問"


# Each in a thread and a connection of its own, all let go at once.
SAVING = """
import threading
from django.db import connection
from django.test.utils import setup_test_environment
from catalog.models import TipSource
from tests.desk.forms import opened
from tests.desk.history.test_concurrency import address, is_told, make_tip, save
from tests.desk.people import writer

setup_test_environment()
if connection.vendor == "sqlite":
    settings.DATABASES["default"]["OPTIONS"]["timeout"] = 30  # the others are told that they were late, not that it is busy
tip = make_tip()
people = [writer(f"{number}番さん") for number in range(6)]
forms = [opened(person, address(tip)) | {"sources-0-title": f"{n}番の資料"} for n, person in enumerate(people)]
start, told = threading.Barrier(len(people), timeout=30), []

def post(person, form):
    start.wait()
    try:
        told.append(is_told(save(person, tip, form)))
    finally:
        connection.close()

threads = [threading.Thread(target=post, args=pair) for pair in zip(people, forms)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
tip.refresh_from_db()
print(sorted(told), tip.version, TipSource.objects.get(tip=tip, position=0).title)
"""


def test_when_many_save_at_the_same_moment_one_does_and_the_others_are_told(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    done = run_on(loaded_database(tmp_path_factory, tmp_path), SAVING, tmp_path)
    one_did = r"\[False, True, True, True, True, True\] 1 [0-5]番の資料\n"
    assert re.fullmatch(one_did, done.stdout), done.stdout + done.stderr


def test_nothing_is_half_saved_when_a_row_fails(tip: Tip, sato: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    form = opened(sato, address(tip)) | {"title": "半分だけ", "sources-0-title": "半分だけ"}

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(TipSource, "save", broken)
    with pytest.raises(RuntimeError):
        save(sato, tip, form)
    tip.refresh_from_db()
    assert (tip.title, tip.version, tip.history.count()) == ("はじめの題", 0, 1)
