"""What differs between two Releases is told whole, in words; numbers and crisis entries are never among the rest."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from catalog.comparison.changes import EntryChange, How
from catalog.release.diff import Changes, compare, needs_second_person
from tests.catalog.samples import Row, contact_row, hours_row, payload_of, support_row, weekday_row
from tests.chatbot.samples import choice, flow_data, question

CHILD = {
    "name": "あかり",
    "free": "yes",
    "name_needed": "no",
    "secret": "unknown",
    "bands": ["20s"],
    "texts": {"teen": {"what": "はなす", "who": "", "say": "もしもし", "if_busy": "またあとで"}},
}
SMALL_FLOW = flow_data(
    question("worry", choice("talk", "worry:talk"), choice("work", "worry:work", next="more"), next=""),
    question("more", ask_if=["worry:work"]),
)


def full() -> Any:
    """A payload in which every part has something."""
    payload = payload_of(
        support_row("akari", "あかり電話", child=CHILD, also_known_as=["あかり"], conditions=["だれでも"]),
        support_row("hinata", "ひなた電話", contacts=[weekday_row("0120-000-111")]),
    )
    return payload | {
        "tags": [{"code": "child", "label": "子ども"}],
        "faqs": [{"slug": "q", "group": "site", "question": "だれが？", "answer": "私たちです。"}],
        "tips": [{"slug": "t", "page": "general", "title": "眠る", "summary": "", "body": "休む", "standpoint": "", "sources": []}],
        "child_articles": [
            {"slug": "a", "kind": "hint", "titles": {"easy": "ね", "teen": "眠"}, "bodies": {"easy": "ねる", "teen": "眠る"}}
        ],
        "sections": {"flows": [SMALL_FLOW]},
    }  # fmt: skip


def entries(changes: Changes) -> list[tuple[str, str, str]]:
    return [(each.part, each.key, each.how.name) for each in changes.entries]


def only(changes: Changes) -> EntryChange:
    (entry,) = changes.entries
    return entry


Told = tuple[str, str, str]  # label, before, after


def told(entry: EntryChange, row: str = "") -> list[Told]:
    """The fields of an entry, or of one of its rows, that change."""
    return [(field.label, field.old, field.new) for each in entry.rows if each.name == row for field in each.fields]


def numbers(entry: EntryChange) -> list[Told]:
    return [(number.label, number.old, number.new) for number in entry.numbers]


def rows(entry: EntryChange) -> list[tuple[str, str]]:
    return [(row.name, row.how.name) for row in entry.rows]


def changed(**changes: Any) -> EntryChange:
    """あかり電話 after a change of these fields."""
    row = support_row("akari", "あかり電話")
    return only(compare(payload_of(row), payload_of(row | changes)))


def contacts(before: list[Row], after: list[Row]) -> EntryChange:
    return only(
        compare(
            *(payload_of(support_row("akari", "あかり電話", contacts=side, sources=[])) for side in (before, after))
        )
    )


def test_the_same_content_has_no_changes() -> None:
    changes = compare(full(), full())
    assert not changes
    assert not needs_second_person(changes)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to each plain value and each list within."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        yield path
        for index, inner in enumerate(value):
            yield from leaves(inner, (*path, index))
    else:
        yield path


def test_nothing_can_change_unseen() -> None:
    whole = full()
    del whole["format"]
    for path in leaves(whole):
        other = copy.deepcopy(whole)
        holder: Any = other
        for step in path[:-1]:
            holder = holder[step]
        value = holder[path[-1]]
        if isinstance(value, list):
            holder[path[-1]] = (
                value[1:] if value else ["talk"] if path[-1] != "sources" else [{"url": "https://x.example/"}]
            )
        else:
            holder[path[-1]] = (
                "べつ" if isinstance(value, str) else {"child": CHILD}.get(path[-1], 7) if value is None else value + 1
            )
        assert compare(whole, other), path
        assert compare(other, whole), path


def test_a_field_of_a_part_that_this_code_does_not_know_is_told() -> None:
    assert entries(compare(full(), full() | {"maps": [1]})) == [("maps", "maps", "ADDED")]
    before, after = full(), full()
    after["faqs"][0]["colour"] = "青"
    assert told(only(compare(before, after))) == [("colour", "", "青")]


def test_entries_come_and_go() -> None:
    akari, hinata = support_row("akari", "あかり電話"), support_row("hinata", "ひなた電話")
    changes = compare(payload_of(akari), payload_of(hinata))
    assert entries(changes) == [("supports", "hinata", "ADDED"), ("supports", "akari", "REMOVED")]
    assert changes.counts == {("支援", How.ADDED): 1, ("支援", How.REMOVED): 1}


@pytest.mark.parametrize(
    ("values", "change"),
    [
        ({"name": "ひかり電話"}, ("名前", "あかり電話", "ひかり電話")),
        ({"kind": "place"}, ("種類", "相談窓口", "行ける窓口・施設")),
        ({"languages": ["ja", "vi"]}, ("使えることば", "日本語", "日本語、ベトナム語")),
        ({"conditions": ["無料", "予約なし"]}, ("条件・もらえるもの", "", "無料\n予約なし")),
        ({"age_min": 18}, ("何歳から", "", "18")),
        ({"crisis": True}, ("命・安全の窓口", "いいえ", "はい")),
        ({"tags": ["child"]}, ("対象", "", "子ども")),
        ({"only_for": ["gone"]}, ("この人たちだけ", "", "gone")),
    ],
)
def test_a_changed_field_is_told_in_words(values: Row, change: Told) -> None:
    sides = [payload_of(support_row("akari", "あかり電話") | more) for more in ({}, values)]
    for payload in sides:
        payload["tags"] = [{"code": "child", "label": "子ども"}]
    assert told(only(compare(*sides))) == [change]


def test_words_for_children_that_are_new_are_told_field_by_field() -> None:
    entry = changed(child=CHILD)
    assert rows(entry) == [("子どもへのことば", "ADDED")]
    labels = [label for label, _, _ in told(entry, "子どもへのことば")]
    assert "名前（よみがなつき）" in labels
    assert "中高生: はじめのことば" in labels


def test_a_source_that_goes_and_one_with_another_date_are_told_by_name() -> None:
    kept = {"url": "https://akari.example/", "title": "手引き", "publisher": "official", "page_date": ""}
    gone = kept | {"url": "https://old.example/", "title": ""}
    sides = ([kept, gone], [kept | {"page_date": "2026-04"}])
    entry = only(compare(*(payload_of(support_row("akari", "あかり電話", sources=side)) for side in sides)))
    assert rows(entry) == [("出典「手引き」", "CHANGED"), ("出典「https://old.example/」", "REMOVED")]
    assert told(entry, "出典「手引き」") == [("資料の日付", "", "2026-04")]


def test_another_number_is_set_apart() -> None:
    entry = contacts([contact_row("0120-000-000", label="夜")], [contact_row("0120-000-001", label="夜")])
    assert numbers(entry) == [("電話（夜）", "0120-000-000", "0120-000-001")]
    assert rows(entry) == [("連絡先「電話 0120-000-001（夜）」", "CHANGED")]
    assert entry.guards == ("電話番号やアドレス",)


@pytest.mark.parametrize(("via", "way"), [("phone", "電話"), ("sms", "SMS"), ("fax", "ファクス")])
def test_a_new_number_is_told_with_all_about_it(via: str, way: str) -> None:
    entry = contacts([contact_row()], [contact_row(), contact_row("0570-000-000", via=via, charge="paid")])
    assert numbers(entry) == [(way, "", "0570-000-000")]
    assert rows(entry) == [(f"連絡先「{way} 0570-000-000」", "ADDED")]
    assert {("料金", "", "有料"), ("受付時間", "", "24時間・毎日")} <= {*told(entry, f"連絡先「{way} 0570-000-000」")}


def test_a_number_that_goes_is_told() -> None:
    entry = contacts([contact_row(), contact_row("0570-000-000")], [contact_row()])
    assert numbers(entry) == [("電話", "0570-000-000", "")]
    assert rows(entry) == [("連絡先「電話 0570-000-000」", "REMOVED")]


def test_the_same_digits_reached_in_another_way_count_as_another_number() -> None:
    entry = contacts([contact_row()], [contact_row(via="fax")])
    assert numbers(entry) == [("ファクス", "電話 0120-000-000", "ファクス 0120-000-000")]


@pytest.mark.parametrize("values", [{"charge": "paid"}, {"note": "つながりにくいです"}])
def test_other_fields_of_a_contact_are_not_numbers(values: Row) -> None:
    entry = contacts([contact_row()], [contact_row(**values)])
    assert entry.guards == ()
    assert len(told(entry, "連絡先「電話 0120-000-000」")) == 1


@pytest.mark.parametrize(
    ("via", "way"),
    [
        ("chat", "チャット"), ("line", "LINE"), ("email", "メール"), ("form", "送信フォーム"), ("web", "ウェブサイト"),
        ("visit", "行って話す"), ("pigeon", "pigeon"),
    ],
)  # fmt: skip
def test_another_address_is_set_apart_whatever_the_way(via: str, way: str) -> None:
    entry = contacts([contact_row(via=via, value="akari")], [contact_row(via=via, value="hikari")])
    assert numbers(entry) == [(way, "akari", "hikari")]
    assert entry.guards == ("電話番号やアドレス",)


def test_contacts_in_another_order_keep_their_fields() -> None:
    first, second = contact_row("0120-000-000"), contact_row("0120-000-111", charge="paid")
    entry = contacts([first, second], [second, first])
    names = ["連絡先「電話 0120-000-000」", "連絡先「電話 0120-000-111」"]
    assert told(entry) == [("連絡先の並び順", "\n".join(names), "\n".join(reversed(names)))]
    assert rows(entry) == [("", "CHANGED")]
    assert entry.guards == ()


def test_hours_are_told_as_people_read_them() -> None:
    later: Row = {"hours": [hours_row(["sat"], "22:00", "02:00")], "closed_periods": "12-29/01-03"}
    entry = contacts([weekday_row()], [weekday_row(**later)])
    ((label, before, after),) = told(entry, "連絡先「電話 0120-000-000」")
    assert (label, before) == ("受付時間", "月〜金 9:00〜17:00")
    assert after.startswith("土 22:00")
    assert "12月29日" in after


def test_hours_that_read_alike_but_are_not_the_same_show_the_difference() -> None:
    every_day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    sides = ([weekday_row(hours=[hours_row(days, "9:00", "17:00")])] for days in (every_day, []))
    ((_, before, after),) = told(contacts(*sides), "連絡先「電話 0120-000-000」")
    assert before != after


@pytest.mark.parametrize(
    "values", [{"hours": [hours_row([], "朝", "夜")]}, {"closed_periods": "いつか"}, {"hours": [{}]}]
)
def test_hours_that_cannot_be_understood_are_shown_as_they_are(values: Row) -> None:
    assert told(contacts([weekday_row()], [weekday_row(**values)]), "連絡先「電話 0120-000-000」")


@pytest.mark.parametrize("how", ["ADDED", "REMOVED"])
@pytest.mark.parametrize(
    ("contacts", "weighty"), [([contact_row()], True), ([contact_row(via="web")], True), ([], False)]
)
def test_a_whole_entry_with_an_address_needs_a_second_person(how: str, contacts: list[Row], weighty: bool) -> None:
    sides = [payload_of(), payload_of(support_row("akari", "あかり電話", contacts=contacts))]
    changes = compare(*(sides if how == "ADDED" else sides[::-1]))
    assert only(changes).how.name == how
    assert needs_second_person(changes) is weighty


@pytest.mark.parametrize("mark", ["crisis", "on_crisis_strip"])
@pytest.mark.parametrize(("before", "after"), [(True, True), (True, False), (False, True)])
def test_a_crisis_entry_is_marked_before_and_after(mark: str, before: bool, after: bool) -> None:
    rows = [support_row("akari", name, **{mark: value}) for name, value in (("あかり", before), ("ひかり", after))]
    changes = compare(payload_of(rows[0]), payload_of(rows[1]))
    assert only(changes).guards == ("緊急の窓口",)
    assert needs_second_person(changes)


def test_an_ordinary_change_needs_nobody_else() -> None:
    changes = compare(full(), full() | {"faqs": []})
    assert entries(changes) == [("faqs", "q", "REMOVED")]
    assert not needs_second_person(changes)


def test_a_number_that_a_text_names_counts() -> None:
    before, after = full(), full()
    before["faqs"][0]["answer"], after["faqs"][0]["answer"] = "0120-000-000 か 110 へ。", "0120-000-999 か 110 へ。"
    changes = compare(before, after)
    assert numbers(only(changes)) == [("文の中の番号", "0120-000-000", "0120-000-999")]
    assert needs_second_person(changes)


def test_a_text_that_repeats_the_number_is_told_too() -> None:
    sides = (
        payload_of(support_row("akari", "あかり", summary=f"{number} です。", contacts=[contact_row(number)]))
        for number in ("0120-000-000", "0120-000-001")
    )
    assert [label for label, _, _ in numbers(only(compare(*sides)))] == ["文の中の番号", "電話"]


def test_another_order_is_told() -> None:
    before, after = payload_of(), payload_of()
    after["worries"] = list(reversed(after["worries"]))
    entry = only(compare(before, after))
    assert (entry.name, told(entry)) == ("悩みの分野の並び順", [("悩みの分野の並び順", "talk\nwork", "work\ntalk")])


def test_an_older_release_that_lacks_fields_is_compared_by_what_it_has() -> None:
    old = full()
    for name in ("child", "on_crisis_strip", "declines"):
        for row in old["supports"]:
            del row[name]
    del old["child_articles"]
    del old["sections"]
    del old["supports"][1]["contacts"][0]["closed_periods"]
    assert ("child_articles", "a", "ADDED") in entries(compare(old, full()))
    assert compare(full(), old)


def test_a_changed_choice_of_a_flow_is_found_by_its_key() -> None:
    before, after = full(), full()
    after["sections"] = copy.deepcopy(after["sections"])
    after["sections"]["flows"][0]["questions"][0]["choices"][1] |= {"facts": ["worry:talk"], "next": ""}
    entry = only(compare(before, after))
    assert (entry.part_label, entry.key, entry.name) == ("質問の流れ", "small/worry", "worry?")
    assert told(entry, "答え「work」") == [
        ("わかること", "悩み: work", "悩み: talk"),
        ("次の質問", "more?", "ここで結果へ"),
    ]


def test_a_new_question_is_told_with_its_answers() -> None:
    before, after = full(), full()
    after["sections"] = copy.deepcopy(after["sections"])
    after["sections"]["flows"][0]["questions"].append(question("new"))
    assert ("flows", "small/new", "ADDED") in entries(compare(before, after))


def flows_after(*questions: Row, before: tuple[Row, ...], start: str = "") -> Changes:
    sides = [payload_of() | {"sections": {"flows": [flow_data(*side)]}} for side in (before, questions)]
    if start:
        sides[1]["sections"]["flows"][0]["start"] = start
    return compare(*sides)


FIRST = question("first", choice("home", next="home"), choice("work", next="work"))
HOME = question("home", choice("quarrel", next="more"), choice("hit", "danger:violence"))
WORK = question("work", choice("lost", next="more"), choice("tired"))
MORE = question("more", choice("food", "worry:food"), choice("rent", "worry:rent"))


@pytest.mark.parametrize(
    "change",
    [
        (FIRST, HOME | {"choices": [HOME["choices"][0], choice("hit")]}, WORK, MORE),  # a danger fact goes
        (FIRST, HOME | {"choices": [HOME["choices"][0], choice("hit", "danger:suicide")]}, WORK, MORE),
        (FIRST, HOME, WORK, MORE | {"choices": [choice("food", "danger:violence"), choice("rent")]}),  # one comes
        (FIRST, HOME | {"choices": [HOME["choices"][0], choice("no")]}, WORK, MORE),  # the answer goes
        (FIRST, HOME | {"ask_if": ["worry:rent"]}, WORK, MORE),
        (question("first", choice("home", next="work"), choice("work", next="work")), HOME, WORK, MORE),
        (FIRST, WORK, MORE),  # the question goes
        (FIRST, HOME, WORK | {"next": "home"}, MORE),  # a new way to it
    ],
)
def test_a_change_on_the_way_to_help_needs_a_second_person(change: tuple[Row, ...]) -> None:
    before = (FIRST, HOME, WORK, MORE)
    for one, other in ((before, change), (change, before)):
        changes = flows_after(*other, before=one)
        assert changes.guards == ("危険につながる質問",)
        assert needs_second_person(changes)


def test_another_beginning_needs_a_second_person() -> None:
    changes = flows_after(FIRST, HOME, WORK, MORE, before=(FIRST, HOME, WORK, MORE), start="work")
    assert "「small」の流れ" in [entry.name for entry in changes.guarded]


def test_a_change_off_the_way_to_help_needs_nobody_else() -> None:
    more = MORE | {"prompt": "ほかには？", "choices": [choice("food", "worry:food"), choice("debt", "worry:debt")]}
    changes = flows_after(FIRST, HOME, WORK, more, before=(FIRST, HOME, WORK, MORE))
    assert changes
    assert not needs_second_person(changes)
