"""Rules that every text, number and source in fixtures/ and templates/ keeps."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from catalog.directory.codes import Kind
from catalog.directory.directory import Directory
from catalog.hours.timetable import parse_clock
from catalog.models import Contact, Release, Source, TipSource
from catalog.models.citation import is_copy_or_blog
from catalog.text import furigana, phone
from tests.databases import FIXTURES

Fields = dict[str, Any]

TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.*"))
LONGEST_SENTENCE = 60
# ありがとうございます is said to people, the rest is the language of counters.
BANNED = re.compile("いただ|(?<!ありがとう)ございま|なければなりません|！|!(?!=)")
# No method or place of self-harm is ever named (rule 6 of the design).
HARM = re.compile(
    "首(を|つ)?[つ吊]り|首を[つ吊]|縊|飛び(降|お)り|とびおり|飛び込[みむん]|身投げ|入水|焼身|服毒|毒薬|農薬|除草剤|硫化水素|"
    "一酸化炭素|練炭|れんたん|排気ガス|ガス自殺|睡眠薬|睡眠導入剤|過量服薬|大量服薬|オーバード[ーウ]?[ズス]|(?<![A-Za-z])OD(?![A-Za-z])|"
    "リストカット|リスカ|アムカ|手首|動脈|刃物|包丁|カミソリ|かみそり|カッター|ナイフ|ロープ|ひもで|ドアノブ|感電|致死量|"
    "踏切|線路|ホームから|屋上|ベランダ|橋の上|高い(ところ|所|場所)|断崖|岬|樹海|東尋坊|自殺の名所|集団自殺|心中|自殺の?(方法|手段)"
)
# Whose words these are not (cited titles), or which are no words (keys, addresses, private notes).
NOT_OUR_TEXT = {
    "firsts", "needs", "never_with",
    "curator_note", "confirms", "shows_numbers", "shows_hours", "publisher_name", "url", "value", "operator", "slug", "code", "facts", "key",
}  # fmt: skip


@cache
def rows() -> tuple[tuple[str, Fields], ...]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = (path.read_text(encoding="utf-8") for path in FIXTURES)
    return tuple((row["model"], row["fields"]) for text in texts for row in yaml.load(text, loader))  # noqa: S506 (safe)


def of(model: str) -> list[Fields]:
    return [fields for name, fields in rows() if name == model]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def our_texts() -> Iterator[tuple[str, str]]:
    """Every text that we wrote to be read, with its place."""
    for model, fields in rows():
        where = f"{model} {fields.get('slug') or fields.get('support') or fields.get('key')}"
        for name, value in fields.items():
            if name in NOT_OUR_TEXT or (model.endswith("source") and name == "title"):
                continue
            for text in strings(value):
                yield f"{where} {name}", text


def template_texts() -> Iterator[tuple[str, str]]:
    """The words of the templates, without tags."""
    for path in TEMPLATES:
        html = path.read_text(encoding="utf-8")
        yield path.name, re.sub(r"(?s)\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", "\n", html)


def sentences(text: str) -> Iterator[str]:
    words = re.sub(r"\[([^]]*)]\([^)]*\)", r"\1", text)  # a Markdown link is read as its words
    return (part.strip(" 　-#*>「」") for part in re.split(r"[。\n？?]", words))


def numbers(text: str) -> Iterator[str]:
    """What looks like a telephone number, wherever it stands in a sentence; stricter than catalog.text.phone.find_numbers."""
    text = re.sub(r"https?://\S+", "", unicodedata.normalize("NFKC", text))
    text = re.sub(r"[‐‑‒–—―−ー]", "-", text)
    shape = r"(?<![\w#./&-])(?:0\d{1,4}-\d{1,4}-\d{2,5}|0\d{2,4}-\d{5,7}|0\d{9,10}|#\d{4})(?![\w-])"
    return (phone.digits(match) for match in re.findall(shape, text, re.ASCII))


def test_there_is_enough_to_be_of_help(directory: Directory) -> None:
    assert len(directory.supports) >= 300
    assert len(directory.available) >= 300
    kinds = Counter(support.kind for support in directory.available)
    assert min(kinds[kind] for kind in Kind) >= 60


def test_fixtures_load_and_publish_as_they_are(django_db_setup: None, db: None) -> None:
    """tests/conftest.py loads all of them with one command and publishes them."""
    assert Contact.objects.count() == len(of("catalog.contact"))
    assert Release.objects.get(number=1).sha256


def test_natural_keys_are_given_once() -> None:
    slugs = Counter(fields["slug"] for fields in of("catalog.support"))
    assert [slug for slug, count in slugs.items() if count > 1] == []
    places = Counter((*fields["support"], fields["position"]) for fields in of("catalog.contact"))
    assert [place for place, count in places.items() if count > 1] == []


def test_every_published_entry_has_a_source_that_says_who_is_speaking(directory: Directory) -> None:
    for support in directory.supports.values():
        assert support.sources, support.slug
        for source in support.sources:
            assert source.title or re.match(r"https?://[^/]*[a-z]{2,}[^/]*", source.url), support.slug


@pytest.mark.django_db
def test_every_source_is_sound() -> None:
    for citation in [*Source.objects.all(), *TipSource.objects.all()]:
        citation.clean_fields()
        citation.clean()
        assert citation.title, citation.url
        assert citation.publisher_name, citation.url
        assert not is_copy_or_blog(citation.url), citation.url


@pytest.mark.django_db
def test_a_source_shows_only_contacts_of_its_entry() -> None:
    for source in Source.objects.select_related("support").prefetch_related("support__contacts"):
        own = {contact.value for contact in source.support.contacts.all()}
        assert {*source.shows_numbers, *source.shows_hours} <= own, source


def test_how_a_name_is_read_is_written_in_hiragana() -> None:
    katakana = re.compile("[ァ-ヶ]")
    assert [fields["slug"] for fields in of("catalog.support") if katakana.search(fields["kana"])] == []


@pytest.mark.django_db
def test_every_contact_is_wellformed_drafts_too() -> None:
    for contact in Contact.objects.select_related("support").prefetch_related("hours"):
        contact.clean_fields()
        contact.clean()
        for hours in contact.hours.all():
            hours.clean_fields()
            hours.clean()


def test_every_number_has_as_many_digits_as_its_beginning_asks_for() -> None:
    for fields in of("catalog.contact"):
        digits = phone.digits(fields["value"])
        if fields["via"] in {"phone", "fax", "sms"} and digits.startswith("0"):
            mobile = digits.startswith(("050", "070", "080", "090"))
            assert len(digits) == (11 if mobile else 10), fields["support"]


def test_free_numbers_are_free_and_navi_dial_is_not() -> None:
    for fields in of("catalog.contact"):
        digits = phone.digits(fields["value"])
        if fields["via"] == "phone" and digits.startswith(("0120", "0800")):
            assert fields["charge"] == "free", fields["support"]
        if fields["via"] == "phone" and digits.startswith("0570"):
            assert fields["charge"] != "free", fields["support"]


def test_no_contact_answers_day_and_night_and_has_hours_too() -> None:
    with_hours = {(*hours["contact"],) for hours in of("catalog.hours")}
    always = {(*fields["support"], fields["position"]) for fields in of("catalog.contact") if fields["always_open"]}
    assert always
    assert with_hours & always == set()
    assert all(parse_clock(hours["opens"]) != parse_clock(hours["closes"]) or hours["month_days"] for hours in of("catalog.hours"))  # fmt: skip


@pytest.mark.parametrize("place", ["fixtures", "templates"])
def test_a_number_stands_nowhere_but_where_the_catalogue_has_it(place: str) -> None:
    contacts = of("catalog.contact")
    known = {phone.digits(fields["value"]) for fields in contacts}
    texts = our_texts() if place == "fixtures" else ((path.name, path.read_text("utf-8")) for path in TEMPLATES)
    unknown = [(where, number) for where, text in texts for number in numbers(text) if number not in known]
    assert unknown == []


def test_a_template_dials_only_numbers_of_three_digits_by_itself() -> None:
    for path in TEMPLATES:
        dialled = re.findall(r"tel:(#?[\d-]+)", path.read_text(encoding="utf-8"))
        assert set(dialled) <= {"110", "119", "118", "188", "189"}, path.name


@pytest.mark.django_db
def test_notes_for_curators_are_not_public() -> None:
    """They name old and wrong numbers."""
    public = Release.objects.get(number=1).payload
    assert "curator_note" not in public
    assert "confirms" not in public
    for fields in of("catalog.support"):
        assert not fields["curator_note"] or fields["curator_note"] not in public, fields["slug"]


def test_every_sentence_is_short() -> None:
    long = [
        (where, part)
        for where, text in our_texts()
        for part in sentences(furigana.plain(text))
        if len(part) > LONGEST_SENTENCE
    ]
    assert long == []


def test_the_words_are_plain_and_calm() -> None:
    found = [(where, m[0]) for where, text in (*our_texts(), *template_texts()) if (m := BANNED.search(text))]
    assert found == []


def test_no_method_or_place_of_self_harm_is_named() -> None:
    found = [(where, m[0]) for where, text in (*our_texts(), *template_texts()) if (m := HARM.search(text))]
    assert found == []


def test_an_ended_entry_is_kept_and_says_what_takes_its_place(directory: Directory) -> None:
    ended = [fields for fields in of("catalog.support") if fields["status"] == "ended"]
    assert ended
    for fields in ended:
        support = directory.supports[fields["slug"]]
        assert len(support.replaced_note) > 15, support.slug
        assert support not in directory.available
        assert not support.live_contacts, support.slug
        assert all(directory.supports[slug].is_available for slug in support.replaced_by), support.slug


def test_what_is_doubtful_stays_a_draft() -> None:
    doubtful = [f for f in of("catalog.support") if f["confidence"] == "low" or f["status"] == "unclear"]
    assert doubtful
    assert {fields["publication"] for fields in doubtful} == {"draft"}


def test_everything_else_is_published_or_a_note_says_why_not() -> None:
    for fields in of("catalog.support"):
        sure = fields["status"] != "unclear" and fields["confidence"] != "low"
        assert not sure or fields["publication"] == "published" or fields["curator_note"], fields["slug"]


def test_the_line_on_every_page_is_free_always_open_for_everyone_and_tapped(directory: Directory) -> None:
    strip = directory.crisis_strip
    assert strip
    first = strip.contacts[0]
    assert (first.via, first.charge, first.timetable.always) == ("phone", "free", True)
    assert first.tel_uri
    assert (strip.age_min, strip.age_max, strip.only_for) == (None, None, frozenset())


def test_there_are_answers_to_common_questions(directory: Directory) -> None:
    assert len(directory.faqs) >= 15
    assert {faq.group for faq in directory.faqs} == {"calling", "money", "worried", "site"}
    assert all(faq.question and len(faq.answer) > 30 for faq in directory.faqs)


def test_there_are_tips_from_four_standpoints_each_with_its_sources(directory: Directory) -> None:
    general = [tip for tip in directory.tips if tip.page == "general"]
    assert len(general) >= 12
    assert len({tip.standpoint_label for tip in general}) == 4
    for tip in directory.tips:
        assert tip.sources, tip.slug
        assert len(tip.body) > 200, tip.slug
