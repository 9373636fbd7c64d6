"""Words that labels and notes of contacts use, with their readings, so that a child can be shown what was written for adults.

Only words that are read in one way wherever they stand. A text with any other kanji has no reading: see with_readings.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .furigana import broken_marks, plain, unread_kanji

_PREFECTURES = (
    "｜北海道《ほっかいどう》 ｜青森《あおもり》 ｜岩手《いわて》 ｜宮城《みやぎ》 ｜秋田《あきた》 ｜山形《やまがた》 "
    "｜福島《ふくしま》 ｜茨城《いばらき》 ｜栃木《とちぎ》 ｜群馬《ぐんま》 ｜埼玉《さいたま》 ｜千葉《ちば》 ｜東京《とうきょう》 "
    "｜神奈川《かながわ》 ｜新潟《にいがた》 ｜富山《とやま》 ｜石川《いしかわ》 ｜福井《ふくい》 ｜山梨《やまなし》 ｜長野《ながの》 "
    "｜岐阜《ぎふ》 ｜静岡《しずおか》 ｜愛知《あいち》 ｜三重《みえ》 ｜滋賀《しが》 ｜京都《きょうと》 ｜大阪《おおさか》 "
    "｜兵庫《ひょうご》 ｜奈良《なら》 ｜和歌山《わかやま》 ｜鳥取《とっとり》 ｜島根《しまね》 ｜岡山《おかやま》 ｜広島《ひろしま》 "
    "｜山口《やまぐち》 ｜徳島《とくしま》 ｜香川《かがわ》 ｜愛媛《えひめ》 ｜高知《こうち》 ｜福岡《ふくおか》 ｜佐賀《さが》 "
    "｜長崎《ながさき》 ｜熊本《くまもと》 ｜大分《おおいた》 ｜宮崎《みやざき》 ｜鹿児島《かごしま》 ｜沖縄《おきなわ》 ｜県《けん》 "
    "｜東京都《とうきょうと》 ｜京都府《きょうとふ》 ｜大阪府《おおさかふ》"
)
_OTHERS = (
    "｜全国《ぜんこく》 ｜共通《きょうつう》 ｜地域《ちいき》 ｜近《ちか》く ｜以外《いがい》 ｜別《べつ》の ｜専用《せんよう》 "
    "｜番号《ばんごう》 ｜番《ばん》 ｜電話《でんわ》 ｜話《はな》す ｜話《はな》せ ｜話《はな》し｜中《ちゅう》 ｜相談《そうだん》 "
    "｜案内《あんない》 ｜窓口《まどぐち》 ｜公式《こうしき》 ｜検索《けんさく》 ｜送《おく》る ｜送《おく》って ｜送《おく》れ "
    "｜連絡《れんらく》 ｜名前《なまえ》 ｜言《い》お ｜急《いそ》が ｜危険《きけん》 ｜使《つか》え ｜使《つか》う ｜見《み》られ "
    "｜時間《じかん》 ｜昼《ひる》 ｜夜《よる》 ｜毎日《まいにち》 ｜日本語《にほんご》 ｜英語《えいご》 ｜外国《がいこく》 "
    "｜外国語《がいこくご》 ｜旅行《りょこう》 ｜来《き》た｜人《ひと》 ｜子《こ》ども ｜子供《こども》 ｜女《おんな》の｜子《こ》 "
    "｜男《おとこ》の｜子《こ》 ｜歳《さい》 0｜代《だい》 ｜警察《けいさつ》 ｜児童《じどう》｜相談所《そうだんじょ》 "
    "｜国民《こくみん》｜生活《せいかつ》 ｜人権《じんけん》 ｜犯罪《はんざい》 ｜被害者《ひがいしゃ》 ｜支援《しえん》 "
    "｜思春期《ししゅんき》"
)
_MARKED = {plain(word): word for word in f"{_PREFECTURES} {_OTHERS}".split()}
_KNOWN = re.compile("|".join(sorted(map(re.escape, _MARKED), key=len, reverse=True)))


@lru_cache(maxsize=2048)  # a Release's contacts
def with_readings(text: str) -> str:
    """The text with a reading over every kanji; "" where some kanji is not known."""
    marked = _KNOWN.sub(lambda word: _MARKED[word[0]], text)
    return "" if unread_kanji(marked) or broken_marks(marked) else marked
