"""連絡先 as data: the number, what a caller must know, and when somebody answers."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.parameters import DeclaredField
from catalog.directory.codes import Charge, Dialable, Via
from catalog.directory.entries import Contact
from catalog.hours.description import span_of
from catalog.hours.timetable import DAYS, Openness, Rule, clock
from catalog.hours.wording import timetable_words
from catalog.pages.cards import charge_words, how_to_dial


class RuleData(serializers.Serializer[Any]):
    """1行の受付時間。"""

    days = serializers.ListField(
        child=serializers.ChoiceField(choices=DAYS), help_text="曜日。holiday は祝日。空なら毎日。"
    )
    weeks = serializers.ListField(
        child=serializers.IntegerField(), help_text="第何週の曜日だけか（1〜5）。空ならすべて。"
    )
    month_days = serializers.ListField(
        child=serializers.IntegerField(), help_text="毎月この日だけ（1〜31）。空ならすべて。"
    )
    opens = serializers.CharField(help_text="始まり。HH:MM（日本時間）。")
    closes = serializers.CharField(help_text="終わり。HH:MM。始まりと同じか早い時刻は次の日。夜中の0時は 24:00。")
    even_on_holidays = serializers.BooleanField(
        help_text="祝日でもこの行のとおりか。false の行は、closed_on_holidays のときと、days に holiday のある行がほかにあるときは、"
        "祝日には当てはまりません。どちらでもなければ、祝日もふだんの曜日のとおり。"
    )

    def to_representation(self, instance: Rule) -> dict[str, Any]:
        return {
            "days": [day for day in DAYS if day in instance.days],
            "weeks": sorted(instance.weeks),
            "month_days": sorted(instance.month_days),
            "opens": clock(instance.opens),
            "closes": clock(span_of(instance).closing_clock),
            "even_on_holidays": instance.even_on_holidays,
        }


class PeriodData(serializers.Serializer[Any]):
    """期間。MM-DD なら毎年、YYYY-MM-DD ならその年だけ。"""

    first = serializers.CharField(source="first_day", help_text="最初の日。")
    last = serializers.CharField(
        source="last_day", help_text="最後の日（この日もふくむ）。first より前の MM-DD なら年をまたぐ。"
    )


class HoursData(serializers.Serializer[Any]):
    """受付時間。always も rules もないときは、時間がことばでしかわからない（text）か、わからない。"""

    always = serializers.BooleanField(help_text="24時間か。休みと期間は、これにも当てはまります。")
    rules = RuleData(many=True, help_text="受付時間の行。どれか1つに当てはまれば開いている。")
    closed_on_holidays = serializers.BooleanField(help_text="祝日は休みか。祝日は日本の「国民の祝日」。")
    closed_periods = PeriodData(many=True, help_text="休みの期間（年末年始など）。")
    open_periods = PeriodData(many=True, help_text="期間をかぎって開くときの期間。空なら一年中。")


class State(serializers.Serializer[Any]):
    """ある時点のようす。"""

    openness = serializers.ChoiceField(
        choices=[
            (Openness.OPEN.value, "つながる"),
            (Openness.CLOSED.value, "時間外"),
            (Openness.OUT_OF_SEASON.value, "期間外"),
            (Openness.UNKNOWN.value, "わからない"),
        ],
        help_text="open は、その時点でつながる。unknown のときは、開いているとみなさないでください。",
    )
    until = serializers.DateTimeField(allow_null=True, help_text="いつまで開いているか。終わりがなければ null。")
    next_open = serializers.DateTimeField(
        allow_null=True, help_text="閉まっているとき、次に開く時。わからなければ null。"
    )


class ContactData(serializers.Serializer[Any]):
    """連絡先1つ。"""

    via = serializers.ChoiceField(choices=Via.choices(), help_text="方法。")
    label: DeclaredField = serializers.CharField(help_text="ほかの連絡先との違い（「外国語」など）。なければ空。")
    value = serializers.CharField(help_text="番号・アドレス・LINEの名前など。公式に書かれているとおり。")
    tel = serializers.SerializerMethodField(
        help_text="押して電話がかかる tel: アドレス。電話でない、または手で押すしかない番号なら null。"
    )
    url = serializers.SerializerMethodField(help_text="ひらけるアドレス。なければ null。")
    charge = serializers.ChoiceField(choices=Charge.choices(), help_text="通話料・利用料。")
    charge_words = serializers.SerializerMethodField(help_text="料金の説明。")
    ip_phone = serializers.ChoiceField(choices=Dialable.choices(), help_text="IP電話からかけられるか。")
    how_to_dial = serializers.SerializerMethodField(help_text="かけ方の説明（# の番号など）。なければ空。")
    note = serializers.CharField(help_text="かける前に知っておくこと。なければ空。")
    is_live = serializers.BooleanField(
        help_text="待っているあいだに、相談する人が答える方法（電話・チャット・LINE・SMS）か。緊急の番号（110・118・119）は入りません。"
    )
    hours = HoursData(source="timetable", help_text="受付時間。")
    hours_text = serializers.CharField(help_text="受付時間について、ことばでしかわからないこと。なければ空。")
    hours_words = serializers.SerializerMethodField(help_text="受付時間を日本語にした行。")
    number_confirmed = serializers.BooleanField(
        help_text="番号がのっている資料を、出典で確かめたか。false なら「まだ確かめていません」と示してください。"
    )
    number_shown_on = serializers.CharField(
        source="number_evidence.date", help_text="番号がのっている出典のうち、いちばん新しいものの日付。なければ空。"
    )
    hours_confirmed = serializers.BooleanField(
        help_text="受付時間を、出典で確かめたか。false なら「目安」と示してください。"
    )
    hours_shown_on = serializers.CharField(
        source="hours_evidence.date", help_text="受付時間がのっている出典のうち、いちばん新しいものの日付。なければ空。"
    )
    state = State(
        required=False,
        allow_null=True,
        help_text="その時点のようす。open_at か state_at をつけたとき、または会話の結果にだけあります。"
        "ウェブサイトやメールのように、待っていて答えがくるのでないものは null。",
    )

    @extend_schema_field({"type": ["string", "null"]})
    def get_tel(self, contact: Contact) -> str | None:
        return contact.tel_uri or None

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_url(self, contact: Contact) -> str | None:
        return contact.url or None

    def get_charge_words(self, contact: Contact) -> str:
        return charge_words(contact)

    def get_how_to_dial(self, contact: Contact) -> str:
        return how_to_dial(contact)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_hours_words(self, contact: Contact) -> list[str]:
        return timetable_words(contact.timetable)
