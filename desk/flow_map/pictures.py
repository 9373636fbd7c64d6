"""The small pictures that exist (templates/under18/pictures)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

NAMES = {
    "angry": "いらいら", "baby": "赤ちゃん", "band1": "小学1・2年", "band2": "小学3・4年", "band3": "小学5・6年", "band4": "中学生",
    "band5": "15〜18歳", "body": "からだ", "bullying": "いじめ", "carer": "お世話", "chat": "チャット", "food": "食べもの",
    "friends": "友だち", "gender": "性別", "heart": "心", "home": "家", "meet": "会う", "money": "お金", "net": "ネット",
    "phone": "電話", "scary": "こわい", "school": "学校", "sleep": "眠り", "talk": "話す", "unsure": "わからない", "work": "仕事",
}  # fmt: skip


def pictures() -> dict[str, str]:
    """The name of each picture's file, and what it shows."""
    folder = Path(settings.BASE_DIR) / "templates" / "under18" / "pictures"
    return {path.stem: NAMES.get(path.stem, path.stem) for path in sorted(folder.glob("*.svg"))}
