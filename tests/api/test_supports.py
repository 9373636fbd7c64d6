"""The catalogue as data: what a filter lets through is worked out here once more, on its own, from the Directory."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.v1.support_data import FIELDS
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Support
from catalog.pages.ruby import to_html
from catalog.text import furigana
from chatbot.facts import FactKind
from chatbot.flow import flow_of
from chatbot.walk import walk
from tests.conftest import at

from .conftest import UNLIMITED, Api

MOMENTS = ("2026-11-25T12:00", "2026-11-23T10:30", "2026-11-28T20:00", "2026-12-31T23:30", "2027-01-01T03:30")
WORDS = (
    "ひとり親",
    "いのち",
    "イノチ",
    "ｲﾉﾁ",
    "相談",
    "0120",
    "そうだん 電話",
    "LINE",
    "line",
    "奨学金",
    "どこにもないことば",
    " ",
    "給付 ",
)
ages = st.integers(0, 120)


@pytest.fixture(autouse=True)
def nobody_is_slowed_down(settings: Any) -> None:
    settings.API_RATE = UNLIMITED


def filters(directory: Directory) -> st.SearchStrategy[dict[str, Any]]:
    def one_of(codes: Any) -> st.SearchStrategy[str]:
        return st.sampled_from(sorted(codes))

    worries = directory.worries.values()
    return st.fixed_dictionaries(
        {},
        optional={
            "area": one_of(worry.code for worry in worries if worry.area == worry.code),
            "under18_area": one_of(w.code for w in worries if w.area == "under18" and w.code != "under18"),
            "worry": one_of(directory.worries),
            "age": ages,
            "age_band": one_of(directory.age_bands),
            "kind": st.sampled_from(("helpline", "programme", "place")),
            "via": st.sampled_from(("phone", "chat", "line", "email", "form", "web", "visit", "sms", "fax")),
            "audience": one_of(directory.tags),
            "language": st.sampled_from(("ja", "en", "zh", "ur")),
            "open_at": st.sampled_from(MOMENTS),
            "q": st.sampled_from(WORDS),
            "status": st.sampled_from(("active", "ended", "seasonal")),
        },
    )


def lets_through(support: Support, directory: Directory, asked: dict[str, Any]) -> bool:
    """Whether it is what was asked for, said another way than the search says it."""
    youngest, oldest = support.age_min or 0, support.age_max if support.age_max is not None else 999
    if "status" not in asked and support.status == "ended":
        return False
    if "age_band" in asked:
        band = directory.age_bands[asked["age_band"]]
        ages_of_band = range(band.age_min or 0, (band.age_max if band.age_max is not None else 999) + 1)
        if not set(ages_of_band) & set(range(youngest, oldest + 1)):
            return False
    if "open_at" in asked:
        now = at(directory, asked["open_at"].replace("T", " "))
        live = [
            c
            for c in support.contacts
            if c.via in ("phone", "chat", "line", "sms") and c.value not in ("110", "118", "119")
        ]
        if support.status == "ended" or not any(now.state(c).openness.value == "open" for c in live):
            return False
    return all(
        (
            "area" not in asked or any(directory.worries[code].area == asked["area"] for code in support.worries),
            "under18_area" not in asked or asked["under18_area"] in support.worries,
            "worry" not in asked or asked["worry"] in support.worries,
            "age" not in asked or youngest <= asked["age"] <= oldest,
            "kind" not in asked or support.kind == asked["kind"],
            "via" not in asked or asked["via"] in [contact.via for contact in support.contacts],
            "audience" not in asked or asked["audience"] in support.tags,
            "language" not in asked or asked["language"] in support.languages,
            "status" not in asked or support.status == asked["status"],
            closeness(support, asked.get("q", "")) < 2,
        )
    )


@cache
def plain(text: str) -> str:
    """Half-width, small letters, hiragana; what looks like a dash is one, the long vowel's too."""
    small = unicodedata.normalize("NFKC", text).lower()
    return re.sub("[‐‑‒–—―−ー]", "-", small).translate(
        {ord(kana): chr(ord(kana) - 96) for kana in map(chr, range(ord("ァ"), ord("ヶ") + 1))}
    )


def closeness(support: Support, words: str) -> int:
    """0 found in a name, 1 in the text, 2 not at all."""
    numbers = [c.value for c in support.contacts] + [c.value.replace("-", "") for c in support.contacts]
    names = plain("\n".join([support.name, support.kana, *support.also_known_as, *numbers]))
    texts = names + "\n" + plain("\n".join([support.when_to_use, support.summary, support.operator]))
    wanted = plain(words).split()
    return 0 if all(word in names for word in wanted) else 1 if all(word in texts for word in wanted) else 2


