"""The way into the desk: an invitation, a password, a telephone, recovery codes. Once."""

from __future__ import annotations

import re
import time
from base64 import b32decode
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.test.utils import override_settings
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.groups import ROLES
from desk.accounts.invitations import MOST_BROWSERS, invite
from desk.models import Invitation, InvitationOpening
from tests.desk.conftest import PASSWORD, signed_in, staff_member

from .test_signing_in import DESK, code_now, code_of, is_in, try_with

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "むらさきの ちいさな かさ 27"


def make_staff(*arguments: str) -> str:
    said = StringIO()
    call_command("make_staff", *arguments, stdout=said)
    return said.getvalue()


def link_in(said: str) -> str:
    """The path of the link that was printed."""
    address = re.search(r"https?://[^/\s]+(/\S+)", said)
    assert address
    return address[1]


@pytest.fixture
def link() -> str:
    return link_in(make_staff("やまだ", "--group", "管理者"))


@pytest.fixture
def yamada(link: str) -> User:
    return User.objects.get(username="やまだ")


def choose(client: Client, link: str, password: str = NEW_PASSWORD, again: str | None = None) -> Any:
    return client.post(link, {"new_password1": password, "new_password2": again or password}, follow=True)


def confirm(client: Client, link: str, code: str) -> Any:
    return client.post(link, {"code": code})


def recovery_codes(page: Any) -> list[str]:
    return re.findall(r"<li><code>([\d ]+)</code></li>", page.content.decode())


def secret_on(page: Any) -> str:
    found = re.search(r'door-secret"><code>([A-Z2-7 ]+)</code>', page.content.decode())
    assert found
    return found[1].replace(" ", "")


def code_on(page: Any, later: int = 0) -> str:
    """What a telephone shows that has read the code on this page."""
    return code_now(b32decode(secret_on(page)), later)


def come_in(link: str, password: str = NEW_PASSWORD, client: Client | None = None) -> Any:
    """From the link to the recovery codes."""
    client = client or Client()
    return confirm(client, link, code_on(choose(client, link, password)))


def test_a_newcomer_walks_from_the_command_into_the_desk(link: str, yamada: User) -> None:
    assert not yamada.has_usable_password()
    client = Client()
    assert "パスワードを決める" in client.get(link).content.decode()
    page = choose(client, link)
    assert 'class="qr"' in page.content.decode()
    assert len(secret_on(page)) == 32
    page = confirm(client, link, code_on(page))
    codes = recovery_codes(page)
    assert len(set(codes)) == 10
    assert not is_in(client), "the two factors are asked for once more"

    TOTPDevice.objects.update(last_t=-1)  # half a minute later
    try_with(client, name="やまだ", password=NEW_PASSWORD, code=code_of(yamada))
    assert is_in(client)
    with_recovery = Client()
    try_with(with_recovery, name="やまだ", password=NEW_PASSWORD, code=codes[3])
    assert is_in(with_recovery)


def test_the_code_that_confirmed_the_telephone_does_not_sign_in_as_well(link: str, yamada: User) -> None:
    client = Client()
    code = code_on(choose(client, link))
    confirm(client, link, code)
    try_with(client, name="やまだ", password=NEW_PASSWORD, code=code)
    assert not is_in(client)


def test_nothing_is_kept_until_the_code_was_right(link: str, yamada: User) -> None:
    client = Client()
    page = choose(client, link)
    near = {code_on(page, later) for later in range(-90, 91, 30)}
    answer = confirm(client, link, next(code for code in ("000000", "111111", "222222") if code not in near))
    assert "コードがちがいます" in answer.content.decode()
    yamada.refresh_from_db()
    assert not yamada.has_usable_password()
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    confirm(client, link, code_on(page))
    assert TOTPDevice.objects.exists(), "a typing error spoils nothing"


def test_who_saw_the_link_first_cannot_sign_in_with_what_it_showed(link: str, yamada: User) -> None:
    spied = secret_on(choose(Client(), link, "のぞいた ひとの ことば"))
    assert come_in(link).status_code == 200
    TOTPDevice.objects.update(last_t=-1)
    spy = Client()
    try_with(spy, name="やまだ", password=NEW_PASSWORD, code=code_now(b32decode(spied)))
    assert not is_in(spy)
    TOTPDevice.objects.update(throttling_failure_count=0)
    try_with(spy, name="やまだ", password=NEW_PASSWORD, code=code_of(yamada))
    assert is_in(spy), "the guest's own telephone opens"


