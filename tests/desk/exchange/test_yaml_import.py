"""Content in, from the fixture files: looked at, then done whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog.models import Contact, Hours, Source, Support, Worry
from catalog.models.base import Publication
from catalog.release.payload import dump
from chatbot.models import Choice, Question
from desk.exchange.exchanged import EXCHANGED, snapshot
from desk.exchange.fixtures_yaml import export_files
from tests.catalog.samples import make_support

from .exchanging import as_yaml, as_zip, confirm, entry, fields, text_of, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def akari() -> Support:
    support = make_support("akari", "あかり電話", publication=Publication.DRAFT)
    Hours.objects.create(contact=support.contacts.get(), days=["mon"], opens="09:00", closes="17:00")
    return support


def everything() -> Any:
    return snapshot(EXCHANGED.values())


def changed_entry(**changes: Any) -> bytes:
    records = entry("akari")
    records[0]["fields"] |= changes
    return as_yaml(records)


def test_a_dry_run_shows_each_change_and_writes_nothing(editor: Client, akari: Support) -> None:
    before = everything()
    page = upload(editor, changed_entry(name="ひかり電話", crisis=True, worries=[["talk"], ["work"]]))
    text = text_of(page)
    assert "1件 が変わります" in text
    for words in (
        "支援「ひかり電話」",
        "名前",
        "あかり電話",
        "命・安全の窓口",
        "いいえ",
        "はい",
        "気持ちや悩みを話す、仕事・職",
    ):
        assert words in text
    assert "よみがな" not in text  # it stays as it is
    assert everything() == before


def test_confirming_writes_what_was_shown_with_who_and_why(editor: Client, akari: Support) -> None:
    history = akari.history.count()
    page = confirm(editor, upload(editor, changed_entry(name="ひかり電話", worries=[["talk"], ["work"]])))
    assert "1件を読みこみました" in text_of(page)
    akari.refresh_from_db()
    assert akari.name == "ひかり電話"
    assert {worry.code for worry in akari.worries.all()} == {"talk", "work"}
    assert akari.history.count() > history
    newest = akari.history.latest()
    assert newest.history_user.username == "さとう"
    assert "直し.yaml" in newest.history_change_reason
    assert akari.version == 1, "whoever has the entry open is told"
    assert akari.contacts.get().history.count() == 1, "what is the same already is left untouched"


def test_an_import_is_one_line_of_an_entrys_history(editor: Client, akari: Support) -> None:
    records = entry("akari")
    records[0]["fields"] |= {"name": "ひかり電話", "worries": [["talk"], ["work"]]}
    records[1]["fields"]["note"] = "ゆっくり話せます。"
    confirm(editor, upload(editor, as_yaml(records)))
    history = text_of(editor.get(reverse("admin:catalog_support_history", args=[akari.pk])))
    assert history.count("読みこみ（直し.yaml）") == 1


def test_a_changed_telephone_number_stands_apart(editor: Client, akari: Support) -> None:
    records = entry("akari")
    records[1]["fields"]["value"] = "0120-111-111"
    page = upload(editor, as_yaml(records))
    assert "番号・アドレスが変わります" in text_of(page)
    assert "あかり電話 ｜番号・アドレス・名前 いま: 0120-000-000 → 読みこんだあと: 0120-111-111" in text_of(page)
    confirm(editor, page)
    assert akari.contacts.get().value == "0120-111-111"
    akari.refresh_from_db()
    assert akari.version == 1


def test_a_new_entry_comes_with_all_that_belongs_to_it(editor: Client, akari: Support) -> None:
    records = entry("akari")
    before = akari.pk
    akari.delete()
    page = confirm(editor, upload(editor, as_yaml(records)))
    assert "1件を読みこみました" in text_of(page)
    made = Support.objects.get(slug="akari")
    assert made.pk != before
    assert entry("akari") == records


def test_questions_may_point_at_questions_further_down(editor: Client) -> None:
    records = [
        {"model": "chatbot.flow", "fields": {"key": "trial", "title": "ためし", "start": ["trial", "one"]}},
        *(
            {"model": "chatbot.question", "fields": {"flow": ["trial"], "key": key, "prompt": "？", "next": following}}
            for key, following in (("one", ["trial", "two"]), ("two", None))
        ),
        {"model": "chatbot.choice", "fields": {"question": ["trial", "one"], "key": "yes", "label": "はい", "next": ["trial", "two"]}},
        {"model": "catalog.worry", "fields": {"code": "trial-topic", "label": "ためし", "parent": ["trial-area"]}},
        {"model": "catalog.worry", "fields": {"code": "trial-area", "label": "ためしの分野", "parent": None}},
    ]  # fmt: skip
    confirm(editor, upload(editor, as_yaml(records)))
    one = Question.objects.get(flow__key="trial", key="one")
    assert one.flow.start == one
    assert one.next is not None
    assert one.next.key == "two"
    assert Choice.objects.get(question=one).next == one.next
    assert Worry.objects.get(code="trial-topic").parent == Worry.objects.get(code="trial-area")


def test_what_is_not_in_the_file_stays(editor: Client, akari: Support) -> None:
    only_the_name = [{"model": "catalog.support", "fields": {"slug": "akari", "name": "ひかり電話"}}]
    page = upload(editor, as_yaml(only_the_name))
    assert "ここにないものは、そのまま残ります" in text_of(page)
    before = everything()
    confirm(editor, page)
    after = everything()
    assert {key for key in after if after[key] != before.get(key)} == {("catalog.support", ("akari",))}
    assert before.keys() == after.keys()


def test_rows_that_the_file_lacks_go_only_where_somebody_asked(editor: Client, akari: Support) -> None:
    Contact.objects.create(support=akari, position=1, via="phone", value="0120-222-222")
    second = Contact.objects.get(support=akari, position=1)
    Hours.objects.create(contact=second, opens="09:00", closes="10:00")
    records = [
        r for r in entry("akari") if r["fields"].get("position") != 1 and r["fields"].get("contact") != ["akari", 1]
    ]
    assert "いまの内容と同じです" in text_of(upload(editor, as_yaml(records)))
    page = upload(editor, as_yaml(records), exact="on")
    assert "連絡先「電話 0120-222-222」がなくなる" in text_of(page)
    assert akari.contacts.count() == 2
    confirm(editor, page)
    assert [contact.value for contact in akari.contacts.all()] == ["0120-000-000"]
    assert Contact.history.filter(value="0120-222-222", history_type="-").count() == 1
    assert Hours.history.filter(history_type="-").count() == 1
    assert Support.objects.count() > 1, "other entries stay"


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"nmae": "x"}, "「nmae」という項目はありません", "name"),
    ({"worries": [["no-such-worry"]]}, "悩みの分野「no-such-worry」はありません", "「合う悩み」（worries）"),
    ({"main_worry": ["nowhere"]}, "悩みの分野「nowhere」はありません", "「いちばん合う悩み」"),
    ({"age_min": "ten"}, "数で書いてください", "「何歳から」（age_min）"),
    ({"age_min": 30, "age_max": 20}, "小さくなっています", "「何歳まで」"),
    ({"age_min": 1.5}, "数で書いてください", "「何歳から」"),
    ({"kind": "hotline"}, "hotline", "「種類」"),
    ({"crisis": "はい"}, "true か false", "「命・安全の窓口」"),
    ({"name": 110}, "引用符で囲んで", "「名前」"),
    ({"conditions": "ひとつ"}, "並びで書いてください", "「条件・もらえるもの」"),
    ({"conditions": [{"a": 1}]}, "並びで書いてください", "「条件・もらえるもの」"),
    ({"languages": ["xx"]}, "使えることば", "「使えることば」"),
    ({"slug": None}, "slug がありません", "どの支援のことか"),
    ({"name": "あ\0"}, "NUL", "「名前」"),
    ({"worries": []}, "1つ以上", "「合う悩み」"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "message", "field"), WRONG)
def test_a_mistake_is_named_and_nothing_is_imported(
    editor: Client, akari: Support, changes: dict[str, Any], message: str, field: str
) -> None:
    def here() -> Any:
        return snapshot(EXCHANGED.values(), ["akari", "fresh"])

    good = [{"model": "catalog.faq", "fields": {"slug": "fresh", "group": "site", "question": "？", "answer": "。"}}]
    records = entry("akari")
    records[0]["fields"] |= changes
    before = here()
    page = upload(editor, as_yaml(good + records))
    text = text_of(page)
    assert "読みこめません。何も変わっていません" in text
    assert "直し.yaml の 2番目（支援" in text
    assert message in text
    assert field in text
    assert b'name="seen"' not in page.content
    assert here() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"- model: [", "直し.yaml の2行目"),
        (b"just words", "「- model: …」で始まる並びではありません"),
        (b"- model: catalog.release\n  fields: {}\n", "model「catalog.release」はありません"),
        (b"- model: auth.user\n  fields: {username: x}\n", "model「auth.user」はありません"),
        (b"- model: catalog.faq\n  pk: 1\n  fields: {slug: a}\n", "model と fields の2つ"),
        (b"- &a [1]\n- *a\n", "参照は使えません"),
        (b"[" * 5000, "深く入りすぎ"),
        (b"- {a: 2025-13-45}\n", "引用符で囲んで"),
        ("- あ".encode("cp932"), "UTF-8 で保存しなおして"),
        (b"!!python/object/apply:os.system ['true']", "YAML として読めません"),
        (b"", "並びではありません"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_what_to_do(editor: Client, content: bytes, message: str) -> None:
    assert message in text_of(upload(editor, content))


def test_one_record_twice_is_named(editor: Client, akari: Support) -> None:
    records = entry("akari")
    page = upload(editor, as_zip({"a.yaml": as_yaml(records), "b.yaml": as_yaml(records[:1])}), "二つ.zip")
    assert "b.yaml の 1番目（支援 akari） a.yaml の 1番目（支援 akari）と同じものです" in text_of(page)


def test_what_somebody_else_changes_meanwhile_is_shown_before_anything_is_written(
    editor: Client, akari: Support
) -> None:
    page = upload(editor, changed_entry(name="ひかり電話"))
    Support.objects.filter(slug="akari").update(name="あかりの電話")
    again = confirm(editor, page)
    assert "ほかの人が内容を変えました" in text_of(again)
    assert "あかりの電話" in text_of(again)
    assert Support.objects.get(slug="akari").name == "あかりの電話"
    confirm(editor, again)
    assert Support.objects.get(slug="akari").name == "ひかり電話"


def test_a_database_that_fails_in_the_middle_leaves_nothing_half_done(
    editor: Client, akari: Support, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = entry("akari")
    for record in records:
        if record["model"] != "catalog.hours":
            record["fields"] |= {"name": "ひかり"} if "name" in record["fields"] else {}
            record["fields"] |= {"url": "https://hikari.example/"} if "url" in record["fields"] else {}
    page = upload(editor, as_yaml(records))
    before, published = everything(), dump()
    saved = Source.save

    def failing(self: Source, *args: Any, **kwargs: Any) -> None:
        assert Support.objects.get(slug="akari").name == "ひかり", "the entry before it was written by now"
        raise DatabaseError("the disk is gone")

    monkeypatch.setattr(Source, "save", failing)
    failed = confirm(editor, page)
    assert failed.status_code == 503
    assert "何も変わっていません" in text_of(failed)
    assert everything() == before
    assert dump() == published
    monkeypatch.setattr(Source, "save", saved)
    assert "1件を読みこみました" in text_of(confirm(editor, failed))
    assert Support.objects.get(slug="akari").name == "ひかり"


def test_an_upload_belongs_to_the_person_who_sent_it(editor: Client, approver: Client, akari: Support) -> None:
    upload(editor, changed_entry(name="ひかり電話"))
    other = text_of(approver.get(reverse("admin:exchange_check"), follow=True))
    assert "ひかり電話" not in other


def test_giving_up_forgets_the_upload(editor: Client, akari: Support, tmp_path: Path) -> None:
    upload(editor, changed_entry(name="ひかり電話"))
    assert list((tmp_path / "pending").iterdir())
    editor.post(reverse("admin:exchange_cancel"))
    assert not list((tmp_path / "pending").iterdir())
    assert "残っていません" in text_of(editor.get(reverse("admin:exchange_check"), follow=True))


def test_the_number_of_queries_does_not_grow_with_the_file(
    editor: Client, akari: Support, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_support(f"lamp-{number}", f"ともしび{number}")
    records = [record for n in range(30) for record in entry(f"lamp-{n}")] + entry("akari")
    with django_assert_max_num_queries(60):
        assert "いまの内容と同じです" in text_of(upload(editor, as_yaml(records)))


def test_a_whole_export_comes_back_as_it_was(editor: Client, tmp_path: Path) -> None:
    """An edited catalogue, exported, spoiled, and restored from the export."""
    Support.objects.filter(slug="child-sos-24h").update(name="改めた名前")
    Contact.objects.filter(support__slug="child-sos-24h", position=0).update(position=7)
    files = export_files()
    Support.objects.filter(slug="yorisoi-hotline").update(name="こわれた", summary="")
    Contact.objects.filter(support__slug="yorisoi-hotline").delete()
    archive = as_zip({f"fixtures/{name}": text.encode() for name, text in files.items()})
    page = confirm(editor, upload(editor, archive, "控え.zip", exact="on"))
    assert "1件を読みこみました" in text_of(page)
    assert export_files() == files
    call_command("export_fixtures", str(tmp_path / "out"), verbosity=0)
    assert fields("catalog.support", "yorisoi-hotline")["name"] == "よりそいホットライン"
