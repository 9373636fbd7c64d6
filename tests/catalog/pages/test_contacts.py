"""What a caller must know of a contact stands on every page that shows it: the adults' cards and sheet, and the children's cards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string

from catalog.directory.directory import Directory, DirectoryNow
from catalog.pages.cards import Card, card
from catalog.pages.child_cards import child_card
from catalog.pages.contacts import ContactLine
from catalog.text.furigana import kana, plain
from tests.catalog.samples import Row, contact_row, directory_of, support_row, weekday_row
from tests.conftest import at, japan

NOON = "2026-11-16 12:00"  # a Monday
WORDS = {"what": "はなせます。", "who": "", "say": "「はい」", "if_busy": "まってください。"}
CHILD: Row = {
    "name": "あかりでんわ", "free": "unknown", "name_needed": "unknown", "secret": "unknown", "bands": ["jh"], "texts": {"teen": WORDS},
}  # fmt: skip

Show = Callable[..., str]


def full(contact: Row, moment: str) -> str:
    return render_to_string("catalog/_contact.html", {"line": _adults(contact, moment).first})


def brief(contact: Row, moment: str) -> str:
    return render_to_string("catalog/_brief.html", {"card": _adults(contact, moment)})


def sheet(contact: Row, moment: str) -> str:
    return render_to_string("chatbot/_sheet_entry.html", {"card": _adults(contact, moment)})


def child(contact: Row, moment: str = NOON) -> str:
    """As for a reader who wants no readings."""
    return render_to_string("under18/_contact.html", {"line": child_line(contact, moment)})


def child_line(contact: Row, moment: str = NOON) -> ContactLine:
    directory = directory_of(support_row("akari", "あかり電話", contacts=[contact], child=CHILD))
    band = directory.age_bands["20s"]  # of the level that there are words for
    line = child_card(directory.supports["akari"], band, DirectoryNow(directory, japan(moment))).first
    assert line
    return line


def _adults(contact: Row, moment: str) -> Card:
    directory = directory_of(support_row("akari", "あかり電話", contacts=[contact]))
    return card(directory.supports["akari"], DirectoryNow(directory, japan(moment)))


RESTRICTED = weekday_row(
    "03-0000-0000", label="岩手・宮城・福島から", note="はじめに音声が流れます。", charge="paid", ip_phone="no", confirmed=False,
    closed_on_holidays=True, closed_periods="12-29/01-03 2026-08-10/2026-08-20", hours_text="お盆も休みです",
)  # fmt: skip


@pytest.mark.parametrize("show", [full, sheet, child])
@pytest.mark.parametrize(
    "fact",
    [
        "岩手・宮城・福島から",
        "はじめに音声が流れます。",
        "かかる|かかります",
        "IP電話",
        "目安",
        "祝日",
        "12月29日",
        "お盆も休みです",
        "03-0000-0000",
    ],
)
def test_nothing_that_a_caller_must_know_is_lost_by_the_page(show: Show, fact: str) -> None:
    shown = show(RESTRICTED, NOON)
    assert any(word in shown for word in fact.split("|")), fact


@pytest.mark.parametrize("fact", ["岩手・宮城・福島から", "通話料がかかります", "目安"])
def test_where_there_is_room_for_a_line_only_it_says_for_whom_it_is_and_what_it_costs(fact: str) -> None:
    assert fact in brief(RESTRICTED, NOON)
    directory = directory_of(
        support_row("akari", "あかり電話"), support_row("hinata", "ひなた電話", contacts=[RESTRICTED])
    )
    akari, hinata = directory.supports.values()
    shown = card(akari, DirectoryNow(directory, japan(NOON)), next_one=hinata)
    html = render_to_string("catalog/_card.html", {"card": shown})
    assert fact in html[html.index("つながらないときは") : html.index("くわしく見る")]


@pytest.mark.parametrize("show", [full, sheet, child])
def test_a_closure_that_is_over_is_not_shown(show: Show) -> None:
    assert "8月10日" not in show(RESTRICTED, NOON)
    assert "2026年8月10日" in show(RESTRICTED, "2026-08-12 12:00")


@pytest.mark.parametrize("show", [full, brief, child])
@pytest.mark.parametrize("label", ["岩手・宮城・福島から", "東北地方の方"])
def test_for_whom_a_number_is_stands_before_whether_somebody_answers(show: Show, label: str) -> None:
    shown = show(weekday_row("03-0000-0000", label=label), NOON)
    assert -1 < shown.index(label) < shown.index("いま")


@pytest.mark.parametrize("show", [full, brief, sheet, child])
def test_round_the_clock_is_an_estimate_where_nobody_confirmed_it(show: Show) -> None:
    assert "目安" in show(contact_row(confirmed=False), NOON)
    assert "目安" not in show(contact_row(), NOON)


@pytest.mark.parametrize("show", [full, brief, sheet, child])
def test_an_emergency_number_never_seems_to_cost(show: Show) -> None:
    shown = show(contact_row("110", charge="unknown", always_open=False, confirmed=False), NOON)
    assert "無料" in shown or "電話代はかかりません" in shown
    assert not any(doubt in shown for doubt in ("かかるかも", "確かめられて", "目安"))


def test_the_consumer_line_says_from_when_on_it_costs() -> None:
    assert "窓口につながってから通話料がかかり" in full(contact_row("188", charge="paid", always_open=False), NOON)
    assert "電話代がかかります" in child(contact_row("188", charge="paid", always_open=False))


def test_a_child_reads_what_has_readings_and_the_rest_is_marked_for_an_adult() -> None:
    line = child_line(RESTRICTED)
    assert (plain(line.label), kana(line.label)) == ("岩手・宮城・福島から", "いわて・みやぎ・ふくしまから")
    assert line.note == ""
    assert line.for_adults == ["目安: お盆も休みです", "はじめに音声が流れます。"]
    html = child(RESTRICTED)
    assert html.index("おとなの ひとへ") < html.index("はじめに音声が流れます。")


def test_a_name_to_search_for_that_has_no_reading_is_not_lost() -> None:
    html = child(contact_row("親子のための相談LINE", via="line"))
    assert html.index("おとなの ひとへ") < html.index("親子のための相談LINE")


@pytest.mark.parametrize(
    ("via", "charge", "said"),
    [
        ("phone", "free", "電話代はかかりません"), ("phone", "paid", "電話代がかかります"),
        ("phone", "unknown", "電話代がかかるかもしれません"),
        ("chat", "free", "お金はかかりません"), ("chat", "paid", "お金がかかります"), ("chat", "unknown", ""), ("web", "paid", ""),
    ],
)  # fmt: skip
def test_what_a_child_is_told_that_it_costs(via: str, charge: str, said: str) -> None:
    value = "03-0000-0000" if via == "phone" else "https://akari.example/"
    html = child(contact_row(value, via=via, charge=charge))
    assert said in html
    assert bool(said) is ("かか" in html)


def test_every_closure_of_the_catalogue_is_said_to_children(directory: Directory) -> None:
    here, closing = at(directory, NOON), 0
    for support in directory.available:
        for band in directory.age_bands.values() if support.child else ():
            if support.child and band.code in support.child.bands:
                for line in child_card(support, band, here).contacts:
                    table = line.contact.timetable
                    closes = table.is_known and (table.closed_on_holidays or table.closed_periods)
                    closing += bool(closes)
                    assert any(
                        "お｜休《やす》みで" in words or "お｜休《やす》みだ" in words for words in line.hours_lines
                    ) is bool(closes), support.slug
    assert closing > 40
