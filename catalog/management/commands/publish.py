"""Check the whole content and make it public as a new Release."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from catalog.models import Release
from catalog.release.concern import by_kind
from catalog.release.payload import months_to_look_again
from catalog.release.publishing import CannotPublish, ContentChanged, NeedsSecondPerson, publish
from catalog.release.upgrades import payload_of
from catalog.release.warnings import concerns, concerns_of_sections


class Command(BaseCommand):
    help = "全体を確かめて、新しい公開版として公開します。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", required=True, help="公開する人の名前")
        parser.add_argument("--note", default="", help="何を変えたかのひとこと")
        parser.add_argument(
            "--approved-by",
            default="",
            help="承認した人の名前（電話番号やアドレス、緊急の窓口、危険につながる質問が変わるときは、--by とは別の人）",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            release = publish(by=options["by"], note=options["note"], approved_by=options["approved_by"])
        except CannotPublish as error:
            for problem in error.problems:
                self.stderr.write(f"・{problem}")
            raise CommandError(f"公開できませんでした。上の{len(error.problems)}件を直してください。") from error
        except NeedsSecondPerson as error:
            for entry in error.changes.entries:
                if entry.guards:
                    self.stderr.write(
                        f"・{entry.part_label}「{entry.name}」が{entry.how.label}（{'、'.join(entry.guards)}）"
                    )
                for number in entry.numbers:
                    self.stderr.write(f"　　{number.label}: {number.old or 'なし'} → {number.new or 'なし'}")
            raise CommandError(
                f"{error} 上の変更をほかの人に見てもらい、--approved-by にその人の名前を書いてください"
                "（編集室の「公開する」からもたのめます）。1人で運営しているときは、設定 ONE_CURATOR=1 で公開できます。"
            ) from error
        except ContentChanged as error:
            raise CommandError(str(error)) from error
        self._name_concerns(release)
        self.stdout.write(f"{release} を公開しています（{release.published_by}、{release.sha256[:12]}）。")

    def _name_concerns(self, release: Release) -> None:
        """How many of each kind; which ones, the desk says."""
        payload = payload_of(release)
        found = by_kind(
            (*concerns_of_sections(payload), *concerns(payload, timezone.localdate(), months_to_look_again()))
        )
        if found:
            self.stdout.write("公開は止まりませんが、気をつけること（くわしくは編集室の「公開する」）:")
            for kind, each in found.items():
                self.stdout.write(f"・{kind.label} {len(each)}件")
