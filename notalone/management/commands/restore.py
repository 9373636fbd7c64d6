"""Put a backup back, into an empty place: `manage.py restore FILE`; over an installation: with --replace."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from notalone.backups import CannotRestore, restore


class Command(BaseCommand):
    help = "backup が書いたファイルから、すべてを元にもどします。何かがすでにあるところでは、--replace がなければ何も変えません。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="いまあるデータベースと公開版の控えと鍵を捨てる")

    def handle(self, file: Path, *, replace: bool, **options: Any) -> None:
        try:
            manifest = restore(file, replace=replace)
        except (CannotRestore, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{manifest['taken_at']} のバックアップにもどしました。つぎに: python manage.py prepare_site")
