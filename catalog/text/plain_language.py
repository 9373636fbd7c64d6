"""やさしいことばの点検: what in a text might be hard to read, cold, or dangerous to say. It warns; people decide.

After やさしい日本語 (the guideline of 2020) and the safe-messaging rules on suicide. The words looked for stand here and are shown to
staff alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import furigana

LONGEST_SENTENCE = 45
KANJI_IN_A_ROW = 7

_KANJI_RUN = re.compile(r"[㐀-䶿一-鿿豈-﫿々]+")
_SENTENCE_END = re.compile(r"[。！？!?\n]+")
# What somebody says is judged by its own rules: nobody is blamed by 「写真を送ってしまいました」, said by themselves.
_SAID = ("「", "」")
# Names that people meet at the counter and must know, whoever's entry it is.
_KNOWN_NAMES = (
    "社会福祉協議会", "労働基準監督署", "身体障害者手帳", "精神障害者保健福祉手帳", "出入国在留管理", "配偶者暴力相談支援", "日本学生支援機構",
    "高額療養費制度", "特別児童扶養手当", "父子自立支援員",
)  # fmt: skip
_PLACE = re.compile(r".{2,3}[都道府県].{1,6}[市区町村]")
# Markdown: what is written for the page, not for the reader.
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"(?m)^[^\S\n]*(?:#+|[-*+]|\d+\.)[^\S\n]+|[*_`>]|https?://\S+")

_DOUBLE_NEGATIVE = re.compile(
    r"な(?:い|かった)(?:わけ|こと|もの)(?:で)?(?:は|も)(?:ない|なく|なかった|ありません)|なく(?:は|も)(?:ない|ありません)"
    r"|ないとは(?:言え|いえ|限ら|かぎら)(?:ない|ません)|(?:ず|ない)(?:に|で)は(?:いられ|おられ|すま|済ま)(?:ない|ません)|ざるを(?:得|え)"
)
_HONORIFIC = re.compile(
    r"(?:さ?せて)?(?:いただ|頂|戴)[かきくけい]|(?<!ごめん)(?<!お休み)(?<!おやすみ)なさ(?:る|った|って|います|いまし|れま|れる)|ござい(?:ます|まし|ませ)"
    r"|いらっしゃ|くださいま[すせし]|下さいま[すせし]|いたし(?:ます|まし|かね)|致しま|おっしゃ|仰[いせっる]|伺[いうっ]|うかが(?:います|う)|存じ"
    r"|ご(?:覧|利用|相談|連絡|確認|来所|持参)に?な[らりるっ]"
)
_BLAME = re.compile(
    r"て(?:しまった|しまいました)|ちゃった|べき(?:だった|でした|です|だ|である)|(?:すれ|しなけれ|やめれ|行か?なけれ)ばよかった"
    r"|(?:の|あなたの|自分の|本人の)(?:せい|責任)(?:です|だ|で(?!は))|自業自得|自己責任|甘え(?:て|だ|です|る)"
    r"|(?:なぜ|どうして)[^。？\n]{0,20}(?:なかったのです?か|しなかった)|(?:あなた|きみ)が(?:悪い|わるい)(?!(?:の|わけ|こと)?では)|努力が足り|がんばりが足り"
)
_ORDER = re.compile(
    r"(?:なければ|なくては|ねば)(?:なりません|ならない|いけません|いけない|ならず)|しなさい|[ぁ-ん]なさい(?=[。！!]|$)"
)
_NOT_AN_ORDER = re.compile(r"(?:ごめん|おやすみ|おかえり)なさい")
_SHOUT = re.compile(r"[！!]")
_METHOD = re.compile(
    r"首(?:を)?(?:つ|吊|くく)|縊|絞首|飛び(?:お|降|下)り|飛び込み|身を投げ|投身|入水|練炭|硫化水素|ガス自殺|服毒|毒(?:物|薬)を(?:飲|の)"
    r"|(?:薬|睡眠薬|市販薬)を(?:大量|たくさん|一度に|まとめて)|過量服薬|大量服薬|オーバードーズ|リストカット|リスカ|アームカット|手首を(?:切|き)"
    r"|(?:カミソリ|かみそり|カッター|刃物)で|焼身|感電死|致死量|致死的|(?:確実|楽|らく|苦しまず|痛みなく)に(?:死|しね|逝)"
    r"|自殺(?:に|を)?(?:成功|失敗|完遂)|自殺の名所|遺書"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """`excerpt` is what it is about, as it stands in the text (shortened); `reason` says why and what to do."""

    excerpt: str
    reason: str


_METHOD_REASON = "自分を傷つける方法や手段にふれることばです。公開ページには書かないでください。"
_WORDS = (
    (_BLAME, "読む人を責めているように聞こえることがあります。起きたことだけを書くか、ことばを変えてみてください。"),
    (_DOUBLE_NEGATIVE, "打ち消しが2つあります。「〜です」「〜できます」と、まっすぐ書いてみてください。"),
    (_HONORIFIC, "敬語が重くて読みにくいことがあります。「です・ます」だけで書いてみてください。"),
    (_ORDER, "命令のように聞こえることがあります。「〜してください」「〜できます」と書いてみてください。"),
    (_SHOUT, "「！」は、つらい人には強く聞こえることがあります。「。」にしてみてください。"),
)


def remarks(text: str, *, names: Iterable[str] = (), for_children: bool = False) -> list[Remark]:
    """What a kind reader would point out, each thing once. `names`: proper names, which may be long. Children's texts carry readings."""
    words = _LINK.sub(r"\1", text)
    missing = "".join(dict.fromkeys(furigana.unread_kanji(words))) if for_children else ""
    words = _MARKS.sub("", furigana.plain(words) if for_children else words)
    told = _NOT_AN_ORDER.sub("", _unsaid(words))
    found = [
        *([Remark(missing, "よみがなのない漢字です。｜漢字《かんじ》のように書いてください。")] if missing else []),
        *_long_sentences(words),
        *_kanji_runs(words, [*_KNOWN_NAMES, *filter(None, names)]),
        *(Remark(match[0], _METHOD_REASON) for match in _METHOD.finditer(words)),
        *(Remark(match[0], reason) for pattern, reason in _WORDS for match in pattern.finditer(told)),
    ]
    return list(dict.fromkeys(found))


def _unsaid(text: str) -> str:
    """The text without what stands between the signs of speech."""
    begin, end = _SAID
    *parts, rest = text.split(end)
    return "".join(part.partition(begin)[0] for part in parts) + rest


def _long_sentences(text: str) -> Iterator[Remark]:
    for sentence in _SENTENCE_END.split(text):
        length = len(re.sub(r"\s", "", sentence))
        if length > LONGEST_SENTENCE:
            yield Remark(
                _short(sentence.strip()),
                f"1つの文が{length}字あります（{LONGEST_SENTENCE}字まで）。2つの文に分けてみてください。",
            )


def _kanji_runs(text: str, names: list[str]) -> Iterator[Remark]:
    for run in _KANJI_RUN.findall(text):
        if _PLACE.fullmatch(run) or any(run in name for name in names):
            continue
        rest = run
        for name in names:
            rest = rest.replace(name, " ")
        if any(len(part) >= KANJI_IN_A_ROW for part in rest.split()):
            yield Remark(run, "漢字が長く続いています。「の」や「を」を入れて、短いことばに分けてみてください。")


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
