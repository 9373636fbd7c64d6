"""A way into the desk: a staff user without a password, and a link by which that person chooses one. There is no default password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from desk.accounts.groups import ROLES
from desk.accounts.invitations import invite
from desk.accounts.links import from_outside


class Command(BaseCommand):
    help = "編集室に入る人を1人作り、パスワードとスマートフォンを登録するためのリンクを出します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="サインインに使う名前。記録にも残ります。")
        parser.add_argument("--group", choices=ROLES, help="役割。はじめての人には必ず要ります。")
        parser.add_argument(
            "--again",
            action="store_true",
            help="もういる人に新しいリンクを作ります。前のスマートフォンの登録は消えます。",
        )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        name, role = User.normalize_username(options["name"]), options["group"]
        user = User.objects.filter(username=name).first()
        if user and not options["again"]:
            raise CommandError(f"{name} さんはもういます。新しいリンクを作るときは --again を付けてください。")
        if not user:
            user = self._make(name, role)
        elif not (user.is_active and user.is_staff):
            raise CommandError(f"{name} さんは、いま編集室に入れない人です。先に管理者が「有効」にしてください。")
        if role:
            user.groups.set(Group.objects.filter(name=role))
        link = from_outside(invite(user))
        self.stdout.write(
            f"{name} さんの招待リンクです。{settings.INVITATION_DAYS}日のあいだに、ブラウザで開いてください。使えるのは1回だけです。\n\n{link}"
        )

    def _make(self, name: str, role: str | None) -> User:
        if not role:
            raise CommandError(f"役割を決めてください。例: --group 管理者（{'、'.join(ROLES)} のどれか）")
        user = User(username=name, is_staff=True)
        user.set_unusable_password()
        try:
            user.full_clean()
        except ValidationError as error:
            raise CommandError(f"この名前は使えません: {' '.join(error.messages)}") from error
        user.save()
        return user
