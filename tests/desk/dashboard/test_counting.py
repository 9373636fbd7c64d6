"""Who can reach how many, and when: the table of the dashboard."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog.directory.directory import Directory
from catalog.directory.loading import from_payload
from catalog.directory.rows import empty_payload
from chatbot.facts import WantedWay
from desk.dashboard.counting import WAYS, Cell, Coverage, coverage, gaps, moments
from tests.catalog.samples import Row, band_row, contact_row, weekday_row
from tests.chatbot.samples import choice, entry, listener, programme, question
from tests.conftest import japan

DAY = japan("2026-09-02 14:00")  # a Wednesday
NIGHT = japan("2026-09-03 03:00")
TEXTS = dict.fromkeys(("what", "who", "say", "if_busy"), "ことば")


def directory_of(*entries: Row, flows: list[Row] | None = None) -> Directory:
    """Two areas (rent has a topic, loan), ten-year-olds on the children's page, adults and the old on the general one."""
    child = band_row("g56", "10歳", 10, 12) | {"page": "under18"}
    codes = ("listen", "lonely", "rent", "food", "u18_talk")
    areas = [{"code": code, "label": f"{code}のこと", "area": code} for code in codes]
    payload: Any = {
        **empty_payload(),
        "worries": [*areas, {"code": "loan", "label": "loanのこと", "area": "rent"}],
        "age_bands": [child, band_row("u18", "18歳以下", 0, 12), band_row("a19", "大人", 19, 64), band_row("a65", "65歳から", 65, None)],
        "tags": [{"code": tag, "label": tag} for tag in ("child", "parent", "woman", "elderly")],
        "supports": list(entries),
        "sections": {"flows": flows or []},
    }  # fmt: skip
    return from_payload(payload, number=1)


def for_children(row: Row) -> Row:
    words = {"name": "でんわ", "free": "yes", "name_needed": "no", "secret": "yes"}
    return row | {"child": {**words, "bands": ["g56"], "texts": {"teen": TEXTS}}}


def cell(seen: Coverage, area: str, band: str, way: str) -> Cell:
    rows = {row.label: row for row in (seen.general, *seen.areas)}
    labels = [b.label for b in seen.bands]
    return rows[area].cells[labels.index(band) * len(WAYS) + list(WAYS).index(WantedWay(way))]


def test_an_entry_counts_where_it_answers_at_that_moment() -> None:
    catalogue = directory_of(entry("day", "rent", contacts=[weekday_row()]), entry("always", "loan"))
    assert cell(coverage(catalogue, DAY), "rentのこと", "大人", "phone").count == 2
    assert cell(coverage(catalogue, NIGHT), "rentのこと", "大人", "phone").count == 1
    assert cell(coverage(catalogue, NIGHT), "foodのこと", "大人", "phone").count == 0


def test_ways_are_told_apart_and_letters_answer_nobody() -> None:
    contacts = [
        contact_row("LINE", via="line"),
        contact_row("a@b.example", via="email"),
        contact_row("窓口", via="visit"),
    ]
    seen = coverage(
        directory_of(entry("a", "rent", contacts=contacts), entry("b", "rent", contacts=contacts[1:2])), NIGHT
    )
    assert [cell(seen, "rentのこと", "大人", way).count for way in WAYS] == [0, 1, 1]


def test_hours_that_nobody_knows_are_counted_apart() -> None:
    unknown = contact_row("LINE", via="line", always_open=False)
    seen = coverage(directory_of(entry("a", "rent", contacts=[unknown])), DAY)
    assert cell(seen, "rentのこと", "大人", "text") == Cell(0, 1, 0)


def test_ages_groups_ended_ones_and_programmes_are_left_out() -> None:
    seen = coverage(
        directory_of(
            entry("young", "rent", age_max=30),
            entry("parents", "rent", only_for=["parent"]),
            entry("women", "rent", only_for=["woman"]),
            entry("over", "rent", status="ended"),
            programme("money", "rent", contacts=[contact_row()]),
        ),
        DAY,
    )
    assert cell(seen, "rentのこと", "大人", "phone").count == 1
    assert cell(seen, "rentのこと", "65歳から", "phone").count == 0


