"""Flows at the desk: questions and answers are edited, what is broken is named, and each answer says how many entries it leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from chatbot.models import Choice, Flow, Question
from tests.catalog.samples import change
from tests.site.browsing import Page

from .flow_pages import flow_url, page, question_url, save

pytestmark = pytest.mark.django_db


def told(response: Any) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def errors(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(element.text for element in Page(response).all(class_="errorlist"))


def prefix_of(choice: Choice) -> str:
    place = list(choice.question.choices.values_list("pk", flat=True)).index(choice.pk)
    return f"choices-{place}"


# Who may


def test_a_viewer_sees_and_changes_nothing(viewer: Client, money: Question, general: Flow) -> None:
    for address in (question_url(money), flow_url(general)):
        assert not page(viewer, address).all("input", name="_save")
        assert viewer.post(address, {"prompt": "ちがう質問"}).status_code == 403
    assert "悩み：" in page(viewer, question_url(money)).text
    assert "worry:" not in page(viewer, question_url(money)).text
    assert "の人には聞かない" in page(viewer, question_url(Question.objects.get(flow=general, key="who"))).text
    assert viewer.get(reverse("admin:chatbot_question_add")).status_code == 403
    money.refresh_from_db()
    assert money.prompt != "ちがう質問"


def test_staff_of_no_group_see_nothing_of_it(sign_in: Callable[..., Client], money: Question, general: Flow) -> None:
    nobody = sign_in("だれか")
    for address in (
        question_url(money),
        flow_url(general),
        reverse("admin:chatbot_flow_map", args=[general.pk]),
        reverse("admin:chatbot_question_reach", args=[money.pk]),
    ):
        assert nobody.get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_nobody_deletes_a_question_or_adds_a_flow(manager: Client, money: Question, general: Flow) -> None:
    assert manager.get(reverse("admin:chatbot_question_delete", args=[money.pk])).status_code == 403
    assert manager.get(reverse("admin:chatbot_flow_delete", args=[general.pk])).status_code == 403
    assert manager.get(reverse("admin:chatbot_flow_add")).status_code == 403


# Editing


def test_saving_without_a_change_changes_nothing(editor: Client, money: Question) -> None:
    before = list(Choice.objects.filter(question=money).values()), Question.objects.filter(pk=money.pk).values()[0]
    assert save(editor, question_url(money)).status_code == 302
    after = list(Choice.objects.filter(question=money).values()), Question.objects.filter(pk=money.pk).values()[0]
    assert after == before


def test_facts_are_shown_and_picked_in_words(editor: Client, money: Question) -> None:
    rent = money.choices.get(key="rent")
    shown = page(editor, question_url(money))
    words = [box["value"] for box in shown.all("input", name=f"{prefix_of(rent)}-facts")]
    assert words[0].startswith("悩み：")
    assert "worry:" not in " ".join(words)
    assert words[0] in {option["value"] for option in shown.one("datalist").all("option")}

    parent = next(o["value"] for o in shown.one("datalist").all("option") if o["value"].startswith("対象：子ども"))
    picked = {f"{prefix_of(rent)}-facts": [words[0], "", parent]}
    response = save(editor, question_url(money), lambda fields: fields.update(picked))
    assert response.status_code == 302
    rent.refresh_from_db()
    assert rent.facts[0] == "worry:rent"
    assert rent.facts[1].startswith("tag:")
    assert len(rent.facts) == 2


def test_a_word_that_is_not_in_the_list_is_refused_with_what_is_near(editor: Client, money: Question) -> None:
    rent = money.choices.get(key="rent")
    name = f"{prefix_of(rent)}-facts"
    response = save(editor, question_url(money), lambda fields: fields.update({name: ["家賃"]}))
    assert "「家賃」は、ことばの表にありません。近いもの: 「悩み：" in errors(response)
    assert "家賃" in [box["value"] for box in Page(response).all("input", name=name)]  # what was typed is still there


def test_a_fact_that_no_longer_exists_is_shown_and_must_be_mended(editor: Client, money: Question) -> None:
    rent = money.choices.get(key="rent")
    change(rent, facts=["worry:gone"])
    assert "「worry:gone」は、ことばの表にありません" in errors(save(editor, question_url(money)))


def test_the_next_question_is_one_of_the_same_flow(editor: Client, money: Question) -> None:
    other = Question.objects.filter(flow__key="under18")[0]
    offered = page(editor, question_url(money)).one("select", name="next").all("option")
    assert {option["value"] for option in offered} == {
        "", *(str(q.pk) for q in Question.objects.filter(flow=money.flow).exclude(pk=money.pk))
    }  # fmt: skip
    response = save(editor, question_url(money), lambda fields: fields.update({"next": [str(other.pk)]}))
    assert errors(response)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"multiple": ["on"], "most": ["1"]}, "2以上の数"),
        ({"most": ["3"]}, "1にしてください"),
        ({"choices-0-ends": ["on"], "choices-0-next": ["{way}"]}, "どちらか1つ"),
        ({"choices-0-icon": ["dragon"]}, "絵「dragon」はありません"),
    ],
)
def test_what_makes_no_sense_is_explained(
    editor: Client, money: Question, fields: dict[str, list[str]], said: str
) -> None:
    way = str(Question.objects.get(flow=money.flow, key="way").pk)
    sent = {name: [value.replace("{way}", way) for value in values] for name, values in fields.items()}
    assert said in errors(save(editor, question_url(money), lambda form: form.update(sent)))


def test_a_new_question_goes_behind_the_others(editor: Client, general: Flow) -> None:
    last = max(general.questions.values_list("position", flat=True))
    add = reverse("admin:chatbot_question_add") + f"?flow={general.pk}"
    new = {"prompt": ["あたらしい質問"], "key": ["new"], "choices-TOTAL_FORMS": ["2"]}
    for place, key in enumerate(("yes", "no")):
        new |= {f"choices-{place}-{name}": [key] for name in ("key", "label")}

    def write(fields: dict[str, list[str]]) -> None:
        fields.update(new)

    response = save(editor, add, write)
    assert response.status_code == 302
    question = Question.objects.get(key="new")
    assert (question.flow, question.position) == (general, last + 10)
    assert [(c.key, c.position) for c in question.choices.all()] == [("yes", 10), ("no", 20)]
    assert "どこからも来られない質問があります: new" in told(response)


# What is broken


def test_a_broken_flow_is_saved_and_what_is_broken_is_named(editor: Client, money: Question) -> None:
    response = save(editor, question_url(money), lambda fields: fields.update({"is_archived": ["on"]}))
    assert response.status_code == 302
    said = told(response)
    assert "このままでは公開できません" in said
    assert f"しまってある質問「{money.prompt}」につながっています" in said
    assert "の答え「お金・食べもの・住まいに困っている」" in said
    for address in (flow_url(money.flow), question_url(money)):
        assert page(editor, address).all(class_="flow-problems")


def test_kanji_without_a_reading_in_the_flow_for_children_is_named(editor: Client) -> None:
    question = Question.objects.get(flow__key="under18", key="way")
    response = save(editor, question_url(question), lambda fields: fields.update({"prompt": ["学校のこと"]}))
    assert response.status_code == 302
    assert "「学校」によみがながありません" in told(response)


def test_a_sound_flow_is_saved_without_a_word(editor: Client, money: Question) -> None:
    response = save(editor, question_url(money), lambda fields: fields.update({"prompt": ["何に困っていますか。"]}))
    assert "公開できません" not in told(response)
    assert not page(editor, flow_url(money.flow)).all(class_="flow-problems")


# The map


def test_the_map_shows_every_question_and_leads_to_it(viewer: Client, general: Flow) -> None:
    shown = page(viewer, flow_url(general))
    svg = shown.one("svg", class_="flow-svg")
    urls = {question_url(question) for question in general.questions.all()}
    assert {link["href"] for link in svg.all("a")} == urls
    in_words = shown.one("ol", class_="flow-list")
    assert urls <= {link["href"] for link in in_words.all("a")}
    assert svg["aria-hidden"] == "true"
    assert {link["tabindex"] for link in svg.all("a")} == {"-1"}
    assert not [element for element in svg if "style" in element.attrs]


def test_a_question_that_was_put_away_is_not_on_the_map(viewer: Client, money: Question) -> None:
    change(money, is_archived=True)
    shown = page(viewer, flow_url(money.flow))
    assert question_url(money) not in [link["href"] for link in shown.one("svg", class_="flow-svg").all("a")]
    assert question_url(money) in shown.named("href")


def test_a_question_that_nothing_leads_to_is_marked_with_a_word(viewer: Client, general: Flow) -> None:
    Question.objects.create(flow=general, key="stray", prompt="はぐれた質問")
    shown = page(viewer, flow_url(general))
    assert "どこからも来られない質問" in shown.one("svg", class_="flow-svg").text
    assert "はぐれた質問" in shown.one("li", class_="lost").text


def test_who_saves_second_is_told_and_finds_what_was_typed(editor: Client, approver: Client, money: Question) -> None:
    rent = money.choices.get(key="rent")
    facts = f"{prefix_of(rent)}-facts"
    parent = next(
        option["value"]
        for option in page(editor, question_url(money)).one("datalist").all("option")
        if option["value"].startswith("対象：子ども")
    )

    def while_another_saves(fields: dict[str, list[str]]) -> None:
        save(approver, question_url(money), lambda other: other.update({"prompt": ["何に困っていますか。"]}))
        fields[facts] = [parent]

    response = save(editor, question_url(money), while_another_saves)
    assert "先に保存しました" in Page(response).text
    assert parent in [box["value"] for box in Page(response).all("input", name=facts)]
    rent.refresh_from_db()
    assert rent.facts[0] == "worry:rent"
