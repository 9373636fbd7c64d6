from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from catalog.directory.codes import RuleBand, RuleTag, RuleWorry
from catalog.models import FAQ, AgeBand, AudienceTag, Contact, Hours, Source, Support, Tip, TipSource, Worry
from catalog.models.base import Publication
from catalog.release.problem import Problem
from catalog.release.publishing import CannotPublish, publish
from catalog.release.sections import Section, sections
from catalog.release.upgrades import payload_of
from tests.catalog.samples import change, current, make_support

pytestmark = pytest.mark.django_db


def problems() -> list[str]:
    """What publishing says against the whole; [] when it went through."""
    try:
        publish(by="さくら")
    except CannotPublish as error:
        return [str(problem) for problem in error.problems]
    return []


def test_what_is_sound_is_published(desk: Support) -> None:
    assert problems() == []
    assert [row["slug"] for row in payload_of(current())["supports"]] == ["akari"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "unclear"}, "はっきりしない"),
        ({"confidence": "low"}, "確かさ"),
        ({"languages": ["xx"]}, "使えることば"),
        ({"age_min": 3, "slug": "Akari Denwa"}, "半角の小文字"),
        ({"status": "ended"}, "終わったことと代わりの相談先"),
        ({"summary": "番号は 0120-000-999 です。"}, "0120-000-999"),
        ({"what_happens": "（0120-000-999）につながります。"}, "0120-000-999"),
        ({"apply_at": "「#8000」へ"}, "#8000"),
        ({"bring_or_say": "０１２０ー０００ー９９９、と言います。"}, "0120-000-999"),
        ({"conditions": ["18歳まで", "県外は 03-0000-0000"]}, "03-0000-0000"),
    ],
)
def test_an_unsound_entry_is_refused_by_its_name(desk: Support, values: dict[str, Any], said: str) -> None:
    other = make_support("hinata", "ひなた電話")
    change(other, **values)
    before = current()
    (problem,) = problems()
    assert "「ひなた電話」" in problem
    assert said in problem
    assert current() == before


@pytest.mark.parametrize(
    ("field", "label"), [("kana", "よみがな"), ("operator", "運営"), ("when_to_use", "こんなとき")]
)
def test_what_is_missing_is_named(desk: Support, field: str, label: str) -> None:
    change(desk, **{field: ""})
    (problem,) = problems()
    assert label in problem


@pytest.mark.parametrize(
    ("model", "code", "where"),
    [
        (AudienceTag, RuleTag.STUDENT, "対象"),
        (Worry, RuleWorry.UNDER18, "悩みの分野"),
        (AgeBand, RuleBand.ANY_CHILD, "年代・学年"),
    ],
)
def test_a_code_that_rules_name_may_not_be_missing(desk: Support, model: Any, code: str, where: str) -> None:
    change(model.objects.get(code=code), code="renamed")
    (problem,) = problems()
    assert problem.startswith(f"{where}: 記号「{code}」のものがありません。")


def test_an_entry_without_a_source(desk: Support) -> None:
    make_support("hinata", "ひなた電話", source=False)
    (problem,) = problems()
    assert problem.startswith("「ひなた電話」: 出典がありません。")


def test_a_source_that_leads_nowhere(desk: Support) -> None:
    change(desk.sources.get(), url="http://192.0.2.1/")
    (problem,) = problems()
    assert "「あかり電話」の出典" in problem


@pytest.mark.parametrize("number", ["0120-000-00", "", "0120-000-000(代表)", "フリーダイヤル"])
def test_a_malformed_number(desk: Support, number: str) -> None:
    change(desk.contacts.get(), value=number)
    (problem,) = problems()
    assert problem.startswith("「あかり電話」の連絡先: ")
    assert "電話番号の形になっていません" in problem


def test_hours_that_cannot_be(desk: Support) -> None:
    Hours.objects.create(contact=desk.contacts.get(), days=["funday"], opens="09:00", closes="17:00")
    (problem,) = problems()
    assert problem.startswith("「あかり電話」の受付時間: ")


@pytest.mark.parametrize("kind", ["helpline", "programme", "place"])
def test_an_entry_that_leads_nowhere(desk: Support, kind: str) -> None:
    other = make_support("hinata", "ひなたの制度", kind=kind)
    other.contacts.all().delete()
    (problem,) = problems()
    assert "「ひなたの制度」" in problem


def test_an_entry_whose_main_worry_is_not_among_its_worries(desk: Support) -> None:
    desk.worries.clear()
    (problem,) = problems()
    assert "いちばん合う悩み" in problem


def test_a_replacement_that_is_not_public(desk: Support) -> None:
    desk.replaced_by.add(make_support("hinata", "ひなた電話", publication=Publication.DRAFT))
    (problem,) = problems()
    assert "「あかり電話」" in problem
    assert "hinata" in problem


def test_a_replacement_of_an_ended_entry_that_is_not_public(desk: Support) -> None:
    ended = make_support("mukashi", "むかしの電話", status="ended", replaced_note="終わりました。")
    ended.replaced_by.add(make_support("hinata", "ひなた電話", publication=Publication.DRAFT))
    assert any("hinata" in problem for problem in problems())


@pytest.mark.parametrize("values", [{"on_crisis_strip": False}, {"status": "ended", "replaced_note": "終わりました。"}])
def test_no_line_for_the_strip_on_every_page(desk: Support, values: dict[str, Any]) -> None:
    change(desk, **values)
    (problem,) = problems()
    assert "緊急の帯" in problem


