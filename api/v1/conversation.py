"""The conversation as a stateless step: the answers in, the next question or the results out. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import Asked, CodeField, DeclaredField, ListedField, MomentField, read_body
from api.schema import documented
from api.texts import Text
from api.views import ReleaseView
from catalog.directory.directory import DirectoryNow
from catalog.release import serving
from chatbot.conversation import Result, Step, next_step
from chatbot.facts import FactKind
from chatbot.flow import SKIPPED, flow_of
from chatbot.forms import LONGEST_KEY, MOST_ANSWERS
from chatbot.results import Group

from .flows import TAG, ChoiceData, QuestionData, flow_keys
from .support_data import FIELDS, SupportData, only, support_data


@extend_schema_field(
    {
        "type": "object",
        "maxProperties": MOST_ANSWERS,
        "propertyNames": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
        "additionalProperties": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_ANSWERS,
            "items": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
        },
    }
)
class AnswersField(serializers.DictField):
    """{question: [choice, …]}."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty=True, **kwargs)

    def to_internal_value(self, data: Any) -> dict[str, tuple[str, ...]]:
        if not isinstance(data, Mapping) or len(data) > MOST_ANSWERS:
            raise serializers.ValidationError(f"質問の key から答えの key への対応を、{MOST_ANSWERS}までで。")
        for question, keys in data.items():
            if not 0 < len(question) <= LONGEST_KEY:
                raise serializers.ValidationError(f"質問の key は{LONGEST_KEY}字までです。")
            if not isinstance(keys, list) or not 0 < len(keys) <= MOST_ANSWERS:
                raise serializers.ValidationError({question: "答えの key を1つ以上、リストで書いてください。"})
            if not all(isinstance(key, str) and 0 < len(key) <= LONGEST_KEY for key in keys):
                raise serializers.ValidationError({question: f"答えの key は{LONGEST_KEY}字までの文字列です。"})
        return {question: tuple(keys) for question, keys in data.items()}


class StepRequest(Asked):
    """会話のいまのところまで。"""

    flow = CodeField(flow_keys, help_text="どの流れか。")
    answers = AnswersField(
        default=dict,
        help_text=f'これまでの答え。{{"worry": ["money"]}} のように、質問の key に、選んだ答えの key のリスト。'
        f'答えなかった質問は ["{SKIPPED}"]。順番は気にしなくてかまいません。',
    )
    finish = serializers.BooleanField(default=False, help_text="質問が残っていても、ここまでの答えで結果を出す。")
    fields: DeclaredField = ListedField(
        FIELDS, required=False, help_text="支援（support、answering_now）のほしい項目だけを。id はいつもつきます。"
    )
    at = MomentField(
        required=False,
        help_text="どの時点の結果か。書かなければ now。now か、2026-12-31T23:00 のような日時（2000〜2099年。時差がなければ日本時間）。",
    )


class TurnData(serializers.Serializer[Any]):
    """すんだ質問と、その答え。"""

    question = serializers.CharField(source="question.key", help_text="質問の key。")
    prompt = Text(source="question.prompt", help_text="質問。")
    choices = ChoiceData(many=True, help_text="選んだ答え。答えなかったときは空。")


class NextLine(serializers.Serializer[Any]):
    """つながらないときに次に試すところ。"""

    id = serializers.CharField(source="public_id", help_text="支援の id。")
    name = serializers.CharField(help_text="名前。")


class FoundData(serializers.Serializer[Any]):
    """結果の1つ。"""

    group = serializers.ChoiceField(
        choices=Group.choices(), help_text="どのまとまりか。crisis は、いちばん上に目立つように。"
    )
    is_more = serializers.BooleanField(help_text="はじめは見せず「もっと見る」に入れるものか。")
    reason = serializers.CharField(help_text="なぜここに出るか、ひとことで。子どもの結果では空。")
    support = SupportData(help_text="支援。at の時点のようすがついています。")
    next_if_busy = NextLine(allow_null=True, help_text="つながらないときに次に試すところ。なければ null。")


