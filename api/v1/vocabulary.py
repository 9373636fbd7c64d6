"""The words of the catalogue: worries, age bands, audiences."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.identifiers import stable_uuid
from api.parameters import Asked, DeclaredField, read_query
from api.schema import documented
from api.views import ReleaseView
from catalog.directory.codes import Level, Page
from catalog.directory.directory import Directory
from catalog.directory.entries import Worry
from catalog.release import serving

TAG = "ことば（分野・学年・対象）"


class WorryData(serializers.Serializer[Any]):
    """悩み。"""

    id = serializers.CharField(source="code", help_text="記号。")
    uuid = serializers.SerializerMethodField(help_text="変わらない UUID。HSDS の taxonomy_term の id と同じ。")
    label: DeclaredField = serializers.CharField(help_text="名前。")
    area = serializers.CharField(help_text="どの分野のものか（分野の id）。分野なら自分の id。")
    is_area = serializers.BooleanField(help_text="分野か。")
    for_children = serializers.BooleanField(source="is_for_children", help_text="18歳以下のページの悩みか。")

    def get_uuid(self, worry: Worry) -> str:
        return stable_uuid("worry", worry.code)


class WorryList(serializers.Serializer[Any]):
    """悩みの一覧。"""

    results = WorryData(many=True, help_text="悩み。分野が先。")


class AgeBandData(serializers.Serializer[Any]):
    """年代・学年。"""

    id = serializers.CharField(source="code", help_text="記号。")
    label: DeclaredField = serializers.CharField(help_text="名前。")
    page = serializers.ChoiceField(choices=Page.choices(), help_text="どのページで使うか。")
    age_min = serializers.IntegerField(allow_null=True, help_text="何歳から。")
    age_max = serializers.IntegerField(allow_null=True, help_text="何歳まで（この年もふくむ）。上がなければ null。")
    kanji_taught = serializers.IntegerField(
        help_text="この学年の漢字まで習っている（0はまだ、1〜6は小学校の学年、9は常用漢字）。"
    )
    in_kana = serializers.BooleanField(help_text="漢字を使わず、かなで見せるか。")
    level = serializers.ChoiceField(choices=Level.choices(), help_text="子どもへのことばの、どの段階を読むか。")


class AgeBandList(serializers.Serializer[Any]):
    """年代・学年の一覧。"""

    results = AgeBandData(many=True, help_text="年代・学年。若い順。")


class AudienceData(serializers.Serializer[Any]):
    """対象。"""

    id = serializers.CharField(help_text="記号。")
    label: DeclaredField = serializers.CharField(help_text="名前。")


class AudienceList(serializers.Serializer[Any]):
    """対象の一覧。"""

    results = AudienceData(many=True, help_text="対象。")


def audiences(directory: Directory) -> list[dict[str, str]]:
    return [{"id": code, "label": label} for code, label in directory.tags.items()]


class Worries(ReleaseView):
    @documented(
        "worries_list",
        tag=TAG,
        summary="悩みの一覧",
        description="支援をしぼるときに使う、悩みとその分野。",
        answer=WorryList,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response({"results": WorryData(list(serving.current().worries.values()), many=True).data})


class AgeBands(ReleaseView):
    @documented(
        "age_bands_list",
        tag=TAG,
        summary="年代・学年の一覧",
        description="年代（general）と、子どもの学年（under18）。学年には、習った漢字と、読むことばの段階がついています。",
        answer=AgeBandList,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response({"results": AgeBandData(list(serving.current().age_bands.values()), many=True).data})


class Audiences(ReleaseView):
    @documented(
        "audiences_list",
        tag=TAG,
        summary="対象の一覧",
        description="支援がだれに向けたものかを言うことば。",
        answer=AudienceList,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response({"results": audiences(serving.current())})