def test_nobody_finishes_with_the_telephone_of_another_browser(link: str) -> None:
    first, second = Client(), Client()
    seen = choose(first, link)
    choose(second, link)
    assert "コードがちがいます" in confirm(second, link, code_on(seen)).content.decode()


def test_beginning_again_in_the_same_browser_goes_on_with_the_same_secret(link: str) -> None:
    client = Client()
    assert secret_on(choose(client, link)) == secret_on(choose(client, f"{link}?again"))


def test_a_second_browser_hears_that_the_link_was_opened_before(link: str) -> None:
    first, second = Client(), Client()
    for _ in range(2):
        assert "前にも別のブラウザで" not in first.get(link).content.decode()
    assert "前にも別のブラウザで" in second.get(link).content.decode()


def test_a_link_in_very_many_hands_is_dead(link: str) -> None:
    for _ in range(MOST_BROWSERS):
        assert Client().get(link).status_code == 200
    client = Client()
    client.get(link)
    assert dead(client.get(link))
    assert dead(Client().get(link))


def staff_page(client: Client) -> str:
    return client.get(f"{DESK}auth/user/").content.decode()


def test_an_opened_link_is_said_to_its_maker_and_to_all_managers_until_it_is_used() -> None:
    maker, other, editor = (
        signed_in(staff_member(name, role))
        for name, role in (("つくる", "管理者"), ("ほかの", "管理者"), ("かく", "編集者"))
    )
    sato = staff_member("さとう", "編集者")
    made = maker.post(f"{DESK}auth/user/{sato.pk}/invite/").content.decode()
    address = re.search(r'value="https?://[^/"]+(/[^"]+)"', made)
    assert address
    link, said = address[1], "さとう さんの招待リンクが"
    assert said not in maker.get(DESK).content.decode()
    spy, guest = Client(), Client()
    spy.get(link)
    spy.get(link)
    assert f"{said}開かれました" in maker.get(DESK).content.decode()
    choose(guest, link)
    twice = f"{said}2回、ちがうブラウザで開かれました"
    for page in (maker.get(DESK).content.decode(), staff_page(maker), staff_page(other)):
        assert twice in page
        assert "もう一度招待してください" in page
    assert said not in other.get(DESK).content.decode()
    assert said not in editor.get(DESK).content.decode()
    come_in(link, client=guest)
    assert said not in maker.get(DESK).content.decode()
    assert said not in staff_page(other)
    assert not InvitationOpening.objects.exists(), "forgotten"


def test_what_was_opened_is_forgotten_when_a_newer_link_is_made(link: str) -> None:
    Client().get(link)
    make_staff("やまだ", "--again")
    assert not InvitationOpening.objects.exists()


def test_a_password_can_be_chosen_again_before_the_end(link: str, yamada: User) -> None:
    client = Client()
    choose(client, link)
    assert "パスワードを決める" in client.get(f"{link}?again").content.decode()
    confirm(client, link, code_on(choose(client, f"{link}?again", "あとから きめた ことば")))
    yamada.refresh_from_db()
    assert yamada.check_password("あとから きめた ことば")


@pytest.mark.parametrize(
    ("password", "again"),
    [
        ("みじかい", None),
        ("password1234", None),
        ("193847561029", None),
        (NEW_PASSWORD, f"{NEW_PASSWORD}!"),
        ("", None),
    ],
)
def test_a_weak_or_mistyped_password_goes_no_further(link: str, password: str, again: str | None) -> None:
    page = choose(Client(), link, password, again)
    assert "パスワードを決める" in page.content.decode()
    assert "errorlist" in page.content.decode()
    if password:
        assert password not in page.content.decode()


def dead(page: Any) -> bool:
    return page.status_code == 410 and "このリンクは使えません" in page.content.decode()


def test_an_invitation_is_used_once(link: str, yamada: User) -> None:
    other = Client()
    seen = choose(other, link, "ほかの だれかの ことば")
    come_in(link)
    assert dead(Client().get(link))
    assert dead(confirm(other, link, code_on(seen)))
    yamada.refresh_from_db()
    assert yamada.check_password(NEW_PASSWORD)


