"""Dates as staff type them, as exact as they are known: a year, a month or a day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.text import phone

NOT_YET = "まだ来ていない日です。資料に書かれた日付か、見た日を書いてください。"


def partial_date(typed: str) -> str:
    """2025年4月1日, 2025/4 and full-width digits become 2025-04-01 and 2025-04; "" stays "". Raises ValidationError."""
    settled = unicodedata.normalize("NFKC", typed).strip()
    if not settled:
        return ""
    found = re.fullmatch(
        r"(\d{4})(?:[年./-](\d{1,2}))?(?:[月./-](\d{1,2}))?[年月日]?", phone.with_plain_dashes(settled)
    )
    try:
        year, month, day = (int(part) if part else None for part in found.groups()) if found else (None, None, None)
        date(year or 0, month or 1, day or 1)  # raises ValueError for no date at all
    except ValueError:
        raise ValidationError(
            f"「{settled}」は日付として読めません。2025-04-01、2025-04 または 2025 のように書いてください。"
        ) from None
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)])


def past_date(typed: str) -> str:
    """As partial_date, and refuses what has not come yet."""
    settled = partial_date(typed)
    if settled and settled > timezone.localdate().isoformat()[: len(settled)]:
        raise ValidationError(NOT_YET)
    return settled