class ConversationData(serializers.Serializer[Any]):
    """会話の次の一歩。"""

    flow = serializers.CharField(help_text="どの流れか。")
    turns = TurnData(many=True, help_text="すんだ質問と答え。")
    question = QuestionData(allow_null=True, help_text="次の質問。結果になったら null。")
    question_below = QuestionData(
        allow_null=True,
        help_text="命や安全にかかわる答えのあと、結果の下で聞く質問。答えなくてかまいません。なければ null。",
    )
    steps_left = serializers.IntegerField(help_text="次の質問をふくめて、多くてあといくつか。")
    was_lost = serializers.BooleanField(
        help_text="読めない答えがあったか（公開版が変わったなど）。そのときは、その質問をもう一度たずねます。"
    )
    too_many = serializers.ListField(
        child=serializers.CharField(), help_text="question に選べる数より多く答えたとき、その答えの key。"
    )
    in_danger = serializers.BooleanField(help_text="命や安全にかかわる答えがあったか。")
    leads_to = serializers.CharField(
        help_text="ほかのページのほうが合うとき、その名前（under18）。同じ名前の flow を、答えを空にして始められます。なければ空。"
    )
    answering_now = SupportData(
        allow_null=True, help_text="すぐ話したいときに: ここまでの答えに合い、at の時点で答える窓口。なければ null。"
    )
    results = FoundData(many=True, allow_null=True, help_text="結果。見せる順に並んでいます。質問が残っていれば null。")


# One serializer each for all answers: making one costs more than what it does.
_turns = TurnData(many=True).to_representation
_question = QuestionData().to_representation
_next_line = NextLine().to_representation


def conversation_data(step: Step) -> dict[str, Any]:
    """One step, as the API gives it."""
    conversation, question, quick = step.conversation, step.question, step.answers_now
    return {
        "flow": step.flow.key,
        "turns": _turns(conversation.turns),
        "question": _question(question) if question else None,
        "question_below": _question(step.question_below) if step.question_below else None,
        "steps_left": conversation.steps_left if question else 0,
        "was_lost": conversation.lost,
        "too_many": list(conversation.too_many),
        "in_danger": bool(conversation.person.of(FactKind.DANGER)),
        "leads_to": conversation.leads_to,
        "answering_now": support_data(quick.match.support, step.now.directory, at=step.now) if quick else None,
        "results": None if question else [_result(result, step.now) for result in step.all_results],
    }


def _result(result: Result, now: DirectoryNow) -> dict[str, Any]:
    return {
        "group": result.group,
        "is_more": result.is_more,
        "reason": result.reason,
        "support": support_data(result.support, now.directory, at=now),
        "next_if_busy": _next_line(result.next_if_busy) if result.next_if_busy else None,
    }


def _with_only(fields: tuple[str, ...], data: dict[str, Any]) -> dict[str, Any]:
    results = data["results"] and [{**row, "support": only(row["support"], fields)} for row in data["results"]]
    now = data["answering_now"] and only(data["answering_now"], fields)
    return {**data, "results": results, "answering_now": now}


class ConversationStep(ReleaseView):
    @documented(
        "conversation_step",
        tag=TAG,
        summary="会話を1歩進める",
        description="これまでの答えをすべて送ると、次の質問か、結果を返します。サーバーは何も覚えません。"
        "質問・選び方・並び順は、このサイトのページとまったく同じです。\n\n"
        "答えは人の悩みそのものです。保存も記録もせず、その人の端末の中だけに置いてください。",
        body=StepRequest,
        answer=ConversationData,
    )
    def post(self, request: Request) -> Response:
        asked = read_body(request, StepRequest)
        now = DirectoryNow(serving.current(), asked.get("at") or serving.moment())
        step = next_step(now, flow_of(now.directory, asked["flow"]), asked["answers"], finish=asked["finish"])
        data = conversation_data(step)
        return Response(_with_only(asked["fields"], data) if "fields" in asked else data)
