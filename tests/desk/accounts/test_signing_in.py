"""Signing in at the desk: with both factors or not at all."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.test.utils import override_settings
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.directory.directory import Directory
from desk.site import desk
from tests.desk.conftest import PASSWORD, signed_in, staff_member

pytestmark = pytest.mark.django_db

LOGIN = "/desk/login/"
DESK = "/desk/"


@pytest.fixture
def sato() -> User:
    """Somebody with both factors and one recovery code."""
    user = staff_member("さとう", "編集者")
    StaticDevice.objects.create(user=user, name="予備のコード").token_set.create(token="1234567890")
    return user


def code_of(user: User, later: int = 0) -> str:
    """What the telephone shows, so many seconds from now."""
    return code_now(TOTPDevice.objects.get(user=user).bin_key, later)


def code_now(secret: bytes, later: int = 0) -> str:
    totp = TOTP(secret)
    totp.time = time.time() + later
    return f"{totp.token():06}"


def wrong_code(user: User) -> str:
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in near_codes(user))


def near_codes(user: User) -> set[str]:
    return {code_of(user, later) for later in range(-90, 91, 30)}


def try_with(client: Client, name: str = "さとう", password: str = PASSWORD, code: str = "", **more: Any) -> Any:
    return client.post(LOGIN, {"username": name, "password": password, "otp_token": code, "next": DESK}, **more)


def is_in(client: Client) -> bool:
    return client.get(DESK).status_code == 200


def what_is_said(response: Any) -> str:
    return " ".join(re.findall(r'class="errornote"[^>]*>(.*?)</p>', response.content.decode()))


def test_name_password_and_code_open_the_desk(sato: User) -> None:
    client = Client()
    response = try_with(client, code=code_of(sato))
    assert (response.status_code, response["Location"]) == (302, DESK)
    assert is_in(client)


def test_a_code_typed_in_full_width_with_a_space_is_the_same_code(sato: User) -> None:
    code = code_of(sato).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    client = Client()
    try_with(client, code=f" {code[:3]}　{code[3:]} ")
    assert is_in(client)


def test_signing_in_goes_on_to_the_page_that_was_asked_for_but_never_to_another_site(sato: User) -> None:
    asked = f"{DESK}password_change/"
    assert Client().get(asked)["Location"] == f"{LOGIN}?next={asked}"
    sent = {"username": "さとう", "password": PASSWORD, "otp_token": code_of(sato)}
    assert Client().post(LOGIN, sent | {"next": "https://evil.example/"})["Location"] == DESK


def test_wrong_password_wrong_code_unknown_name_and_inactive_person_are_told_the_same(sato: User) -> None:
    staff_member("やめた").delete()
    gone = staff_member("もういない")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    answers = [
        try_with(Client(), password="not this one", code=code_of(sato)),
        try_with(Client(), code=wrong_code(sato)),
        try_with(Client(), code="9876543210"),
        try_with(Client(), name="だれか", code="123456"),
        try_with(Client(), name="もういない", code=code_of(gone)),
    ]
    said = {what_is_said(answer) for answer in answers}
    assert len(said) == 1
    assert "名前・パスワード・確認コードのどれかがちがいます" in said.pop()
    for answer in answers:
        assert answer.status_code == 200
        assert PASSWORD not in answer.content.decode()


def test_without_a_code_nothing_is_said_about_the_password(sato: User) -> None:
    right, wrong = (try_with(Client(), password=password) for password in (PASSWORD, "not this one"))
    for answer in (right, wrong):
        assert "確認コードを入れてください" in answer.content.decode()
        assert what_is_said(answer) == ""


def test_a_code_opens_the_desk_once(sato: User) -> None:
    code = code_of(sato)
    try_with(Client(), code=code)
    second = Client()
    assert what_is_said(try_with(second, code=code))
    assert not is_in(second)


def test_after_a_wrong_code_the_next_has_to_wait_a_moment(sato: User) -> None:
    try_with(Client(), code=wrong_code(sato))
    hasty = Client()
    try_with(hasty, code=code_of(sato))
    assert not is_in(hasty)
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(seconds=2))
    patient = Client()
    try_with(patient, code=code_of(sato))
    assert is_in(patient)


def test_a_recovery_code_opens_the_desk_once(sato: User) -> None:
    first, second = Client(), Client()
    try_with(first, code="12345-67890")
    try_with(second, code="1234567890")
    assert is_in(first)
    assert not is_in(second)


def test_another_persons_code_does_not_help(sato: User) -> None:
    other = staff_member("すずき", "管理者")
    client = Client()
    try_with(client, code=code_of(other))
    assert not is_in(client)


@pytest.mark.parametrize("wrong", ["password", "code"])
def test_five_failures_lock_the_name_at_that_address_for_an_hour(
    sato: User, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        answer = fail(sato, wrong)
        assert answer.status_code == 200
    answer = fail(sato, wrong)
    page = answer.content.decode()
    assert answer.status_code == 429
    again_at = timezone.localtime() + timedelta(hours=1)
    said = {f"{moment.hour}時{moment:%M}分を過ぎたら" for moment in (again_at, again_at - timedelta(minutes=1))}
    assert any(words in page for words in said)
    assert "管理者" in page

    client = Client()
    assert try_with(client, code=code_of(sato)).status_code == 429
    assert not is_in(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    TOTPDevice.objects.update(throttling_failure_count=0)
    try_with(elsewhere, code=code_of(sato))
    assert is_in(elsewhere)

    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(hours=1, minutes=1))
    monkeypatch.setattr("axes.handlers.proxy.now", timezone.now)
    monkeypatch.setattr("axes.attempts.now", timezone.now, raising=False)
    TOTPDevice.objects.update(throttling_failure_count=0, last_t=-1)
    assert try_with(client, code=code_of(sato)).status_code == 302
    assert is_in(client)


def fail(user: User, how: str) -> Any:
    if how == "password":
        return try_with(Client(), password="not this one", code="123456")
    return try_with(Client(), code=wrong_code(user))


def fail_everywhere(failures: int, name: str = "さとう") -> Any:
    """One failure from each of so many addresses."""
    for host in range(1, failures + 1):
        answer = try_with(Client(REMOTE_ADDR=f"198.51.100.{host}"), name=name, password="no", code="123456")
    return answer


def test_twenty_failures_from_anywhere_lock_the_name_everywhere(sato: User, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = signed_in(sato)
    assert fail_everywhere(19).status_code == 200
    try_with(Client(REMOTE_ADDR="203.0.113.9"), name="すずき", password="no", code="123456")
    assert fail_everywhere(1).status_code == 429
    client = Client(REMOTE_ADDR="192.0.2.7")
    answer = try_with(client, code=code_of(sato))
    assert answer.status_code == 429
    page = answer.content.decode()
    again_at = timezone.localtime() + timedelta(hours=1)
    said = {f"{moment.hour}時{moment:%M}分を過ぎたら" for moment in (again_at, again_at - timedelta(minutes=1))}
    assert any(words in page for words in said)
    assert "管理者" in page
    assert is_in(inside), "work at the desk goes on"
    other = staff_member("すずき", "編集者")
    try_with(client, name="すずき", code=code_of(other))
    assert is_in(client), "nobody else is locked"

    real = timezone.now
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: real() + timedelta(hours=1, minutes=1))
    later = Client(REMOTE_ADDR="192.0.2.7")
    assert try_with(later, code=code_of(sato)).status_code == 302


def test_failures_at_other_addresses_do_not_hasten_the_lock_at_ones_own(sato: User) -> None:
    fail_everywhere(15)
    assert try_with(Client(), code=code_of(sato)).status_code == 302


def test_a_manager_can_take_the_lock_of_a_name_off(sato: User, manager: Client) -> None:
    fail_everywhere(20)
    manager.post(f"{DESK}auth/user/", {"action": "unlock", "_selected_action": [sato.pk]})
    assert try_with(Client(), code=code_of(sato)).status_code == 302


def test_a_manager_can_take_the_lock_off(sato: User, manager: Client) -> None:
    for _ in range(5):
        fail(sato, "password")
    manager.post(f"{DESK}auth/user/", {"action": "unlock", "_selected_action": [sato.pk]})
    client = Client()
    try_with(client, code=code_of(sato))
    assert is_in(client)


def test_what_was_typed_is_not_kept_with_the_failure(sato: User) -> None:
    try_with(Client(), password="not this one", code="1234567890")
    kept = AccessAttempt.objects.get()
    assert "not this one" not in kept.post_data
    assert "1234567890" not in kept.post_data


@override_settings(HTTPS=True, SECURE_SSL_REDIRECT=False)
def test_behind_the_proxy_an_address_that_somebody_made_up_does_not_count(sato: User) -> None:
    for made_up in range(5):
        try_with(Client(), password="no", code="123456", HTTP_X_FORWARDED_FOR=f"10.0.0.{made_up}, 192.0.2.1")
    assert try_with(Client(), code=code_of(sato), HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.1").status_code == 429
    assert try_with(Client(), code=code_of(sato), HTTP_X_FORWARDED_FOR="192.0.2.2").status_code == 302


def all_urls(patterns: list[URLPattern | URLResolver], before: str = DESK) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        address = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from all_urls(pattern.url_patterns, address)
        else:
            filled = re.sub(
                r"<(?:(\w+):)?\w+>", lambda m: "1" if m[1] in (None, "int", "path", "str") else "a", address
            )
            yield pattern.name or "", re.sub(r"\(\?P<\w+>[^)]*\)|[$^?]|\\Z", "x", filled)


OPEN_TO_ALL = {"login", "logout", "invitation"}


@pytest.mark.parametrize(
    "who", ["nobody", "password alone", "two factors but not of the staff", "somebody else's telephone"]
)
def test_without_both_factors_no_address_of_the_desk_shows_anything(who: str, sato: User) -> None:
    client = Client()
    if who == "password alone":
        client.force_login(sato, backend="django.contrib.auth.backends.ModelBackend")
    elif who == "two factors but not of the staff":
        client = signed_in(sato)
        User.objects.filter(pk=sato.pk).update(is_staff=False)
    elif who == "somebody else's telephone":
        client = signed_in(sato)
        TOTPDevice.objects.filter(user=sato).update(user=staff_member("すずき").pk)
    walked = 0
    for name, address in all_urls(desk.get_urls()):
        if name in OPEN_TO_ALL:
            continue
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302, address
            assert answer["Location"].startswith(LOGIN), address
        walked += 1
    assert walked > 10


def test_who_is_made_inactive_or_loses_the_telephone_is_out_at_once(sato: User) -> None:
    client = signed_in(sato)
    assert is_in(client)
    User.objects.filter(pk=sato.pk).update(is_active=False)
    assert not is_in(client)
    User.objects.filter(pk=sato.pk).update(is_active=True)
    assert is_in(signed_in(sato))
    other = signed_in(sato)
    TOTPDevice.objects.filter(user=sato).delete()
    assert not is_in(other)


def test_signing_out_ends_the_session(editor: Client) -> None:
    answer = editor.post(f"{DESK}logout/")
    assert "サインアウトしました" in answer.content.decode()
    assert not is_in(editor)


def test_a_session_ends_two_hours_after_the_last_page(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_in(editor)
    start = timezone.now()
    for minutes, still_in in ((110, True), (220, True), (341, False)):
        monkeypatch.setattr(timezone, "now", lambda minutes=minutes: start + timedelta(minutes=minutes))
        assert is_in(editor) is still_in


def test_cookies_go_to_the_desk_only_and_end_with_the_browser(sato: User) -> None:
    client = Client()
    client.get(LOGIN)
    try_with(client, code=code_of(sato))
    assert set(client.cookies) == {"csrftoken", "sessionid"}
    for cookie in client.cookies.values():
        assert cookie["path"] == DESK
        assert (cookie["max-age"], cookie["expires"]) == ("", "")
        assert cookie["samesite"] == "Lax"
    assert client.cookies["sessionid"]["httponly"]


def test_a_public_page_gives_nobody_a_cookie(web: Client, editor: Client) -> None:
    """Staff included: their browser does not send the desk's cookies there."""
    for client in (web, Client()):
        for address in ("/", reverse("under18"), reverse("list")):
            answer = client.get(address)
            assert not answer.cookies
            assert "Cookie" not in answer.get("Vary", "")
    assert Session.objects.count() == 1


def test_a_password_is_changed_with_the_old_one_and_the_second_factor_stays(sato: User) -> None:
    here, elsewhere = signed_in(sato), signed_in(sato)
    new = "もっと ながい ことば ならび"
    sent = {"old_password": "not this one", "new_password1": new, "new_password2": new}
    assert here.post(f"{DESK}password_change/", sent).status_code == 200
    assert here.post(f"{DESK}password_change/", sent | {"old_password": PASSWORD}).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    again = Client()
    try_with(again, password=new, code=code_of(sato))
    assert is_in(again)


def test_somebody_of_the_public_at_the_desk_is_asked_to_sign_in_kindly(directory: Directory) -> None:
    page = Client().get(LOGIN).content.decode()
    assert '<html lang="ja"' in page
    for word in ("名前", "パスワード", "確認コード", "予備のコード", "管理者"):
        assert word in page
    assert not re.search(r"<script(?![^>]*src)|\sstyle=|\son\w+=", page)
