"""What is named before publishing but does not stop it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from catalog.release.concern import Concern, ConcernKind, by_kind
from catalog.release.warnings import concerns
from tests.catalog.samples import Row, contact_row, payload_of, source_row, support_row, weekday_row

TODAY = date(2026, 11, 30)


def found(*supports: Row, months: Mapping[str, str] | None = None, **parts: Any) -> list[tuple[ConcernKind, str]]:
    return [(each.kind, each.what) for each in all_of(*supports, months=months, **parts)]


def all_of(*supports: Row, months: Mapping[str, str] | None = None, **parts: Any) -> tuple[Concern, ...]:
    return concerns(payload_of(*supports) | parts, TODAY, months or {})


def test_nothing_is_named_where_all_is_well() -> None:
    assert found(support_row("a", "あかり"), months={"a": "2026-12"}) == []


@pytest.mark.parametrize("month", ["2026-11", "2026-10", "2025-12"])
def test_a_month_to_look_again_that_has_come_is_named(month: str) -> None:
    ((kind, what),) = found(support_row("a", "あかり"), months={"a": month})
    assert kind is ConcernKind.EXPIRED
    assert what == f"{month[:4]}年{int(month[5:])}月"


def test_a_number_that_no_page_firmly_shows_is_named_and_so_are_its_hours() -> None:
    assert found(support_row("a", "あかり", contacts=[weekday_row(confirmed=False)])) == [
        (ConcernKind.NUMBER, "電話 0120-000-000"),
        (ConcernKind.HOURS, "電話 0120-000-000"),
    ]


def test_an_old_page_of_somebody_else_is_not_enough() -> None:
    contact = contact_row()
    old = source_row(contact, publisher="press", page_date="2019")
    kinds = [kind for kind, _ in found(support_row("a", "あかり", contacts=[contact], sources=[old]))]
    assert kinds == [ConcernKind.DAY_AND_NIGHT, ConcernKind.NUMBER]


def test_day_and_night_is_named_apart_and_emergency_numbers_never() -> None:
    shown = source_row(contact_row(), shows_hours=[])
    assert found(support_row("a", "あかり", sources=[shown])) == [(ConcernKind.DAY_AND_NIGHT, "電話 0120-000-000")]
    assert found(support_row("b", "警察", contacts=[contact_row("110", confirmed=False)])) == []


def test_hours_that_nobody_gave_need_no_page() -> None:
    chat = contact_row("https://akari.example/", via="chat", always_open=False, confirmed=False)
    site = contact_row("https://akari.example/", via="web", confirmed=False)
    assert found(support_row("a", "あかり", contacts=[chat, site])) == []


@pytest.mark.parametrize("missing", ["title", "publisher_name"])
def test_a_source_without_a_name_is_named(missing: str) -> None:
    sources = [source_row(contact_row(), **{missing: ""})]
    assert [kind for kind, _ in found(support_row("a", "あかり", sources=sources))] == [ConcernKind.UNNAMED]


def test_a_copy_of_a_page_is_named() -> None:
    url = "https://www-pref-example-jp.cache.yimg.jp/akari.html"
    sources = [source_row(contact_row(), url=url)]
    assert found(support_row("a", "あかり", sources=sources)) == [(ConcernKind.COPY, url)]


@pytest.mark.parametrize("field", ["summary", "what_happens", "apply_at", "bring_or_say", "when_to_use"])
def test_a_past_plan_in_a_text_of_an_entry_is_named(field: str) -> None:
    text = "2026年4月から始まる予定です。"
    assert found(support_row("a", "あかり", **{field: text})) == [(ConcernKind.PAST, text)]


def test_a_past_plan_in_a_list_a_note_and_childrens_words_is_named() -> None:
    text = "2025年度の額です"
    words = dict.fromkeys(("what", "who", "say", "if_busy"), "")
    child: Any = {"texts": {"teen": {**words, "what": "2025｜年度《ねんど》の｜額《がく》です"}}, "bands": []}
    assert (
        found(support_row("a", "あかり", conditions=[text]), support_row("b", "ひなた", child=child))
        == [(ConcernKind.PAST, text)] * 2
    )
    assert found(support_row("a", "あかり", contacts=[contact_row(note=text)])) == [(ConcernKind.PAST, text)]


def test_a_past_plan_in_a_faq_a_tip_and_an_article_is_named_with_its_entry() -> None:
    text = "2025年度の額です"
    faq = {"slug": "f", "group": "money", "question": "いくら？", "answer": text}
    tip = {"slug": "t", "page": "general", "title": "お金", "summary": "", "body": text, "sources": []}
    article = {
        "slug": "c",
        "kind": "hint",
        "titles": {"easy": "お｜金《かね》"},
        "bodies": {"easy": text, "teen": text},
    }
    named = all_of(faqs=[faq], tips=[tip], child_articles=[article])
    assert [(each.part, each.key, each.name, each.what) for each in named] == [
        ("faqs", "f", "いくら？", text),
        ("tips", "t", "お金", text),
        ("child_articles", "c", "お金", text),
    ]


def test_of_what_has_ended_only_the_sources_are_looked_at() -> None:
    ended = support_row(
        "a", "あかり", status="ended", summary="2025年度の額です", contacts=[contact_row(confirmed=False)]
    )
    assert found(ended, months={"a": "2026-01"}) == []


def test_within_a_kind_the_entries_for_people_in_danger_come_first() -> None:
    unsure = [weekday_row(confirmed=False)]
    groups = by_kind(
        all_of(support_row("a", "あかり", contacts=unsure), support_row("b", "いのち", contacts=unsure, crisis=True))
    )
    assert {kind: [each.name for each in found] for kind, found in groups.items()} == {
        ConcernKind.NUMBER: ["いのち", "あかり"],
        ConcernKind.HOURS: ["いのち", "あかり"],
    }


def test_hours_that_cannot_be_read_hide_no_other_concern() -> None:
    broken = weekday_row(closed_periods="いつか")
    kinds = [
        kind
        for kind, _ in found(
            support_row("a", "あかり", contacts=[broken, contact_row("0120-000-001", confirmed=False)])
        )
    ]
    assert ConcernKind.NUMBER in kinds