def expected(directory: Directory, asked: dict[str, Any]) -> list[str]:
    found = [s for s in directory.supports.values() if lets_through(s, directory, asked)]
    found.sort(key=lambda s: (closeness(s, asked.get("q", "")), plain(s.kana)))
    return [support.public_id for support in found]


def test_every_combination_of_filters_gives_what_it_should_in_order(api: Api, directory: Directory) -> None:
    lengths = set()

    @settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(filters(directory))
    def look(asked: dict[str, Any]) -> None:
        page = api.json("supports/", {**asked, "per_page": 400, "fields": "name"})
        assert [row["id"] for row in page["results"]] == expected(directory, asked)
        assert page["count"] == len(page["results"])
        posted = api.posted("supports/search/", {**asked, "per_page": 400, "fields": ["name"]})
        assert posted == page, "what is posted is read as what is asked"
        lengths.add(page["count"])

    look()
    assert len(lengths) > 15


def each_value(directory: Directory) -> list[dict[str, Any]]:
    codes = directory.worries.values()
    return [
        *({"area": worry.code} for worry in codes if worry.is_area),
        *({"under18_area": worry.code} for worry in codes if worry.is_for_children),
        *({"worry": code} for code in directory.worries),
        *({"age_band": code} for code in directory.age_bands),
        *({"audience": code} for code in directory.tags),
        *({"age": age} for age in (0, 5, 6, 17, 18, 19, 39, 40, 64, 65, 120)),
        *({"kind": kind} for kind in ("helpline", "programme", "place")),
        *({"open_at": moment} for moment in MOMENTS),
        *({"q": words} for words in WORDS),
        *({"status": status} for status in ("active", "ended", "seasonal")),
    ]


def test_every_filter_alone_gives_what_it_should_in_order(api: Api, directory: Directory) -> None:
    asked_for = each_value(directory)
    found = [api.json("supports/", {**asked, "per_page": 400, "fields": "id"}) for asked in asked_for]
    for asked, page in zip(asked_for, found, strict=True):
        assert [row["id"] for row in page["results"]] == expected(directory, asked), asked
    assert sum(page["count"] > 0 for page in found) > len(found) / 2


def test_open_now_is_open_at_this_moment(api: Api, directory: Directory) -> None:
    now = DirectoryNow(directory, at(directory, "2026-11-25 12:00").moment)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("catalog.release.serving.timezone.now", lambda: now.moment)
        rows = api.json("supports/", {"open_at": "now", "per_page": 400, "fields": "answers"})["results"]
        told = api.json("supports/", {"state_at": "now", "per_page": 400, "fields": "answers"})["results"]
    assert {row["id"] for row in rows} == {s.public_id for s in directory.available if now.open_contact(s)}
    assert all(row["answers"] for row in rows)
    assert {row["id"] for row in told if row["answers"]} == {row["id"] for row in rows}
    assert len(told) == len(directory.available)


@pytest.mark.parametrize("size", [1, 7, 50, 399, 400])
def test_the_pages_add_up_to_the_whole(api: Api, directory: Directory, size: int) -> None:
    if size == 1:
        asked: dict[str, Any] = {"kind": "place", "fields": "id"}
    else:
        asked = {"fields": "id"}
    first = api.json("supports/", {**asked, "per_page": size})
    pages = [api.json("supports/", {**asked, "per_page": size, "page": n + 1}) for n in range(first["pages"])]
    rows = [row["id"] for page in pages for row in page["results"]]
    assert rows == expected(directory, {name: value for name, value in asked.items() if name != "fields"})
    assert {page["count"] for page in pages} == {len(rows)}
    assert first["pages"] == math.ceil(len(rows) / size)
    assert [page["page"] for page in pages] == list(range(1, first["pages"] + 1))
    assert all(len(page["results"]) == size for page in pages[:-1])


def test_nothing_found_is_one_empty_page(api: Api) -> None:
    page = api.json("supports/", {"q": "どこにもないことば"})
    assert page == {"count": 0, "page": 1, "pages": 1, "per_page": 50, "results": []}


def test_only_the_wanted_fields_come_and_the_id_always(api: Api, directory: Directory) -> None:
    whole = api.json("supports/", {"per_page": 3})["results"]
    for field in FIELDS:
        rows = api.json("supports/", {"per_page": 3, "fields": field})["results"]
        assert rows == [{name: row[name] for name in ("id", field) if name in row} for row in whole]
    some = api.json("supports/", {"per_page": 3, "fields": "name,contacts"})["results"]
    assert [set(row) for row in some] == [{"id", "name", "contacts"}] * 3
    code = whole[0]["id"]
    assert api.json(f"supports/{code}/", {"fields": "name"}) == {"id": code, "name": whole[0]["name"]}
    step = api.posted("conversation/", {"flow": "general", "finish": True, "fields": ["name"]})
    assert {frozenset(row["support"]) for row in step["results"]} == {frozenset({"id", "name"})}


