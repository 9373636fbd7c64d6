"""A catalogue as large as it may ever become: minimal entries, made in bulk."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from catalog.models import Contact, Source, Support, Worry
from desk.models import LinkCheck


def add_entries(first: int, last: int) -> None:
    """Published entries with a seasonal telephone, a source and a failed link each."""
    worry = Worry.objects.values_list("pk", flat=True)[0]
    words = {
        "kana": "あ",
        "kind": "helpline",
        "operator": "会",
        "reach": "national",
        "publication": "published",
        "status": "seasonal",
    }
    numbers = range(first, last)
    supports = Support.objects.bulk_create(
        [Support(slug=f"many-{n}", name=f"電話{n}", main_worry_id=worry, crisis=n % 9 == 0, **words) for n in numbers]
    )
    Contact.objects.bulk_create(
        [Contact(support=s, via="phone", value="0120-000-000", open_periods="09-20/09-30") for s in supports]
    )
    Source.objects.bulk_create(
        [Source(support=s, url=f"https://{s.slug}.example/", publisher="official") for s in supports]
    )
    LinkCheck.objects.bulk_create(
        [
            LinkCheck(
                url=f"https://{s.slug}.example/",
                checked_at=timezone.now(),
                ok=False,
                failures=1,
                failing_since=timezone.now() - timedelta(days=2),
            )
            for s in supports
        ]
    )
