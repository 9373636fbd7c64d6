"""Bring what is new in the shipped content into the draft of an installation that is older."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chatbot import adopting


class Command(BaseCommand):
    help = (
        "前からある下書きに、新しく加わった内容（はじめに見せる悩み、支援、質問の流れ）を1度だけ入れます。編集したものはそのままです。"
        "公開はしません。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--flow", default="", help="編集してあっても新しい流れに替える、質問の流れの記号（general など）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if key := options["flow"]:
            try:
                adopting.adopt_flow(key)
            except ValueError as error:
                raise CommandError(f"質問の流れ「{key}」は、このプログラムにはありません。") from error
            self.stdout.write(f"下書きの質問の流れ「{key}」を、新しいものに替えました。")
        elif adopting.is_due():
            done = adopting.adopt()
            self.stdout.write(
                f"下書きに、新しい内容を入れました（公開は編集室で）: 加わった支援{done.entries}件、"
                f"はじめに見せる悩みなどを入れた支援{done.lines}件、替えた質問の流れ {'、'.join(done.flows) or 'なし'}。"
            )
            for key in done.edited:
                self.stdout.write(
                    f"質問の流れ「{key}」は編集してあるので、そのままです。新しいものに替えるには: "
                    f"python manage.py adopt_content --flow {key}"
                )
