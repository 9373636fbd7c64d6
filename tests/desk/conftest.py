"""Staff at the desk: signed in with both factors, one of each group."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client, override_settings
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from catalog.release import serving
from chatbot.models import Flow, Question

PASSWORD = "correct horse battery staple"
SignIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def folder_of_its_own(tmp_path: Path) -> Iterator[None]:
    """What a test publishes or uploads is seen by no other."""
    with override_settings(RELEASE_COPY=tmp_path / "release.json", VAR_DIR=tmp_path):
        yield
    serving.use(None)


def staff_member(name: str, *groups: str) -> User:
    """Somebody with a password and a confirmed second factor."""
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    TOTPDevice.objects.create(user=user, name="携帯電話", confirmed=True)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.get(user=user).persistent_id
    session.save()
    return client


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """sign_in("さとう", "編集者"): a browser in which that person is signed in."""
    return lambda name, *groups: signed_in(staff_member(name, *groups))


@pytest.fixture
def editor(sign_in: SignIn) -> Client:
    return sign_in("さとう", "編集者")


@pytest.fixture
def approver(sign_in: SignIn) -> Client:
    return sign_in("すずき", "公開承認者")


@pytest.fixture
def viewer(sign_in: SignIn) -> Client:
    return sign_in("たなか", "閲覧者")


@pytest.fixture
def manager(sign_in: SignIn) -> Client:
    return sign_in("やまだ", "管理者")


@pytest.fixture
def money(db: None) -> Question:
    """A question of the real flow."""
    return Question.objects.get(flow__key="general", key="money")


@pytest.fixture
def general(money: Question) -> Flow:
    return money.flow
