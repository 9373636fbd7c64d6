"""The flows of questions, whole, as data."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.codes import Codes
from api.parameters import Asked, DeclaredField, read_query
from api.schema import documented
from api.texts import Text
from api.views import ReleaseView
from catalog.directory.directory import Directory
from catalog.release import serving
from chatbot.flow import Flow, flow_of

TAG = "質問と会話"


class ChoiceData(serializers.Serializer[Any]):
    """答えの1つ。"""

    key = serializers.CharField(help_text="記号。")
    label: DeclaredField = Text(help_text="ことば。")
    help = Text(help_text="ひとこと。なければ空の文。")
    icon = serializers.CharField(help_text="絵の名前。なければ空。")
    facts = serializers.ListField(
        child=serializers.CharField(), help_text="この答えでわかること（worry:rent のように、種類と値）。"
    )
    offer_if = Codes(help_text="このどれかがわかっている人にだけ出す。空ならだれにでも。")
    next = serializers.CharField(
        allow_null=True,
        help_text="次の質問の key。空なら結果へ、null なら質問の next のとおり。ここで名指しした、1つだけ選ぶ質問で悩み（worry:）を答えると、"
        "この答えでわかったことのうち worry: と tag: は、なかったことになります。",
    )
    leads_to = serializers.CharField(help_text="ほかのページのほうが合うとき、その名前（under18）。なければ空。")
    is_danger = serializers.BooleanField(
        help_text="命や安全にかかわる答えか。選ばれたら、すぐに結果を出します。"
        "そのあとは、答えの next が名指しした質問だけを、結果の下で聞きます。"
    )


class QuestionData(serializers.Serializer[Any]):
    """質問。"""

    key = serializers.CharField(help_text="記号。")
    prompt = Text(help_text="質問。")
    help = Text(help_text="ひとこと。なければ空の文。")
    multiple = serializers.BooleanField(help_text="いくつか選べるか。")
    most = serializers.IntegerField(help_text="いくつまで選べるか。")
    next = serializers.CharField(help_text="次の質問の key。空なら結果へ。")
    ask_if = Codes(help_text="このどれかがわかっている人にだけ聞く。空ならだれにでも。")
    skip_if = Codes(help_text="このどれかがわかっている人には聞かない。")
    skip_label = Text(help_text="答えないボタンのことば。")
    choices = ChoiceData(many=True, help_text="答え。")


class FlowData(serializers.Serializer[Any]):
    """質問の流れ。質問は支援を名指ししません。答えから「わかること」を集め、それに合う支援が選ばれます。

    聞く質問は、ask_if と skip_if に合うものを順に5つまで。出す答えは、だれにでも出すものと、offer_if に合うものの先の方から、合わせて9つまで。
    いくつか選べる質問では、facts がすべてわかっている答えは出しません（who: と age: は、1つわかっていれば、どれもわかっているとみます）。
    出す答えが1つもない質問は、とばします。"""

    key = serializers.CharField(help_text="記号（general は全員のページ、under18 は18歳以下のページ）。")
    start = serializers.CharField(help_text="始まりの質問の key。")
    questions = serializers.SerializerMethodField(help_text="質問。")

    @extend_schema_field(QuestionData(many=True))
    def get_questions(self, flow: Flow) -> Any:
        return QuestionData(list(flow.questions.values()), many=True).data


class FlowList(serializers.Serializer[Any]):
    """質問の流れの一覧。"""

    results = FlowData(many=True, help_text="質問の流れ。")


def flow_keys(directory: Directory) -> tuple[str, ...]:
    return tuple(flow["key"] for flow in directory.sections["flows"])


def flows(directory: Directory) -> list[Flow]:
    return [flow_of(directory, key) for key in flow_keys(directory)]


class Flows(ReleaseView):
    @documented(
        "flows_list",
        tag=TAG,
        summary="質問の流れの一覧",
        description="質問・答え・進み方のすべて。自分で会話を動かすときに。",
        answer=FlowList,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response({"results": FlowData(flows(serving.current()), many=True).data})


class FlowDetail(ReleaseView):
    @documented(
        "flows_detail",
        tag=TAG,
        summary="質問の流れ1つ",
        description="1つの流れの、質問・答え・進み方のすべて。",
        ids=[OpenApiParameter("key", str, OpenApiParameter.PATH, description="質問の流れの key。")],
        answer=FlowData,
    )
    def get(self, request: Request, key: str) -> Response:
        directory = serving.current()
        if key not in flow_keys(directory):
            raise Http404
        read_query(request, Asked)
        return Response(FlowData(flow_of(directory, key)).data)
