"""The CSV files: which rows each has, and its columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.v1.contacts import ContactData, HoursData, RuleData
from api.v1.guidance import FAQData, TipData
from api.v1.support_data import SourceData, SupportData
from api.v1.vocabulary import AgeBandData
from catalog.directory.codes import Via
from catalog.hours.wording import DAY_NAMES

from .columns import BETWEEN, Column, Fields, Row, Table, plain

SUPPORT, CONTACT, HOURS, RULE = Fields(SupportData), Fields(ContactData), Fields(HoursData), Fields(RuleData)
SOURCE, FAQ, TIP, BAND = Fields(SourceData), Fields(FAQData), Fields(TipData), Fields(AgeBandData)
SEVERAL = f"文字（いくつかあれば「{BETWEEN}」で区切る）"
MARKED = "見出しや箇条書きの記号（Markdown）が入った文章。"
KINDS_OF_WORDS = ("分野", "悩み", "年代・学年", "対象")

SUPPORT_ID = plain(
    "support_id", "支援のid", "どの支援のものか（supports.csv の id）。", of=lambda row: row["support"]["id"]
)
SUPPORT_NAME = plain("support_name", "支援の名前", "その支援の名前。", of=lambda row: row["support"]["name"])
CONTACT_ID = plain(
    "contact_id", "連絡先のid", "支援の id と、支援の中で何番目か。番号は、連絡先がふえると変わることがあります。"
)


def _labels(name: str, heading: str, vocabulary: str, meaning: str, *, may_be_empty: bool) -> Iterator[Column]:
    """Two columns: the words, and their ids."""
    yield plain(
        name, heading, meaning, of=lambda row: [row["labels"][vocabulary][code] for code in row[name]], kind=SEVERAL,
        may_be_empty=may_be_empty,
    )  # fmt: skip
    yield plain(
        f"{name}_ids", f"{heading}のid", "左の列の記号（vocabulary.csv の id）。", of=lambda row: row[name], kind=SEVERAL,
        may_be_empty=may_be_empty,
    )  # fmt: skip


def _first(row: Row, via: Via, name: str) -> Any:
    return next((contact[name] for contact in row["contacts"] if contact["via"] == via), None)


def _supports(catalogue: Row) -> Iterator[Row]:
    labels = {
        "worries": {worry["id"]: worry["label"] for worry in catalogue["worries"]},
        "audiences": {audience["id"]: audience["label"] for audience in catalogue["audiences"]},
    }
    for support in catalogue["supports"]:
        yield {**support, "labels": labels}


def _contacts(catalogue: Row) -> Iterator[Row]:
    for support in catalogue["supports"]:
        for number, contact in enumerate(support["contacts"], start=1):
            yield {**contact, "support": support, "contact_id": f"{support['id']}-{number}"}


def _rules(catalogue: Row) -> Iterator[Row]:
    for contact in _contacts(catalogue):
        for rule in contact["hours"]["rules"]:
            yield {**rule, "support": contact["support"], "contact_id": contact["contact_id"]}


def _sources(catalogue: Row) -> Iterator[Row]:
    for support in catalogue["supports"]:
        for source in support["sources"]:
            yield {**source, "support": support}


def _words(catalogue: Row) -> Iterator[Row]:
    for worry in catalogue["worries"]:
        yield {**worry, "kind": "分野" if worry["is_area"] else "悩み"}
    for band in catalogue["age_bands"]:
        yield {**band, "kind": "年代・学年"}
    for audience in catalogue["audiences"]:
        yield {**audience, "kind": "対象"}


def _periods(name: str, heading: str) -> Column:
    return plain(
        name,
        heading,
        f"{HOURS.fields[name].help_text}「最初の日/最後の日」の形で、最後の日もふくみます。毎年なら月と日だけ、その年だけなら年もつきます。"
        "12-29/01-03 のように、最初の日より前の月日で終わるものは、年をまたぎます。",
        of=lambda row: [f"{period['first']}/{period['last']}" for period in row["hours"][name]],
        kind=SEVERAL,
        may_be_empty=True,
    )


SUPPORTS = Table(
    "supports.csv",
    "支援",
    "相談窓口・制度・行ける窓口の一覧。1行が1つの支援です。終わったものも、状態「終わった」で入っています。",
    (
        SUPPORT.column("id", "id"),
        SUPPORT.column("name", "名前"),
        SUPPORT.column("kana", "よみがな"),
        SUPPORT.column("also_known_as", "ほかの呼び名", may_be_empty=True),
        SUPPORT.column("kind", "種類"),
        SUPPORT.column("operator", "運営しているところ", may_be_empty=True),
        SUPPORT.column("reach", "全国か地域か"),
        SUPPORT.column(
            "status", "状態", meaning="いまの状態。「終わった」は終わったもので、案内に使わないでください。"
        ),
        plain("phone", "電話", "はじめの電話番号。ほかは contacts.csv に。", of=lambda row: _first(row, Via.PHONE, "value"),
              may_be_empty=True),
        plain("phone_charge", "電話の料金", "その電話の料金の説明。", of=lambda row: _first(row, Via.PHONE, "charge_words"),
              may_be_empty=True),
        plain("phone_hours", "電話の受付時間", "その電話の受付時間を日本語にしたもの。", kind=SEVERAL,
              of=lambda row: _first(row, Via.PHONE, "hours_words"), may_be_empty=True),
        plain("website", "ウェブサイト", "はじめのウェブサイト。", of=lambda row: _first(row, Via.WEB, "url"), may_be_empty=True),
        SUPPORT.column("is_crisis", "いのちや安全の窓口"),
        SUPPORT.column("is_always_open", "24時間・毎日"),
        SUPPORT.column("when_to_use", "こんなとき", may_be_empty=True),
        SUPPORT.column("summary", "どんなものか"),
        SUPPORT.column("what_happens", "どうなるか", may_be_empty=True),
        SUPPORT.column("conditions", "条件・もらえるもの", may_be_empty=True),
        SUPPORT.column("apply_at", "どこに行くか", may_be_empty=True),
        SUPPORT.column("bring_or_say", "持ちもの・言うことば", may_be_empty=True),
        SUPPORT.column("languages", "使えることば", may_be_empty=True),
        *_labels("areas", "分野", "worries", "悩みの分野。", may_be_empty=False),
        *_labels("worries", "悩み", "worries", "合う悩み。", may_be_empty=False),
        *_labels("audiences", "対象", "audiences", "だれに向けたものか。ほかの人も使えます。", may_be_empty=True),
        *_labels("only_for", "この人だけ", "audiences", "この人たちだけが使える。空なら、だれでも。", may_be_empty=True),
        SUPPORT.column("declines", "受けていないこと", may_be_empty=True),
        SUPPORT.column("age_min", "何歳から", may_be_empty=True),
        SUPPORT.column("age_max", "何歳まで", may_be_empty=True),
        plain("replaced_by", "代わりのid", "終わったものの代わり（この表の id）。", kind=SEVERAL, may_be_empty=True),
        SUPPORT.column("replaced_note", "終わったことの案内", may_be_empty=True),
        SUPPORT.column("verified_on", "確かめた資料の日付", may_be_empty=True),
        SUPPORT.column("url", "このサイトのページ"),
        SUPPORT.column("uuid", "UUID"),
    ),
    _supports,
)  # fmt: skip

CONTACTS = Table(
    "contacts.csv",
    "連絡先",
    "電話・チャット・LINE・ウェブサイトなど。1行が1つの連絡先です。終わった支援の連絡先はありません。",
    (
        SUPPORT_ID,
        SUPPORT_NAME,
        CONTACT_ID,
        CONTACT.column("via", "方法"),
        CONTACT.column("label", "ほかの連絡先との違い", may_be_empty=True),
        CONTACT.column("value", "番号・アドレス", may_be_empty=True),
        CONTACT.column("tel", "電話のリンク", may_be_empty=True),
        CONTACT.column("url", "アドレス", may_be_empty=True),
        CONTACT.column("charge", "料金"),
        CONTACT.column("charge_words", "料金の説明", may_be_empty=True),
        CONTACT.column("ip_phone", "IP電話から"),
        CONTACT.column("how_to_dial", "かけ方", may_be_empty=True),
        CONTACT.column("note", "かける前に", may_be_empty=True),
        CONTACT.column("is_live", "待っていて答えがある"),
        plain("hours_words", "受付時間", str(CONTACT.fields["hours_words"].help_text), kind=SEVERAL, may_be_empty=True),
        CONTACT.column("hours_text", "受付時間の補足", may_be_empty=True),
        CONTACT.column("number_confirmed", "番号を確かめた"),
        CONTACT.column("number_shown_on", "番号の出典の日付", may_be_empty=True),
        CONTACT.column("hours_confirmed", "受付時間を確かめた"),
        CONTACT.column("hours_shown_on", "受付時間の出典の日付", may_be_empty=True),
        HOURS.column("always", "24時間", of=lambda row: row["hours"]["always"]),
        HOURS.column("closed_on_holidays", "祝日は休み", of=lambda row: row["hours"]["closed_on_holidays"]),
        _periods("closed_periods", "休みの期間"),
        _periods("open_periods", "開く期間"),
    ),
    _contacts,
)

RULES = Table(
    "hours.csv",
    "受付時間",
    "受付時間をプログラムで読むための表。1行が1つのきまりで、どれかに当てはまれば開いています。"
    "24時間のものと、休みの期間は contacts.csv にあります。",
    (
        SUPPORT_ID,
        SUPPORT_NAME,
        CONTACT_ID,
        Column(
            "days",
            "曜日",
            SEVERAL,
            "この曜日だけ。空なら毎日。",
            lambda row: [DAY_NAMES[day] for day in row["days"]],
            tuple(DAY_NAMES.values()),
            may_be_empty=True,
        ),
        RULE.column("weeks", "第何週", may_be_empty=True),
        RULE.column("month_days", "毎月の日", may_be_empty=True),
        RULE.column("opens", "始まり"),
        RULE.column("closes", "終わり"),
        RULE.column(
            "even_on_holidays",
            "祝日に重なっても開く",
            meaning="曜日が祝日に重なっても、この行のとおり開くか。「いいえ」の行は、「祝日は休み」の連絡先（contacts.csv）と、"
            "曜日が「祝日」の行がほかにある連絡先では、祝日には当てはまりません。どちらでもなければ、祝日もふだんの曜日のとおり。",
        ),
    ),
    _rules,
)

SOURCES = Table(
    "sources.csv",
    "出典",
    "番号・時間・条件を確かめた、もとの資料。1行が1つの資料です。",
    (
        SUPPORT_ID,
        SUPPORT_NAME,
        SOURCE.column("url", "アドレス", may_be_empty=True),
        SOURCE.column("title", "ページの題"),
        SOURCE.column("publisher_name", "出した人"),
        SOURCE.column("publisher", "出した人の種類"),
        SOURCE.column("page_date", "ページの日付", may_be_empty=True),
        SOURCE.column("seen_on", "開いて見た日", may_be_empty=True),
        SOURCE.column("numbers", "のっている番号", may_be_empty=True),
        SOURCE.column("hours", "受付時間がのっている連絡先", may_be_empty=True),
    ),
    _sources,
)

FAQS = Table(
    "faqs.csv",
    "よくある質問",
    "よくある質問とその答え。",
    (
        FAQ.column("id", "id"),
        FAQ.column("group_label", "まとまり"),
        FAQ.column("question", "質問"),
        FAQ.column("answer_markdown", "答え", meaning=f"答え。{MARKED}"),
    ),
    lambda catalogue: catalogue["faqs"],
)

TIPS = Table(
    "tips.csv",
    "専門家からのヒント",
    "相談や申しこみの前に知っておくと楽になること。",
    (
        TIP.column("id", "id"),
        TIP.column("page", "ページ"),
        TIP.column("standpoint", "だれの目線か", may_be_empty=True),
        TIP.column("title", "題"),
        TIP.column("summary", "ひとことで", may_be_empty=True),
        TIP.column("body_markdown", "本文", meaning=f"本文。{MARKED}"),
        plain("sources", "出典", "もとの資料のアドレス。", kind=SEVERAL, may_be_empty=True,
              of=lambda row: [source["url"] for source in row["sources"]]),
    ),
    lambda catalogue: catalogue["tips"],
)  # fmt: skip

VOCABULARY = Table(
    "vocabulary.csv",
    "ことば",
    "分野・悩み・年代や学年・対象の、記号と名前。",
    (
        plain("kind", "種類", "何のことばか。", allowed=KINDS_OF_WORDS),
        plain("id", "id", "記号。"),
        plain("label", "名前", "画面に出す名前。"),
        plain("area", "分野のid", "悩みの、どの分野のものか。", of=lambda row: row.get("area"), may_be_empty=True),
        BAND.column("age_min", "何歳から", of=lambda row: row.get("age_min"), may_be_empty=True),
        BAND.column("age_max", "何歳まで", of=lambda row: row.get("age_max"), may_be_empty=True),
    ),
    _words,
)

TABLES = (SUPPORTS, CONTACTS, RULES, SOURCES, FAQS, TIPS, VOCABULARY)
