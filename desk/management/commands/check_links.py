"""Ask every address that the published content rests on whether it still opens. Fit for cron: see docs/tasks/check-the-links.md."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from desk.links.addresses import places
from desk.links.fetching import Fetcher, Outcome
from desk.links.results import NobodyAnswered, due, forget_unused, record_all
from desk.links.running import answers
from desk.models import LinkCheck

# Once may be a bad moment of the other side; twice in a row is for somebody to look at.
STUBBORN = 2
SOMETHING_STUBBORN = 1
COULD_NOT_CHECK = 2


def make_fetcher() -> Fetcher:
    return Fetcher(user_agent=f"link-check (+{settings.SITE_URL})")


class Command(BaseCommand):
    help = (
        "公開する内容の出典と連絡先のアドレスが開けるかを調べます。"
        "終了コード: 0 よし、1 2回以上続けて開けないアドレスがある、2 調べられなかった。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=_positive, help="多くてもこの件数だけ調べます（古いものから）。")
        parser.add_argument(
            "--older-than-days", type=_positive, help="この日数のあいだに調べて開けたものは、とばします。"
        )
        parser.add_argument(
            "--time-limit",
            type=_positive,
            default=3600,
            help="この秒数をすぎたら、新しいアドレスは調べません（はじめは3600）。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["older_than_days"]
        addresses = due(older_than=timedelta(days=days) if days else None, limit=options["limit"])
        forgotten = forget_unused()
        counts: Counter[Outcome] = Counter()
        broken: list[LinkCheck] = []
        unsure: list[LinkCheck] = []
        try:
            for check, outcome in record_all(answers(addresses, make_fetcher().check, seconds=options["time_limit"])):
                counts[outcome] += 1
                if outcome is Outcome.BROKEN:
                    broken.append(check)
                elif outcome is Outcome.UNSURE:
                    unsure.append(check)
        except NobodyAnswered:
            raise CommandError(
                "どのサーバーからも返事がありません。こちらの回線を確かめてください。何も記録していません。",
                returncode=COULD_NOT_CHECK,
            ) from None
        self._report(counts, broken, unsure, left=len(addresses) - counts.total(), forgotten=forgotten)
        stubborn = sum(check.failures >= STUBBORN for check in broken)
        if stubborn:
            raise CommandError(
                f"{STUBBORN}回以上続けて開けないアドレスが{stubborn}件あります。", returncode=SOMETHING_STUBBORN
            )

    def _report(
        self, counts: Counter[Outcome], broken: list[LinkCheck], unsure: list[LinkCheck], *, left: int, forgotten: int
    ) -> None:
        self.stdout.write(
            f"{counts.total()}件のアドレスを調べました: 開けた {counts[Outcome.OK]}件、"
            f"開けなかった {counts[Outcome.BROKEN]}件、自動では確かめられない {counts[Outcome.UNSURE]}件。"
        )
        if left:
            self.stdout.write(f"時間が来たので、{left}件は調べていません。次に調べます。")
        if forgotten:
            self.stdout.write(f"もう使われていない{forgotten}件の記録を消しました。")
        where = places([check.url for check in (*broken, *unsure)])
        for title, checks in (("開けなかったアドレス", broken), ("自動では確かめられないアドレス", unsure)):
            if checks:
                self.stdout.write(f"\n{title}:")
            for check in sorted(checks, key=lambda check: (-check.failures, check.url)):
                often = f"（{check.failures}回続けて）" if check.failures >= STUBBORN else ""
                self.stdout.write(f"- {check.url}\n    {check.message}{often}")
                self.stdout.write(f"    使っているもの: {'、'.join(place.name for place in where[check.url])}")


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("1以上の数を書いてください。")
    return int(text)
