"""Check the whole content and make it public as a new Release."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog.publishing import CannotPublish, publish


class Command(BaseCommand):
    help = "全体を確かめて、新しい公開版として公開します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, help="公開する人の名前")
        parser.add_argument("--note", default="", help="何を変えたかのひとこと")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release = publish(by=options["by"], note=options["note"])
        except CannotPublish as error:
            for problem in error.problems:
                self.stderr.write(f"・{problem}")
            raise CommandError(f"公開できませんでした。上の{len(error.problems)}件を直してください。") from error
        self.stdout.write(f"{release} を公開しています（{release.published_by}、{release.sha256[:12]}）。")
