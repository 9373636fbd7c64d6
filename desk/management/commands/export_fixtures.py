"""Write the whole content as fixture files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from desk.exchange.fixtures_yaml import export_files


class Command(BaseCommand):
    help = "いまの内容（下書きもふくむ）を、fixtures と同じ形の YAML ファイルに書き出します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="書き出す先。fixtures と書けば、リポジトリのファイルを新しくします。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = export_files()
        for name, text in files.items():
            path = options["folder"] / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        self.stdout.write(f"{len(files)}個のファイルを {options['folder']} に書き出しました。")
