"""Who works here: managers see and change it, nobody gives themselves more rights, nobody is deleted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoAssertNumQueries

from desk.accounts.groups import APPROVER, EDITOR, MANAGER, ROLES, ROWS, VIEWER
from desk.site import desk
from tests.desk.conftest import SignIn, signed_in, staff_member

pytestmark = pytest.mark.django_db

STAFF = "/desk/auth/user/"


def page_of(user: User) -> str:
    return f"{STAFF}{user.pk}/change/"


def invite_page(user: User) -> str:
    return f"{STAFF}{user.pk}/invite/"


def role(name: str) -> int:
    return Group.objects.get(name=name).pk


def roles_of(name: str) -> list[str]:
    return [group.name for group in User.objects.get(username=name).groups.all()]


@pytest.fixture
def sato() -> User:
    return staff_member("さとう", EDITOR)


@pytest.mark.parametrize("who", [VIEWER, EDITOR, APPROVER])
def test_who_is_no_manager_neither_sees_nor_changes_who_works_here(who: str, sign_in: SignIn, sato: User) -> None:
    client = sign_in("たなか", who)
    me = User.objects.get(username="たなか")
    for address in (STAFF, f"{STAFF}add/", page_of(sato), page_of(me), invite_page(sato), f"{STAFF}{sato.pk}/history/"):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {"role": role(MANAGER), "is_active": "on"}).status_code == 403, address
    assert client.get("/desk/auth/group/").status_code == 404
    assert roles_of("たなか") == [who]
    assert not TOTPDevice.objects.filter(confirmed=False).exists()


def test_the_page_that_refuses_says_whom_to_ask(viewer: Client) -> None:
    page = viewer.get(STAFF).content.decode()
    assert "管理者" in page
    assert "役割" in page


def test_a_manager_invites_somebody_new(manager: Client) -> None:
    answer = manager.post(f"{STAFF}add/", {"username": "すずき", "role": role(APPROVER)}, follow=True)
    new = User.objects.get(username="すずき")
    assert answer.request["PATH_INFO"] == invite_page(new)
    assert (new.is_staff, new.is_active, new.is_superuser, new.has_usable_password()) == (True, True, False, False)
    assert roles_of("すずき") == [APPROVER]

    assert not TOTPDevice.objects.filter(user=new).exists(), "looking at the page makes no link"
    page = manager.post(invite_page(new)).content.decode()
    link = re.search(r'value="https?://[^/"]+(/desk/invitation/[^"]+)"', page)
    assert link
    assert "すずき さん、ようこそ" in Client().get(link[1]).content.decode()
    assert "招待リンク" in LogEntry.objects.filter(object_id=str(new.pk)).latest("pk").change_message


def test_the_page_says_what_a_new_link_ends_before_it_is_made(manager: Client, sato: User) -> None:
    assert "すぐに" in manager.get(invite_page(sato)).content.decode()
    assert TOTPDevice.objects.get(user=sato).confirmed


def test_a_manager_changes_a_role_and_lets_somebody_go(manager: Client, sato: User) -> None:
    theirs = signed_in(sato)
    manager.post(page_of(sato), {"role": role(VIEWER)})
    sato.refresh_from_db()
    assert roles_of("さとう") == [VIEWER]
    assert not sato.is_active
    assert theirs.get("/desk/").status_code == 302
    page = manager.post(invite_page(sato)).content.decode()
    assert "有効" in page
    assert "/invitation/" not in page


@pytest.mark.parametrize(
    "sent",
    [
        {"is_superuser": "on", "is_staff": "", "username": "べつの名"},
        {"user_permissions": ["1", "2", "3"], "groups": ["1", "2", "3", "4"]},
        {"password": "pbkdf2_sha256$1$a$b"},
    ],
)
def test_what_is_not_on_the_page_cannot_be_sent(manager: Client, sato: User, sent: dict[str, Any]) -> None:
    before = User.objects.filter(pk=sato.pk).values("username", "is_superuser", "is_staff", "password").get()
    manager.post(page_of(sato), {"role": role(EDITOR), "is_active": "on"} | sent)
    assert User.objects.filter(pk=sato.pk).values(*before).get() == before
    assert not User.objects.get(pk=sato.pk).user_permissions.exists()
    assert roles_of("さとう") == [EDITOR]


def test_only_the_four_groups_can_be_given(manager: Client, sato: User) -> None:
    other = Group.objects.create(name="なんでもできる人")
    page = manager.post(page_of(sato), {"role": other.pk, "is_active": "on"})
    assert page.status_code == 200
    assert roles_of("さとう") == [EDITOR]
    assert "なんでもできる人:" not in page.content.decode()


def test_a_manager_changes_nothing_about_themselves_so_that_one_stays(manager: Client) -> None:
    me = User.objects.get(username="やまだ")
    assert manager.post(page_of(me), {"role": role(VIEWER)}).status_code == 403
    me.refresh_from_db()
    assert me.is_active
    assert roles_of("やまだ") == [MANAGER]
    page = manager.get(page_of(me)).content.decode()
    assert MANAGER in page
    assert invite_page(me) in page


def test_a_manager_cannot_become_a_superuser_by_a_superusers_invitation(manager: Client) -> None:
    root = User.objects.create_superuser("root")
    assert manager.post(invite_page(root)).status_code == 403
    assert manager.post(page_of(root), {"role": role(VIEWER)}).status_code == 403
    root.refresh_from_db()
    assert root.is_active
    assert not TOTPDevice.objects.filter(user=root).exists()


def test_a_viewer_adds_nothing_anywhere_at_the_desk(viewer: Client) -> None:
    for model in desk._registry:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
        assert viewer.get(address).status_code == 403, address
        assert viewer.post(address).status_code == 403, address


@pytest.mark.parametrize("who", ROLES)
def test_nobody_deletes_anything_at_the_desk_but_rows_of_an_entry(who: str, sign_in: SignIn) -> None:
    client = sign_in("いとう", who)
    for model in set(desk._registry) - ROWS:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_delete", args=[1])
        assert client.post(address, {"post": "yes"}).status_code == 403, address


def test_nobody_is_deleted(manager: Client, sato: User) -> None:
    assert manager.post(f"{STAFF}{sato.pk}/delete/", {"post": "yes"}).status_code == 403
    manager.post(STAFF, {"action": "delete_selected", "_selected_action": [sato.pk], "post": "yes"})
    assert User.objects.filter(pk=sato.pk).exists()


def test_the_list_cannot_be_used_to_guess_at_a_password(manager: Client, sato: User) -> None:
    assert manager.get(f"{STAFF}?password__startswith=md5").status_code == 400


def test_a_manager_who_renews_their_own_telephone_still_gets_to_see_the_link(manager: Client) -> None:
    me = User.objects.get(username="やまだ")
    assert "あなた自身" in manager.get(invite_page(me)).content.decode()
    assert "/desk/invitation/" in manager.post(invite_page(me)).content.decode()
    assert manager.get("/desk/").status_code == 302


def test_the_list_shows_who_is_ready_with_few_queries(
    manager: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        staff_member(f"人{number}", list(ROLES)[number % 4])
    manager.post(f"{STAFF}add/", {"username": "あたらしい人", "role": role(VIEWER)})
    manager.post(invite_page(User.objects.get(username="あたらしい人")))
    with django_assert_max_num_queries(14):
        page = manager.get(STAFF).content.decode()
    assert page.count("登録ずみ") == 31
    assert page.count("招待中") == 1