def test_an_invitation_is_dead_after_three_days(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.time
    days = 24 * 60 * 60
    monkeypatch.setattr(time, "time", lambda: real() + 3 * days - 60)
    assert Client().get(link).status_code == 200
    monkeypatch.setattr(time, "time", lambda: real() + 3 * days + 60)
    assert dead(Client().get(link))


def test_an_invitation_that_was_tampered_with_is_dead(link: str) -> None:
    other = Invitation.objects.create(user=staff_member("すずき"))
    key, rest = link.rsplit("/", 2)[1].split(".", 1)
    for token in (f"{other.pk}.{rest}", f"{key}.{rest[:-1]}", f"{key}.{rest}x", key, "1:2:3", "."):
        assert dead(Client().get(f"{DESK}invitation/{token}/"))


def test_a_newer_invitation_ends_the_older_and_an_inactive_persons_is_dead(link: str, yamada: User) -> None:
    newer = link_in(make_staff("やまだ", "--again"))
    assert dead(Client().get(link))
    assert Client().get(newer).status_code == 200
    User.objects.update(is_active=False)
    assert dead(Client().get(newer))


def test_a_password_chosen_for_one_invitation_is_not_taken_for_another(link: str, yamada: User) -> None:
    client = Client()
    code = code_on(choose(client, link))
    newer = link_in(make_staff("やまだ", "--again"))
    assert "パスワードを決める" in client.get(newer).content.decode()
    assert "パスワードを決める" in client.post(newer, {"code": code}).content.decode()
    assert not TOTPDevice.objects.exists()


def test_who_was_signed_in_in_this_browser_is_signed_out_at_the_end(editor: Client, link: str, yamada: User) -> None:
    page = choose(editor, link)
    assert is_in(editor)
    confirm(editor, link, code_on(page))
    assert not is_in(editor)


def test_a_new_link_for_who_lost_the_telephone_ends_the_old_one_and_its_sessions_at_once() -> None:
    sato = staff_member("さとう", "編集者")
    thief = signed_in(sato)
    old_code = code_of(sato)
    invite(sato)
    assert not is_in(thief)
    try_with(thief, code=old_code)
    assert not is_in(thief)


def test_the_locks_of_a_person_come_off_with_a_used_invitation(link: str, yamada: User) -> None:
    for _ in range(5):
        try_with(Client(), name="やまだ", password="no", code="123456")
    client = Client()
    come_in(link, client=client)
    TOTPDevice.objects.update(last_t=-1)
    try_with(client, name="やまだ", password=NEW_PASSWORD, code=code_of(yamada))
    assert is_in(client)


def test_the_command_makes_no_password_and_refuses_what_is_not_clear() -> None:
    said = make_staff("やまだ", "--group", "閲覧者")
    user = User.objects.get(username="やまだ")
    assert user.is_staff
    assert not user.is_superuser
    assert not user.has_usable_password()
    assert [group.name for group in user.groups.all()] == ["閲覧者"]
    assert "3日" in said
    for arguments in (["やまだ", "--group", "管理者"], ["すずき"], ["空白 入り", "--group", "編集者"]):
        with pytest.raises(CommandError):
            make_staff(*arguments)
    assert User.objects.count() == 1
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="有効"):
        make_staff("やまだ", "--again")


def test_the_link_leads_to_where_the_desk_is() -> None:
    with override_settings(SITE_URL="https://example.jp"):
        assert "https://example.jp/desk/invitation/" in make_staff("a", "--group", "編集者")
    with override_settings(SITE_URL="https://example.jp", DESK_HOST="desk.example.jp"):
        assert "https://desk.example.jp/desk/invitation/" in make_staff("b", "--group", "編集者")


def test_make_run_says_how_to_get_into_the_desk() -> None:
    makefile = (Path(settings.BASE_DIR) / "Makefile").read_text(encoding="utf-8")
    run, staff = (re.search(rf"^{target}:.*?(?=\n\n)", makefile, re.M | re.S) for target in ("run", "staff"))
    assert run
    assert "make staff" in run[0]
    assert staff
    assert "make_staff" in staff[0]


def test_roles_are_named_where_one_is_needed() -> None:
    with pytest.raises(CommandError, match="、".join(ROLES)):
        make_staff("やまだ")


def test_nobody_can_register_themselves() -> None:
    for address in ("register/", "signup/", "invitation/", "invitation/new/", "auth/user/add/"):
        answer = Client().get(DESK + address)
        assert answer.status_code in (302, 404, 410)
    assert not User.objects.exists()


def test_the_old_password_alone_is_worth_nothing_while_an_invitation_waits() -> None:
    sato = staff_member("さとう", "管理者")
    invite(sato)
    client = Client()
    try_with(client, password=PASSWORD, code="123456")
    assert not is_in(client)
    assert not TOTPDevice.objects.exists(), "there is no second factor to guess"
