"""The terms of use, in one place: the page, the ZIP, catalogue.json and OpenAPI show them."""

from __future__ import annotations

LICENCE = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/deed.ja"}
MAY = (
    "案内の文章は、このサイトが書いたものです。クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）で、だれでも、商用でも、"
    "うつす・配る・書きかえることができます。連絡も申しこみもいりません。"
)
FACTS = (
    "番号・受付時間・条件などの事実は、公的機関・自治体・支援団体・報道などが公表している資料から取りました。"
    "もとの資料は、支援ごとに sources（出典）にあります。"
)
COMPATIBLE = (
    "国の「公共データ利用規約（第1.0版）」も、CC BY 4.0 と互換性があると定めています。"
    "その規約で公開されている役所の資料と組み合わせるときも、CC BY 4.0 で使えます。"
)
REQUESTS = (
    "出典として、サイトの名前・公開版の番号・日付を書いてください。書きかえたときは、そのことも書いてください。",
    "公開版が変わったら、取りなおしてください。番号や受付時間は変わります。",
    "終わった支援を、使えるものとして見せないでください。",
    "人の悩み・答え・打ったことばを、保存も記録もしないでください。",
    "国や自治体の公式の一覧ではありません。公式のものとして見せないでください。",
    "まちがいがないことは保証できません。使う前に、出典の公式ページでも確かめてください。",
)


def credit(site: str, release: int, date: str) -> str:
    """The line that names the source. `date`: of the Release, in words; "" where it is not known."""
    when = f"、{date}" if date else ""
    return f"出典: あなたはひとりじゃない（公開版{release}{when}）{site} CC BY 4.0"


def paragraphs() -> tuple[str, ...]:
    return (MAY, FACTS, COMPATIBLE)


def as_text() -> str:
    """For a plain text file."""
    requests = "\n".join(f"・{words}" for words in REQUESTS)
    return "\n".join((*paragraphs(), "", "お願い", requests, "", f"{LICENCE['name']}  {LICENCE['url']}"))


def as_markdown() -> str:
    """For OpenAPI's description."""
    requests = "\n".join(f"- {words}" for words in REQUESTS)
    return "\n\n".join(("**使うときの約束**", *paragraphs(), requests))