def test_a_group_to_which_the_whole_band_belongs_counts() -> None:
    old = question("age", choice("old", "age:a65", "tag:elderly"), choice("adult", "age:a19"))
    flows = [{"key": "general", "start": "age", "questions": [old]}]
    seen = coverage(directory_of(entry("old", "rent", only_for=["elderly"]), flows=flows), DAY)
    assert cell(seen, "rentのこと", "65歳から", "phone").count == 1
    assert cell(seen, "rentのこと", "大人", "phone").count == 0


def test_children_are_offered_what_has_words_for_them() -> None:
    seen = coverage(directory_of(for_children(entry("with", "rent")), entry("without", "rent")), DAY)
    assert cell(seen, "rentのこと", "10歳", "phone").count == 1
    assert cell(seen, "rentのこと", "大人", "phone").count == 2


def test_a_band_that_is_sent_on_to_the_page_for_children_has_no_column() -> None:
    assert [band.label for band in coverage(directory_of(), DAY).bands] == ["10歳", "大人", "65歳から"]


def test_one_number_is_one_line() -> None:
    twice = [contact_row("0120-111-111")]
    seen = coverage(directory_of(entry("a", "rent", contacts=twice), entry("b", "rent", contacts=twice)), DAY)
    assert cell(seen, "rentのこと", "大人", "phone").count == 1


def test_who_listens_to_anything_is_told_apart_from_nobody() -> None:
    seen = coverage(directory_of(listener("ear"), for_children(entry("kids", "u18_talk"))), NIGHT)
    assert (cell(seen, "rentのこと", "大人", "phone").sign, cell(seen, "rentのこと", "大人", "text").sign) == ("△", "✕")
    assert cell(seen, "rentのこと", "10歳", "phone").kind == "general"
    assert cell(seen, "どんな悩みでも", "大人", "phone") == Cell(1, 0, 1)


def words_of(*entries: Row) -> list[str]:
    catalogue = directory_of(*entries)
    return [str(gap) for gap in gaps({m: coverage(catalogue, m.at) for m in moments(date(2026, 9, 1))})]


def test_gaps_are_sentences_with_the_worst_first() -> None:
    everywhere = [contact_row(), contact_row("窓口", via="visit")]
    found = words_of(
        for_children(entry("u18", "u18_talk", contacts=[*everywhere, weekday_row("LINE", via="line")])),
        listener("all", contacts=[*everywhere, contact_row("LINE", via="line")]),
    )
    assert found == ["10歳 ／ 文字 ／ 夜中の3時、日曜の10時、元日の3時半：0件"]


def test_gaps_of_every_band_are_one_sentence_and_name_no_area() -> None:
    assert words_of()[0] == "どの年代も ／ 電話 ／ 平日の14時、夜中の3時、日曜の10時、元日の3時半：0件"
    assert len(words_of()) == len(WAYS)


def test_a_gap_in_some_areas_names_them() -> None:
    contacts = [contact_row(), contact_row("LINE", via="line"), contact_row("窓口", via="visit")]
    found = words_of(
        for_children(entry("kids", "u18_talk", contacts=contacts)), entry("rent", "rent", "food", contacts=contacts)
    )
    assert (
        "大人、65歳から ／ 電話 ／ 平日の14時、夜中の3時、日曜の10時、元日の3時半（listenのこと、lonelyのこと）：0件"
        in found
    )


def test_the_moments_are_an_afternoon_the_night_after_it_a_sunday_and_new_year() -> None:
    expected = ("2026-09-02 14:00", "2026-09-03 03:00", "2026-09-06 10:00", "2027-01-01 03:30")
    assert [moment.at for moment in moments(date(2026, 9, 2))] == [japan(text) for text in expected]