@pytest.mark.parametrize(
    "values", [{"always_open": False}, {"closed_periods": "12-29/01-03"}, {"open_periods": "09-01/09-30"}]
)
def test_a_line_on_the_strip_that_sometimes_closes(desk: Support, values: dict[str, Any]) -> None:
    change(desk.contacts.get(), **values)
    (problem,) = problems()
    assert "24時間つながる窓口" in problem


@pytest.mark.parametrize("values", [{"always_open": False}, {"charge": "paid"}, {"value": "#8000"}])
def test_the_number_that_the_strip_shows_is_not_always_open_or_free_or_tapped(
    desk: Support, values: dict[str, Any]
) -> None:
    Contact.objects.create(support=desk, position=1, via="chat", value="あかりチャット", always_open=True)
    change(desk.contacts.get(position=0), **values)
    assert problems() != []


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ({"value": "110", "charge": "paid"}, "110 の料金は「無料」です"),
        ({"value": "１１９", "closed_on_holidays": True}, "119 は24時間・毎日つながります"),
        ({"value": "118", "always_open": False, "open_periods": "07-01/08-31"}, "118 は24時間・毎日つながります"),
        ({"value": "189", "closed_periods": "12-29/01-03"}, "189 は24時間・毎日つながります"),
        ({"value": "188", "charge": "free", "always_open": False}, "188 の料金は「有料」です"),
        ({"value": "188", "charge": "paid"}, "188 は12月29日〜1月3日が休みです"),
    ],
)
def test_what_contradicts_a_number_of_three_digits(desk: Support, contact: dict[str, Any], said: str) -> None:
    make_support("hinata", "ひなた電話", contact=contact)
    (problem,) = problems()
    assert problem.startswith(f"「ひなた電話」: {said}")


@pytest.mark.parametrize("number", ["110", "118", "119", "189"])
def test_a_number_of_three_digits_need_not_say_what_is_known_of_it(desk: Support, number: str) -> None:
    make_support("hinata", "ひなた電話", contact={"value": number, "charge": "unknown", "always_open": False})
    assert problems() == []


@pytest.mark.parametrize("field", ["note", "label", "hours_text"])
def test_a_number_of_nobody_in_what_is_said_about_a_contact(desk: Support, field: str) -> None:
    change(desk.contacts.get(), **{field: "夜は（0120-000-999）です。"})
    assert any("0120-000-999" in problem for problem in problems())


def test_a_number_of_nobody_in_an_answer(desk: Support) -> None:
    FAQ.objects.create(slug="q", group="site", question="？", answer="（0120-000-999）へ。", publication="published")
    assert any("0120-000-999" in problem for problem in problems())


@pytest.mark.parametrize("sources", [[], ["http://192.0.2.1/"]])
def test_a_tip_without_a_source(desk: Support, sources: list[str]) -> None:
    tip = Tip.objects.create(
        slug="t", standpoint="nurse", title="眠る", summary="休む", body="本文", publication="published"
    )
    for url in sources:
        TipSource.objects.create(tip=tip, url=url, publisher="official")
    assert problems() != []


def test_all_problems_are_told_at_once_in_japanese(desk: Support) -> None:
    change(desk, status="unclear")
    change(desk.contacts.get(), value="1")
    make_support("hinata", "ひなた電話", source=False)
    told = problems()
    assert len(told) == 3
    assert all(any("ぁ" <= char <= "ん" for char in problem.split(": ")[-1]) for problem in told)


def test_another_part_of_the_site_can_object(desk: Support, monkeypatch: pytest.MonkeyPatch) -> None:
    objecting = Section(dump=lambda: ["q1"], check=lambda directory: [Problem("質問の流れ", "行き止まりです。")])
    monkeypatch.setitem(sections, "flows", objecting)
    assert problems() == ["質問の流れ: 行き止まりです。"]


def test_the_command_lists_what_to_mend(desk: Support, capsys: pytest.CaptureFixture[str]) -> None:
    Source.objects.filter(support=desk).delete()
    with pytest.raises(CommandError, match="1件"):
        call_command("publish", by="さくら")
    assert "・「あかり電話」: 出典がありません。" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("link", "values", "said"),
    [
        ("support:gone", {}, "「gone」がないか"),
        ("support:hinata", {"publication": Publication.DRAFT}, "「hinata」がないか"),
        ("support:hinata", {"publication": Publication.ARCHIVED}, "公開されていないか"),
        (
            "support:hinata",
            {"status": "ended", "replaced_note": "2024年に終わりました。あかり電話へ。"},
            "終わっています",
        ),
        ("support:hinata#chat", {}, "「チャット」がありません"),
        ("support:hinata#smoke", {}, "「smoke」がありません"),
        ('support:hinata "題"', {}, "[名前](support:記号)"),
    ],
)
def test_a_text_that_names_an_entry_nobody_can_use_is_refused(
    desk: Support, link: str, values: dict[str, Any], said: str
) -> None:
    change(make_support("hinata", "ひなた電話"), **values)
    FAQ.objects.create(
        slug="odd", group="calling", question="質問", answer=f"[ひなた]({link})へ", publication="published"
    )
    (problem,) = problems()
    assert "よくある質問「質問」" in problem
    assert said in problem


def test_a_text_that_names_an_entry_of_the_release_is_published(desk: Support) -> None:
    tip = Tip.objects.create(slug="fine", title="題", body="[あかり](support:akari#phone)へ", publication="published")
    TipSource.objects.create(tip=tip, title="資料", publisher="official")
    assert problems() == []
