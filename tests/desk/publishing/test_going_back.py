"""Going back to an older Release takes two people where it changes what could cost a life."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from catalog.models import CurrentRelease, Release
from catalog.release import serving
from catalog.release.publishing import ContentChanged, NeedsSecondPerson, publish, restore
from catalog.release.sections import Section, sections
from chatbot.diff import describe_flows
from desk.models import PublishRequest
from tests.catalog.samples import change, current
from tests.chatbot.samples import choice, flow_data, question

from .conftest import Content
from .test_page import page, press, text
from .test_releases import go_back, see
from .test_requests import answer, is_open

ANSWERS = {"hit": choice("hit", "danger:violence"), "work": choice("work", "worry:work")}


@pytest.fixture
def newer(content: Content) -> Release:
    content.edit_number()
    return publish(by="さくら", approved_by="つばき")


def asked_by(browser: Client, release: Release, *, instead_of: Release) -> PublishRequest:
    assert "もどすことをたのみました" in go_back(browser, release, instead_of=instead_of)
    return PublishRequest.objects.latest("pk")


@pytest.mark.parametrize(
    "edit",
    [
        Content.edit_number,
        lambda content: change(content.line.contacts.get(), via="chat", value="https://hinata.example/"),
        lambda content: change(content.crisis, summary="いつでも話せます。"),
    ],
)
def test_one_person_alone_does_not_go_back(content: Content, edit: Callable[[Content], object]) -> None:
    edit(content)
    newest = publish(by="さくら", approved_by="つばき")
    for approved_by in ("", "さくら"):
        with pytest.raises(NeedsSecondPerson):
            restore(content.release, by="さくら", instead_of=newest, approved_by=approved_by)
    assert current() == newest
    restore(content.release, by="さくら", instead_of=newest, approved_by="つばき")
    assert current() == content.release


def test_one_person_alone_does_not_go_back_to_a_flow_without_its_danger_facts(
    content: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    flows = [flow_data(question("worry", choice("hit"), ANSWERS["work"]))]
    section = Section(lambda: flows, lambda directory: [], label="質問の流れ", describe=describe_flows)
    monkeypatch.setitem(sections, "flows", section)
    without = publish(by="さくら", approved_by="つばき")
    flows[:] = [flow_data(question("worry", *ANSWERS.values()))]
    newest = publish(by="さくら", approved_by="つばき")
    with pytest.raises(NeedsSecondPerson, match="危険につながる質問が変わります"):
        restore(without, by="さくら", instead_of=newest)
    assert current() == newest


def test_the_page_says_why_and_offers_to_ask(content: Content, newer: Release, approver: Client) -> None:
    said = see(approver, "release-restore", content.release.number)
    assert "電話番号やアドレスが変わります。" in said
    assert "もどすには、ほかの人の承認がいります" in said
    assert f"{content.release} にもどすことをたのむ" in said


def test_two_people_go_back(content: Content, newer: Release, approver: Client, manager: Client) -> None:
    asked = asked_by(approver, content.release, instead_of=newer)
    assert current() == newer
    assert f"{content.release} にもどす申しこみ" in page(manager)
    assert "0120-000-222→公開のあと:0120-000-111" in text(see(manager, "release-restore", content.release.number))
    assert "公開しています" in answer(manager, "approve", asked)
    assert current() == content.release
    assert serving.current().number == content.release.number
    assert CurrentRelease.objects.get().changed_by == "すずき"
    assert f"すずきさんの申しこみを承認して、{newer}から、{content.release}にもどしました" in see(manager, "releases")
    assert not is_open(asked)


def test_nobody_approves_their_own_going_back(content: Content, newer: Release, approver: Client) -> None:
    asked = asked_by(approver, content.release, instead_of=newer)
    assert "承認して" not in see(approver, "release-restore", content.release.number)
    answer(approver, "approve", asked)
    assert current() == newer
    assert is_open(asked)


def test_those_who_may_not_publish_approve_no_going_back(
    content: Content, newer: Release, approver: Client, editor: Client, viewer: Client
) -> None:
    asked = asked_by(approver, content.release, instead_of=newer)
    for browser in (editor, viewer):
        answer(browser, "approve", asked)
    assert current() == newer
    assert is_open(asked)


def test_a_release_that_came_meanwhile_puts_it_out_of_date(
    content: Content, newer: Release, approver: Client, manager: Client
) -> None:
    asked = asked_by(approver, content.release, instead_of=newer)
    content.edit_text()
    newest = publish(by="さくら")
    assert "申しこみのあとに公開版が変わったため" in page(manager)
    assert "承認して" not in see(manager, "release-restore", content.release.number)
    assert "承認できません" in answer(manager, "approve", asked)
    assert current() == newest
    with pytest.raises(ContentChanged):
        restore(content.release, by="さくら", instead_of=newer, approved_by="つばき")


def test_asking_twice_is_asking_once(content: Content, newer: Release, approver: Client, manager: Client) -> None:
    asked_by(approver, content.release, instead_of=newer)
    assert "もうたのまれています" in go_back(manager, content.release, instead_of=newer)
    assert PublishRequest.objects.count() == 1


def test_asking_to_go_back_and_to_publish_are_apart(content: Content, newer: Release, approver: Client) -> None:
    asked = asked_by(approver, content.release, instead_of=newer)
    content.edit_number("0120-000-111")
    press(approver, "publish-ask")
    assert is_open(asked)
    assert PublishRequest.objects.still_open().to_publish().count() == 1


def test_a_withdrawn_going_back_is_over(content: Content, newer: Release, approver: Client, manager: Client) -> None:
    asked = asked_by(approver, content.release, instead_of=newer)
    assert "取り下げました" in answer(approver, "withdraw", asked)
    assert "もう終わっています" in answer(manager, "approve", asked)
    assert current() == newer


def test_one_curator_goes_back_alone_and_it_is_written_down(
    content: Content, newer: Release, approver: Client, settings: Settings
) -> None:
    settings.ONE_CURATOR = True
    assert "そのままもどせます" in see(approver, "release-restore", content.release.number)
    go_back(approver, content.release, instead_of=newer)
    assert current() == content.release
    assert "に1人でもどしました" in see(approver, "releases")
