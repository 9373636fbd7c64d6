"""支援 as data."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.codes import Codes
from api.identifiers import support_uuid
from api.texts import Text
from catalog.directory.codes import Declined, Kind, Known, Language, Reach, Status
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Support
from catalog.models.citation import Citation
from catalog.pages.decorators import public_url

from .contacts import ContactData, State

KNOWN = Known.choices()


class CitationData(serializers.Serializer[Any]):
    """出典。"""

    url = serializers.CharField(help_text="アドレス。")
    title = serializers.CharField(help_text="ページの題。")
    publisher = serializers.ChoiceField(
        choices=Citation._meta.get_field("publisher").choices or (), help_text="出した人の種類。"
    )
    publisher_name = serializers.CharField(help_text="出した人の名前。")
    page_date = serializers.CharField(
        help_text="ページの日付。2026、2026-01、2026-01-24 のように、わかるところまで。わからなければ空。"
    )


class SourceData(CitationData):
    """出典と、それに何がのっているか。"""

    seen_on = serializers.CharField(help_text="編集者が開いて見た日。なければ空。")
    numbers = serializers.ListField(child=serializers.CharField(), help_text="のっている番号（contacts の value）。")
    hours = serializers.ListField(
        child=serializers.CharField(), help_text="受付時間がのっている連絡先（contacts の value）。"
    )


class ChildTexts(serializers.Serializer[Any]):
    """1つの段階のことば。"""

    what = Text(help_text="どんなところか。")
    who = Text(help_text="だれが出るか。")
    say = Text(help_text="はじめに言うことばの例。")
    if_busy = Text(help_text="つながらないとき。")


class ChildLevels(serializers.Serializer[Any]):
    """段階ごとのことば。その段階の学年に見せないものには、その段階がありません。"""

    easy = ChildTexts(required=False, help_text="小学1〜4年生のことば。")
    teen = ChildTexts(required=False, help_text="小学5年生から18歳までのことば。")


class ChildWordsData(serializers.Serializer[Any]):
    """子どもへのことば。"""

    bands = Codes(help_text="見せてよい学年（age-bands の id）。")
    name = Text(source="at_any_level.name", help_text="名前。")
    free = serializers.ChoiceField(choices=KNOWN, source="at_any_level.free", help_text="お金がかからないか。")
    name_needed = serializers.ChoiceField(
        choices=KNOWN, source="at_any_level.name_needed", help_text="名前を言う必要があるか。"
    )
    secret = serializers.ChoiceField(
        choices=KNOWN,
        source="at_any_level.secret",
        help_text="話したことを、ほかの人に言わないでくれるか。yes でも、危ないときは、助けるために話すことがあります。",
    )
    texts = ChildLevels(help_text="段階ごとのことば。")


class SupportData(serializers.Serializer[Any]):
    """支援1つ: 相談窓口・制度・行ける窓口。"""

    id = serializers.CharField(
        source="public_id", help_text="変わらない記号。何の悩みかを言わないので、アドレスや記録に残っても安全です。"
    )
    uuid = serializers.SerializerMethodField(help_text="変わらない UUID。HSDS の service の id と同じ。")
    url = serializers.SerializerMethodField(help_text="このサイトでのページ。")
    name = serializers.CharField(help_text="正式な名前か、よく知られた呼び名。")
    kana = serializers.CharField(help_text="名前のよみがな（ひらがな）。")
    also_known_as = serializers.ListField(child=serializers.CharField(), help_text="ほかの呼び名。")
    kind = serializers.ChoiceField(choices=Kind.choices(), help_text="種類。")
    operator = serializers.CharField(
        help_text="運営しているところ（国・自治体・団体など）。いくつかの機関をまとめて書いたものもあります。"
    )
    reach = serializers.ChoiceField(choices=Reach.choices(), help_text="全国で1つの連絡先か、地域ごとか。")
    status = serializers.ChoiceField(
        choices=[choice for choice in Status.choices() if choice[0] != Status.UNCLEAR],
        help_text="いまの状態。ended は終わったもので、案内に使わないでください。",
    )
    replaced_by = serializers.SerializerMethodField(help_text="終わったものの代わり（supports の id）。")
    replaced_note = serializers.CharField(help_text="終わったことの案内。なければ空。")
    when_to_use = serializers.CharField(help_text="どんなときに使うか、ひとことで。")
    summary = serializers.CharField(help_text="どんなものか、やさしい文で。")
    what_happens = serializers.CharField(help_text="電話すると・申しこむとどうなるか。なければ空。")
    conditions = serializers.ListField(child=serializers.CharField(), help_text="条件・もらえるもの。")
    apply_at = serializers.CharField(help_text="どこに行くか。なければ空。")
    bring_or_say = serializers.CharField(help_text="持っていくもの・はじめに言うことば。なければ空。")
    languages = serializers.ListField(
        child=serializers.ChoiceField(choices=Language.choices()), help_text="使えることば（ISO 639-1 など）。"
    )
    areas = Codes(help_text="悩みの分野（worries の id のうち is_area のもの）。")
    worries = Codes(help_text="合う悩み（worries の id）。")
    main_worry = serializers.CharField(help_text="いちばん合う悩み（worries の id）。")
    audiences = Codes(source="tags", help_text="対象（audiences の id）。ほかの人も使えます。")
    declines = serializers.ListField(
        child=serializers.ChoiceField(choices=Declined.choices()),
        help_text="受けていないこと。あてはまる人には、ほかの窓口を案内してください。",
    )
    only_for = Codes(
        help_text="この人たちだけが使える（audiences の id）。空なら、だれでも。どれか1つに当てはまればよい。"
    )
    age_min = serializers.IntegerField(allow_null=True, help_text="何歳から。決まりがなければ null。")
    age_max = serializers.IntegerField(allow_null=True, help_text="何歳まで（この年もふくむ）。決まりがなければ null。")
    is_crisis = serializers.BooleanField(
        source="crisis", help_text="死にたいほどつらい人や、危険の中にいる人を受けとめる窓口か。"
    )
    is_always_open = serializers.BooleanField(help_text="24時間・毎日つながる連絡先があるか。")
    contacts = ContactData(many=True, help_text="連絡先。先にあるものから試してください。終わったものにはありません。")
    children = ChildWordsData(
        source="child", allow_null=True, help_text="子どもへのことば。子どもに見せないものは null。"
    )
    sources = SourceData(many=True, help_text="番号や時間の出典。")
    verified_on = serializers.CharField(
        help_text="確かめた資料の日付。2026、2026-01、2026-01-24 のように、わかるところまで。わからなければ空。"
    )
    answers = serializers.BooleanField(
        required=False,
        help_text="その時点でだれかが答えるか。open_at か state_at をつけたとき、または会話の結果にだけあります。",
    )

    def get_uuid(self, support: Support) -> str:
        return support_uuid(support.slug)

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, support: Support) -> str:
        return public_url("entry", support.public_id)

    @extend_schema_field(Codes)
    def get_replaced_by(self, support: Support) -> list[str]:
        directory: Directory = self.context["directory"]
        return [directory.supports[slug].public_id for slug in support.replaced_by if slug in directory.supports]


FIELDS = tuple(SupportData().fields)
_state = State().to_representation  # one serializer for all: constructing one costs more than using it


@lru_cache(maxsize=512)  # a Release's entries; each is made once
def _unchanging(directory: Directory, support: Support) -> dict[str, Any]:
    data: dict[str, Any] = SupportData(support, context={"directory": directory}).data
    return data if support.is_available else {**data, "contacts": []}


def support_data(support: Support, directory: Directory, *, at: DirectoryNow | None = None) -> dict[str, Any]:
    """An entry as JSON; with the state of its contacts where a moment `at` is given."""
    data = _unchanging(directory, support)
    if at is None:
        return data
    contacts = [
        {**row, "state": _state(at.state(contact)) if contact.opens_and_closes else None}
        for row, contact in zip(data["contacts"], support.contacts, strict=False)
    ]
    return {**data, "contacts": contacts, "answers": support.is_available and at.open_contact(support) is not None}


def only(data: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """Only these fields, and the id."""
    chosen = {"id", *fields}
    return {name: value for name, value in data.items() if name in chosen}
