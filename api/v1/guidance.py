"""FAQ, tips from professionals, and the articles for children."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.parameters import Asked, read_query
from api.schema import documented
from api.texts import Text
from api.views import ReleaseView
from catalog.directory.codes import ArticleKind, FAQGroup, TipPage
from catalog.directory.entries import FAQ, ChildArticle, Tip
from catalog.pages.guidance import public_html, public_markdown
from catalog.release import serving

from .support_data import CitationData

TAG = "よくある質問・ヒント"


class FAQData(serializers.Serializer[Any]):
    """よくある質問。"""

    id = serializers.CharField(source="slug", help_text="記号。")
    group = serializers.ChoiceField(choices=FAQGroup.choices(), help_text="まとまり。")
    group_label = serializers.CharField(help_text="まとまりの名前。")
    question = serializers.CharField(help_text="質問。")
    answer_markdown = serializers.SerializerMethodField(
        help_text="答え（Markdown）。支援の名前は、そのページへのリンク。"
    )
    answer_html = serializers.SerializerMethodField(help_text="答え（安全な HTML）。")

    def get_answer_markdown(self, faq: FAQ) -> str:
        return public_markdown(faq.answer, serving.current())

    def get_answer_html(self, faq: FAQ) -> str:
        return public_html(faq.answer, serving.current())


class FAQList(serializers.Serializer[Any]):
    """よくある質問の一覧。"""

    results = FAQData(many=True, help_text="よくある質問。ページに並ぶ順。")


class TipData(serializers.Serializer[Any]):
    """専門家からのヒント。"""

    id = serializers.CharField(source="slug", help_text="記号。")
    page = serializers.ChoiceField(choices=TipPage.choices(), help_text="どのページのものか。")
    standpoint = serializers.CharField(source="standpoint_label", help_text="だれの目線か。なければ空。")
    title = serializers.CharField(help_text="題。")
    summary = serializers.CharField(help_text="ひとことで。なければ空。")
    body_markdown = serializers.SerializerMethodField(
        help_text="本文（Markdown）。支援の名前は、そのページへのリンク。"
    )
    body_html = serializers.SerializerMethodField(help_text="本文（安全な HTML）。")
    sources = CitationData(many=True, help_text="出典。")

    def get_body_markdown(self, tip: Tip) -> str:
        return public_markdown(tip.body, serving.current())

    def get_body_html(self, tip: Tip) -> str:
        return public_html(tip.body, serving.current())


class TipList(serializers.Serializer[Any]):
    """ヒントの一覧。"""

    results = TipData(many=True, help_text="ヒント。ページに並ぶ順。")


class ArticleTexts(serializers.Serializer[Any]):
    """1つの段階の題と本文。"""

    title = Text(help_text="題。")
    body = Text(help_text="本文。空行で段落に分かれます。")


class ArticleLevels(serializers.Serializer[Any]):
    """段階ごとの題と本文。"""

    easy = ArticleTexts(help_text="小学1〜4年生のことば。")
    teen = ArticleTexts(help_text="小学5年生から18歳までのことば。")


class ChildArticleData(serializers.Serializer[Any]):
    """子どもへの読みもの。"""

    id = serializers.CharField(source="slug", help_text="記号。")
    kind = serializers.ChoiceField(choices=ArticleKind.choices(), help_text="種類。")
    texts = serializers.SerializerMethodField(help_text="段階ごとの題と本文。")

    @extend_schema_field(ArticleLevels)
    def get_texts(self, article: ChildArticle) -> Any:
        levels = {level: {"title": title, "body": article.bodies[level]} for level, title in article.titles.items()}
        return ArticleLevels(levels).data


class ChildArticleList(serializers.Serializer[Any]):
    """子どもへの読みものの一覧。"""

    results = ChildArticleData(many=True, help_text="読みもの。")


class FAQs(ReleaseView):
    @documented("faqs_list", tag=TAG, summary="よくある質問", description="よくある質問とその答え。", answer=FAQList)
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response({"results": FAQData(list(serving.current().faqs), many=True).data})


class Tips(ReleaseView):
    @documented(
        "tips_list",
        tag=TAG,
        summary="専門家からのヒント",
        description="相談や申しこみの前に知っておくと楽になること。保護者・先生のページのものも。",
        answer=TipList,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response({"results": TipData(list(serving.current().tips), many=True).data})


class TipDetail(ReleaseView):
    @documented(
        "tips_detail",
        tag=TAG,
        summary="ヒント1つ",
        description="ヒント1つの、すべての項目。",
        ids=[OpenApiParameter("id", str, OpenApiParameter.PATH, description="ヒントの id。")],
        answer=TipData,
    )
    def get(self, request: Request, id: str) -> Response:  # noqa: A002 (the parameter's name in the address)
        tip = next((tip for tip in serving.current().tips if tip.slug == id), None)
        if tip is None:
            raise Http404
        read_query(request, Asked)
        return Response(TipData(tip).data)


class ChildArticles(ReleaseView):
    @documented(
        "child_articles_list",
        tag=TAG,
        summary="子どもへの読みもの",
        description="18歳以下のページの、質問と答え・ヒントなど。読みがなのデータつき。",
        answer=ChildArticleList,
    )
    def get(self, request: Request) -> Response:
        read_query(request, Asked)
        return Response({"results": ChildArticleData(list(serving.current().child_articles), many=True).data})
