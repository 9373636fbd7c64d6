"""Write a backup of the whole installation into a folder: `manage.py backup FOLDER --keep 30`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from notalone.backups import CannotBackUp, back_up, remove_older


class Command(BaseCommand):
    help = (
        "内容・公開版・履歴・人・鍵を、ひとつのファイルにしてフォルダーに書きます。サイトは動いたままでかまいません。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, metavar="N", help="新しいものから N 個だけ残して、古いものを消す")

    def handle(self, folder: Path, keep: int | None, **options: Any) -> None:
        if keep is not None and keep < 1:
            raise CommandError("--keep は1から。")
        if not folder.is_dir():
            raise CommandError(f"フォルダーがありません: {folder}")
        try:
            self.stdout.write(f"書きました: {back_up(folder, timezone.localtime())}")
        except (CannotBackUp, OSError) as error:
            raise CommandError(str(error)) from error
        for path in remove_older(folder, keep) if keep else ():
            self.stdout.write(f"消しました: {path.name}")
