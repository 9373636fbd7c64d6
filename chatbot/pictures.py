"""The small pictures that an answer may have (templates/under18/pictures), and what each shows."""

from __future__ import annotations

PICTURES = {
    "angry": "いらいら", "baby": "赤ちゃん", "band1": "小学1・2年", "band2": "小学3・4年", "band3": "小学5・6年", "band4": "中学生",
    "band5": "15〜18歳", "body": "からだ", "bullying": "いじめ", "carer": "お世話", "chat": "チャット", "food": "食べもの",
    "friends": "友だち", "gender": "性別", "heart": "心", "home": "家", "meet": "会う", "money": "お金", "net": "ネット",
    "phone": "電話", "scary": "こわい", "school": "学校", "sleep": "眠り", "talk": "話す", "unsure": "わからない", "work": "仕事",
}  # fmt: skip