def test_the_list_and_the_detail_are_alike(api: Api, directory: Directory) -> None:
    for asked in ({}, {"state_at": MOMENTS[0]}):
        for row in api.json("supports/", {**asked, "per_page": 400})["results"]:
            assert api.json(f"supports/{row['id']}/", asked) == row


def test_every_entry_says_what_the_directory_says(api: Api, directory: Directory) -> None:
    same = (
        "name", "kana", "kind", "operator", "reach", "status", "when_to_use", "summary", "what_happens", "apply_at", "bring_or_say",
        "main_worry", "age_min", "age_max", "is_always_open", "verified_on", "replaced_note",
    )  # fmt: skip
    for code, support in directory.by_public_id.items():
        data = api.json(f"supports/{code}/")
        assert {name: data[name] for name in same} == {name: getattr(support, name) for name in same}
        assert set(data["worries"]) == support.worries
        assert set(data["audiences"]) == support.tags
        assert set(data["only_for"]) == support.only_for
        assert tuple(data["languages"]) == support.languages
        assert data["is_crisis"] == support.crisis
        assert [source["url"] for source in data["sources"]] == [source.url for source in support.sources]
        if support.status != "ended":
            numbers = [(c.via, c.value, c.tel_uri or None, c.note) for c in support.contacts]
            given_out = [(c["via"], c["value"], c["tel"], c["note"]) for c in data["contacts"]]
            assert given_out == numbers


def test_what_has_ended_is_never_given_out_unasked(api: Api, directory: Directory) -> None:
    ended = {support.public_id: support for support in directory.supports.values() if support.status == "ended"}
    assert ended
    for asked in ({}, {"state_at": MOMENTS[0]}, {"open_at": MOMENTS[0]}, {"q": next(iter(ended.values())).name}):
        rows = api.json("supports/", {**asked, "per_page": 400})["results"]
        assert not ended.keys() & {row["id"] for row in rows}
    assert {row["id"] for row in api.json("supports/", {"status": "ended", "per_page": 400})["results"]} == set(ended)


def test_what_has_ended_says_so_and_what_came_instead_but_no_number(api: Api, directory: Directory) -> None:
    for support in directory.supports.values():
        if support.status == "ended":
            data = api.json(f"supports/{support.public_id}/", {"state_at": MOMENTS[0]})
            assert data["status"] == "ended"
            assert data["contacts"] == []
            assert data["answers"] is False
            assert data["replaced_by"] == [directory.supports[slug].public_id for slug in support.replaced_by]
            for number in [contact.value for contact in support.contacts if contact.via == "phone"]:
                assert number not in str(data["contacts"])


def texts_for_children(api: Api, directory: Directory) -> list[tuple[str, dict[str, Any]]]:
    """(as the Directory has it, as the API gives it)."""
    found = []
    for support in directory.available:
        data = api.json(f"supports/{support.public_id}/", {"fields": "children"})["children"]
        assert (data is None) == (support.child is None)
        if support.child:
            assert set(data["bands"]) == support.child.bands
            for level, words in support.child.texts.items():
                found += [
                    (getattr(words, name), data["texts"][level][name]) for name in ("what", "who", "say", "if_busy")
                ]
                assert data["free"] == words.free
            assert set(data["texts"]) == set(support.child.texts)
    return found


def test_children_s_texts_are_whole_in_every_form(api: Api, directory: Directory) -> None:
    texts = texts_for_children(api, directory)
    assert len(texts) > 100
    for source, given_out in texts:
        pieces = given_out["pieces"]
        marked = "".join(f"｜{p['text']}《{p['reading']}》" if p["reading"] else p["text"] for p in pieces)
        assert marked == source
        unmarked = "".join(piece["text"] for piece in pieces)
        assert given_out["plain"] == furigana.plain(unmarked)
        assert given_out["kana"] == "".join(piece["reading"] or piece["text"] for piece in pieces)
        assert given_out["ruby"] == str(to_html(source, furigana.ALL))
        assert given_out["ruby"].count("<rt>") == sum(piece["reading"] is not None for piece in pieces)


def test_the_readings_are_those_of_the_page_for_children(api: Api, directory: Directory) -> None:
    flow = flow_of(directory, "under18")
    path = next(path for path in walk(flow) if path.person.age_band == "g34" and path.person.of(FactKind.WORRY))
    answers = {question: list(keys) for question, keys in path.answers.items()}
    pairs = [f"{question}.{key}" for question, keys in answers.items() for key in keys]
    page = api.client.post("/under18/chat/", {"a": pairs, "ruby": "all"}).content.decode()
    step = api.posted("conversation/", {"flow": "under18", "answers": answers})
    assert step["results"]
    for row in step["results"]:
        words = row["support"]["children"]
        assert words["name"]["ruby"] in page
        assert words["texts"]["easy"]["what"]["ruby"] in page
