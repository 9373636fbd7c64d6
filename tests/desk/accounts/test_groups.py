"""The four groups: there after migrate, with what their people may do and nothing else."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from desk.accounts.groups import APPROVER, EDITOR, MANAGER, ROLES, VIEWER, rights

pytestmark = pytest.mark.django_db

CONTENT = ["support", "faq", "tip", "childarticle", "worry", "ageband", "audiencetag"]
FLOWS = ["flow", "question"]
ROWS = ["contact", "hours", "source", "childwords", "tipsource"]


def held(role: str) -> set[str]:
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Group.objects.get(name=role).permissions.select_related("content_type")
    }


def test_the_groups_are_there_after_migrate_and_each_holds_all_that_it_should() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    for role in ROLES:
        assert held(role) == {f"{label}.{codename}" for label, codename in rights(role)}


def test_each_role_may_do_all_that_the_one_before_may() -> None:
    assert held(VIEWER) < held(EDITOR) < held(APPROVER) < held(MANAGER)


def test_a_viewer_may_only_view() -> None:
    assert {right.split(".")[1].split("_")[0] for right in held(VIEWER)} == {"view"}
    assert {
        "catalog.view_support",
        "chatbot.view_flow",
        "catalog.view_release",
        "desk.view_linkcheck",
        "reports.view_report",
    } <= held(VIEWER)
    assert "catalog.view_historicalsupport" in held(VIEWER)


def test_an_editor_may_write_all_content_and_ask_for_a_release_but_not_publish() -> None:
    for model in [*(f"catalog.%s_{name}" for name in CONTENT + ROWS), *(f"chatbot.%s_{name}" for name in FLOWS)]:
        assert {model % "add", model % "change"} <= held(EDITOR)
    assert {
        "catalog.request_release",
        "desk.add_verification",
        "desk.add_publishrequest",
        "reports.change_report",
    } <= held(EDITOR)
    assert "catalog.publish_release" not in held(EDITOR)
    assert "catalog.publish_release" in held(APPROVER)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_may_delete_but_rows_of_an_entry_nor_touch_a_release(role: str) -> None:
    deletes = {right.split("_", 1)[1] for right in held(role) if ".delete_" in right}
    assert deletes == (set() if role == VIEWER else {*ROWS, "choice"})
    touches = {right for right in held(role) if right.endswith(("release", "currentrelease")) and ".view_" not in right}
    assert touches <= {"catalog.publish_release", "catalog.request_release"}


def test_only_managers_see_who_works_here_and_nobody_makes_up_rights() -> None:
    for role in (VIEWER, EDITOR, APPROVER):
        assert not {right for right in held(role) if right.startswith("auth.")}
    assert {right for right in held(MANAGER) if right.startswith("auth.")} == {
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
    }


def test_the_next_migrate_mends_a_group_that_was_changed_or_lost() -> None:
    Group.objects.get(name=VIEWER).permissions.add(Permission.objects.get(codename="publish_release"))
    Group.objects.get(name=EDITOR).delete()
    call_command("migrate", verbosity=0)
    assert "catalog.publish_release" not in held(VIEWER)
    assert "catalog.change_support" in held(EDITOR)
