"""Make the site ready to serve: load the fixtures into an empty database and publish them; bring what is new into an older draft, and leave
every edit alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from catalog.models import CurrentRelease, Release, Support
from catalog.models.bulk_history import record_first, unrecorded
from catalog.release import serving
from catalog.release.publishing import load
from catalog.release.upgrades import CannotLoad


class Command(BaseCommand):
    help = (
        "はじめてのときだけ、fixtures を読みこんで公開します。前からある下書きには、新しく加わった内容を入れます。"
        "いまの公開版を表示できないときは、何も変えずに止まります。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        keep_from_others()
        tables = set(connection.introspection.table_names())
        if CurrentRelease._meta.db_table in tables:
            refuse_unreadable_release()
        refuse_older_database(tables)
        call_command("migrate", verbosity=0)
        if not Support.objects.exists():
            with unrecorded():
                call_command("loaddata", *sorted((settings.BASE_DIR / "fixtures").rglob("*.yaml")), verbosity=0)
            record_first()  # so that the first edit can be undone
        call_command("adopt_content", stdout=self.stdout)
        if not CurrentRelease.objects.exists():
            call_command("publish", by="はじめの公開", note="fixtures から", stdout=self.stdout, stderr=self.stderr)


def keep_from_others() -> None:
    """Let nobody but its owner read SQLite's file: it holds second factors and sessions. SQLite gives the files that it makes beside
    it (-wal, -shm) the same rights."""
    if connection.vendor != "sqlite" or str(connection.settings_dict["NAME"]).startswith((":memory:", "file:")):
        return
    file = Path(connection.settings_dict["NAME"])
    if file.parent.exists():
        file.touch(mode=0o600)
    for part in file.parent.glob(f"{file.name}*"):
        if part.name.removeprefix(file.name) in {"", "-wal", "-shm", "-journal"}:
            part.chmod(0o600)


def refuse_unreadable_release() -> None:
    """Stop where this code cannot show the Release that the public sees. It comes before migrations, so that the code which still
    serves it finds its database unchanged. Reads only columns that every version had. Raises CommandError."""
    current = CurrentRelease.objects.values("release_id")
    for release in Release.objects.only("number", "payload", "sha256").filter(pk__in=current):
        try:
            load(release)
        except CannotLoad as error:
            raise CommandError(
                f"{error}\nこのプログラムでは始めず、データベースも変えていません。動いているサイトはそのままにして、"
                "プログラムを前の版にもどすか、公開版を読めるプログラムに替えてください。"
            ) from error


def refuse_older_database(tables: set[str]) -> None:
    """Stop where the copy on disk holds a Release that the database has never had: it was lost, emptied, or is another one. Publishing
    the fixtures over it would bring old numbers back. Raises CommandError."""
    copy = serving.copied()
    if copy is None:
        return
    if Release._meta.db_table in tables and Release.objects.filter(sha256=copy.sha256).exists():
        return
    raise CommandError(
        f"最後に公開した内容の控え（{settings.RELEASE_COPY}、公開版 {copy.number}）が、このデータベースにありません。"
        "データベースがなくなったか、空か、べつのものです。何も変えていません。\n"
        "・データベースをバックアップからもどすか、DATABASE_URL を確かめてください。\n"
        f"・この内容で新しく始めるときだけ、{settings.RELEASE_COPY} をべつの場所に移してから、もう一度始めてください。"
    )
