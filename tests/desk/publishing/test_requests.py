"""公開をたのむ: one person asks for exactly this content, another looks at the same and approves."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from catalog.models import Source
from catalog.release import publishing
from desk.models import PublishRequest
from tests.catalog.samples import change, current
from tests.desk.conftest import SignIn

from .conftest import Content
from .test_page import page, press, text, words


def answer(browser: Client, name: str, asked: PublishRequest) -> str:
    response = browser.post(reverse(f"admin:publish-{name}", args=[asked.pk]), follow=True)
    return words(response.content.decode())


def asked_for(browser: Client, note: str = "番号を直した") -> PublishRequest:
    press(browser, "publish-ask", note=note)
    return PublishRequest.objects.latest("pk")


def is_open(asked: PublishRequest) -> bool:
    asked.refresh_from_db()
    return asked.release is None and not asked.withdrawn


def test_a_number_is_asked_for_and_approved_by_another(content: Content, editor: Client, approver: Client) -> None:
    content.edit_number()
    asked = asked_for(editor)
    html = page(approver)
    assert "さとうさんの申しこみ" in html
    assert "番号を直した" in html
    assert "0120-000-222" in text(html)
    assert "公開しています" in answer(approver, "approve", asked)
    release = current()
    assert (release.published_by, release.approved_by, release.note) == ("さとう", "すずき", "番号を直した")
    asked.refresh_from_db()
    assert asked.release == release
    assert "さとうさんの申しこみ" not in page(approver)


def test_two_approvers_do_it_for_each_other(content: Content, approver: Client, manager: Client) -> None:
    content.edit_number()
    asked = asked_for(approver)
    assert "承認できません" in page(approver)
    assert reverse("admin:publish-approve", args=[asked.pk]) not in page(approver)
    answer(manager, "approve", asked)
    assert (current().published_by, current().approved_by) == ("すずき", "やまだ")


def test_nobody_approves_what_they_asked_for(content: Content, approver: Client) -> None:
    content.edit_number()
    asked = asked_for(approver)
    assert approver.post(reverse("admin:publish-approve", args=[asked.pk])).status_code == 403
    assert current() == content.release
    assert is_open(asked)


def test_an_editor_or_a_viewer_cannot_approve(
    content: Content, editor: Client, viewer: Client, approver: Client
) -> None:
    content.edit_number()
    asked = asked_for(approver)
    for browser in (editor, viewer):
        assert browser.post(reverse("admin:publish-approve", args=[asked.pk])).status_code == 403
        assert reverse("admin:publish-approve", args=[asked.pk]) not in page(browser)
    assert current() == content.release


def test_an_editor_asks_for_a_change_that_needs_nobody_else(content: Content, editor: Client, approver: Client) -> None:
    content.edit_text()
    answer(approver, "approve", asked_for(editor))
    assert current().published_by == "さとう"


def test_content_that_changed_since_puts_a_request_out_of_date(
    content: Content, editor: Client, approver: Client
) -> None:
    content.edit_number()
    asked = asked_for(editor)
    content.edit_number("0120-000-333")
    assert "もう一度たのむか、取り下げてください" in page(editor)
    assert reverse("admin:publish-approve", args=[asked.pk]) not in page(approver)
    assert "承認できません" in answer(approver, "approve", asked)
    assert current() == content.release
    again = asked_for(editor)
    assert not is_open(asked)
    answer(approver, "approve", again)
    assert "0120-000-333" in current().payload


def test_asking_for_what_is_no_longer_there(content: Content, editor: Client) -> None:
    content.edit_number()
    assert "内容が変わりました" in press(editor, "publish-ask", sha256="another")
    assert not PublishRequest.objects.exists()


def test_asking_twice_is_asking_once(content: Content, editor: Client, sign_in: SignIn) -> None:
    content.edit_number()
    asked_for(editor)
    assert "もうたのまれています" in press(editor, "publish-ask")
    assert "もうたのまれています" in press(sign_in("きむら", "編集者"), "publish-ask")
    assert PublishRequest.objects.count() == 1


def test_withdrawing(content: Content, editor: Client, approver: Client) -> None:
    content.edit_number()
    asked = asked_for(editor)
    assert "取り下げました" in answer(editor, "withdraw", asked)
    assert "もう終わっています" in answer(approver, "approve", asked)
    assert "もう終わっています" in answer(editor, "withdraw", asked)
    assert current() == content.release


def test_others_do_not_withdraw_it_unless_they_may_publish(
    content: Content, editor: Client, viewer: Client, approver: Client, sign_in: SignIn
) -> None:
    content.edit_number()
    asked = asked_for(editor)
    for browser in (viewer, sign_in("きむら", "編集者")):
        assert browser.post(reverse("admin:publish-withdraw", args=[asked.pk])).status_code == 403
        assert is_open(asked)
    answer(approver, "withdraw", asked)
    assert not is_open(asked)


def test_approving_twice_gives_one_release(content: Content, editor: Client, approver: Client) -> None:
    content.edit_number()
    asked = asked_for(editor)
    for _ in range(2):
        assert f"公開版 {content.release.number + 1} を公開しています" in answer(approver, "approve", asked)
    assert current().number == content.release.number + 1


def test_what_was_asked_for_and_published_directly_is_done(content: Content, editor: Client, approver: Client) -> None:
    content.edit_text()
    asked = asked_for(editor)
    press(approver, "publish-now")
    asked.refresh_from_db()
    assert asked.release == current()


def test_problems_stop_an_approval_and_leave_the_request_open(
    content: Content, editor: Client, approver: Client
) -> None:
    content.edit_number()
    Source.objects.filter(support=content.line).delete()
    asked = asked_for(editor)
    assert "出典がありません" in answer(approver, "approve", asked)
    assert current() == content.release
    assert is_open(asked)


def test_an_approval_that_fails_in_the_middle_leaves_the_request_open(
    content: Content, editor: Client, approver: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    content.edit_number()
    asked = asked_for(editor)
    monkeypatch.setattr(publishing, "point_public_at", fail)
    with pytest.raises(DatabaseError):
        answer(approver, "approve", asked)
    assert current() == content.release
    assert is_open(asked)


def test_a_request_withdrawn_while_it_is_approved_publishes_nothing(
    content: Content, editor: Client, approver: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    content.edit_number()
    asked = asked_for(editor)
    point = publishing.point_public_at

    def withdraw_then_point(*args: Any, **kwargs: Any) -> None:
        change(asked, withdrawn=True)
        point(*args, **kwargs)

    monkeypatch.setattr(publishing, "point_public_at", withdraw_then_point)
    assert "もう終わっています" in answer(approver, "approve", asked)
    assert current() == content.release
