"""What the editing desk refuses, in words for curators."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from catalog.models import FAQ, AgeBand, Contact, Hours, Source, Support, Tip, Worry
from catalog.models.base import Publication
from tests.catalog.samples import make_support


def objections(row: models.Model) -> dict[str, list[str]]:
    """What is said against each field; foreign keys aside, so that no database is needed."""
    foreign = {field.name for field in row._meta.fields if field.is_relation}
    said: dict[str, list[str]] = {}
    try:
        row.clean_fields(exclude=foreign)
    except ValidationError as error:
        said |= error.message_dict
    try:
        row.clean()
    except ValidationError as error:
        said |= error.message_dict
    return said


def support(**changes: Any) -> Support:
    fields = {
        "slug": "akari", "name": "あかり電話", "kana": "あかりでんわ", "kind": "helpline", "operator": "あかりの会", "reach": "national",
        "when_to_use": "話したいとき", "summary": "話を聞く電話です。", "languages": ["ja"],
    }  # fmt: skip
    return Support(**(fields | changes))


def test_a_sound_entry_is_accepted() -> None:
    assert objections(support()) == {}
    assert objections(support(publication=Publication.PUBLISHED, confidence="high")) == {}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("slug", {"slug": "あかり"}),
        ("slug", {"slug": "Akari Denwa"}),
        ("name", {"name": ""}),
        ("kind", {"kind": "hotline"}),
        ("when_to_use", {"when_to_use": "長" * 61}),
        ("languages", {"languages": []}),
        ("languages", {"languages": ["ja", "xx"]}),
        ("conditions", {"conditions": ["", "18歳まで"]}),
        ("conditions", {"conditions": "18歳まで"}),
        ("also_known_as", {"also_known_as": [1]}),
        ("age_max", {"age_min": 20, "age_max": 18}),
        ("expires", {"expires": "2027年春"}),
        ("declines", {"declines": ["everybody"]}),
        ("replaced_note", {"status": "ended"}),
        ("publication", {"publication": Publication.PUBLISHED, "status": "unclear"}),
        ("publication", {"publication": Publication.PUBLISHED, "confidence": "low"}),
    ],
)
def test_an_entry_is_refused(field: str, changes: dict[str, Any]) -> None:
    assert list(objections(support(**changes))) == [field]


def test_an_unclear_or_doubtful_entry_may_stay_a_draft() -> None:
    assert objections(support(status="unclear", confidence="low")) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"via": "phone", "value": "0120-000-000"},
        {"via": "phone", "value": "#8000"},
        {"via": "fax", "value": "03-0000-0000"},
        {"via": "web", "value": "https://akari.example/"},
        {"via": "web", "value": "「あかり」で検索"},
        {"via": "email", "value": "akari@example.jp"},
        {"via": "email", "value": "https://akari.example/mail"},
        {"via": "visit", "value": ""},
        {"via": "line", "value": "@akari"},
        {"via": "line", "value": "思春期・FP相談LINE"},
        {"via": "chat", "value": "Cure Time"},
        {"via": "visit", "value": "東京都新宿区四谷一丁目6番1号 四谷タワー13階"},
        {"via": "chat", "value": "あかり", "closed_periods": "12-29/01-03", "open_periods": "2026-12-28/2027-01-04"},
    ],
)
def test_a_sound_contact_is_accepted(changes: dict[str, Any]) -> None:
    assert objections(Contact(**changes)) == {}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("value", {"via": "phone", "value": "0120-000-00"}),
        ("value", {"via": "phone", "value": ""}),
        ("value", {"via": "phone", "value": "https://akari.example/"}),
        ("value", {"via": "sms", "value": "あかり"}),
        ("value", {"via": "fax", "value": "なし"}),
        ("value", {"via": "web", "value": "http://192.0.2.1/soudan"}),
        ("value", {"via": "form", "value": "https://localhost/"}),
        ("value", {"via": "email", "value": "あかり"}),
        ("value", {"via": "email", "value": "akari@"}),
        ("value", {"via": "email", "value": "mailto:akari@example.jp"}),
        ("value", {"via": "chat", "value": "javascript:alert(1)"}),
        ("value", {"via": "chat", "value": " JavaScript:alert(1)"}),
        ("value", {"via": "line", "value": "http://127.0.0.1/"}),
        ("value", {"via": "chat", "value": "https://akari.example@evil.example/"}),
        ("value", {"via": "visit", "value": "http://127.0.0.1/"}),
        ("value", {"via": "web", "value": "ftp://akari.example/"}),
        ("value", {"via": "line", "value": "@aka\u202eira"}),
        ("value", {"via": "web", "value": "「あかり\u200b」で検索"}),
        ("closed_periods", {"via": "visit", "closed_periods": "年末年始"}),
        ("open_periods", {"via": "visit", "open_periods": "2027-01-04/2026-12-28"}),
    ],
)
def test_a_contact_is_refused(field: str, changes: dict[str, Any]) -> None:
    assert list(objections(Contact(**changes))) == [field]


@pytest.mark.parametrize(
    "changes",
    [{"opens": "09:00", "closes": "24:00"}, {"opens": "22:00", "closes": "02:00", "days": ["fri", "holiday"]}],
)
def test_sound_hours_are_accepted(changes: dict[str, Any]) -> None:
    assert objections(Hours(**changes)) == {}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("days", {"days": ["monday"]}),
        ("days", {"days": "mon"}),
        ("weeks", {"weeks": [6]}),
        ("month_days", {"month_days": [0]}),
        ("opens", {"opens": "24:00"}),
        ("opens", {"closes": "00:00"}),
    ],
)
def test_hours_are_refused(field: str, changes: dict[str, Any]) -> None:
    assert list(objections(Hours(**({"opens": "09:00", "closes": "17:00"} | changes)))) == [field]


@pytest.mark.parametrize("clock", ["9:00", "25:00", "09:60", "９時", "24:01", ""])
def test_a_clock_time_is_written_in_one_way(clock: str) -> None:
    with pytest.raises(ValidationError) as error:
        Hours(opens="09:00", closes=clock).clean_fields(exclude={"contact"})
    assert list(error.value.message_dict) == ["closes"]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"url": "https://akari.example/1.html"}, False),
        ({"title": "あかりの会のパンフレット"}, False),
        ({}, True),
        ({"url": "akari.example"}, True),
        ({"url": "ftp://akari.example/"}, True),
        ({"url": "http://192.0.2.1/"}, True),
        ({"url": "http://１９２.0.2.1/"}, True),
        ({"url": "http://0x7f.0.0.0x1/"}, True),
        ({"url": "http://127.0.0.1./"}, True),
        ({"url": "https://user:pw@akari.example/"}, True),
        ({"url": "https://akari.example\\@evil.example/"}, True),
        ({"url": "https://akari.example/\u202elmth.exe"}, True),
        ({"url": "https://akari\u200b.example/"}, True),
        ({"url": "https://akari.example/a b"}, True),
        ({"url": "https://akari.example:port/"}, True),
        ({"url": "https://あかり.example/広報/%E5%BA%83"}, False),
        ({"url": "http://192.0.2.1:8080/", "title": "あかりの会"}, True),
    ],
)
def test_a_source_has_a_named_address_or_a_title(changes: dict[str, str], refused: bool) -> None:
    assert bool(objections(Source(publisher="official", **changes))) is refused


@pytest.mark.parametrize(
    "text", ["![ねこ](https://evil.example/t.gif)", "見て\n\n- ![][a]\n\n[a]: /t.png", "[![x](/a)](/b)"]
)
def test_an_image_in_markdown_is_refused_kindly(text: str) -> None:
    for row, field in (
        (FAQ(slug="a", group="site", question="?", answer=text), "answer"),
        (Tip(slug="a", title="?", body=text), "body"),
    ):
        found = objections(row)
        assert list(found) == [field]
        assert "ことばで書くか、リンクにしてください" in found[field][0]


def test_what_only_looks_like_an_image_may_stay() -> None:
    assert (
        objections(FAQ(slug="a", group="site", question="?", answer="`![x](/a)` と [リンク](https://akari.example/)"))
        == {}
    )


def test_vocabulary_is_kept_simple() -> None:
    area = Worry(code="talk", label="話す")
    area.pk = 1
    topic = Worry(code="listen", label="聞いてほしい", parent=area)
    topic.pk = 2
    assert objections(topic) == {}
    assert list(objections(Worry(code="deep", label="もっと下", parent=topic))) == ["parent"]
    assert list(objections(AgeBand(code="20s", label="20代", age_min=29, age_max=20))) == ["age_max"]
    assert list(objections(FAQ(slug="a", group="nothing", question="?", answer="!"))) == ["group"]
    assert list(objections(Tip(slug="a", standpoint="wizard", title="?", summary="?", body="?"))) == ["standpoint"]


def test_every_objection_is_in_japanese() -> None:
    rows = [support(slug="A b", name="", kind="x", languages=[], status="ended"), Contact(via="phone", value="1")]
    for row in rows:
        for messages in objections(row).values():
            assert all(any("ぁ" <= char <= "ん" for char in message) for message in messages), messages


@pytest.mark.django_db
def test_rows_find_each_other_by_their_natural_keys() -> None:
    made = make_support("akari", "あかり電話")
    text = serializers.serialize(
        "yaml", [made, *made.contacts.all()], use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    again = [row.object for row in serializers.deserialize("yaml", text)]
    assert [row.pk for row in again] == [made.pk, made.contacts.get().pk]


@pytest.mark.django_db
def test_the_database_itself_refuses_ages_out_of_order() -> None:
    with pytest.raises(IntegrityError):
        make_support("akari", "あかり電話", age_min=20, age_max=18)
