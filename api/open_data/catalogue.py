"""catalogue.json: everything that is published, in the shapes of the API, in one document."""

from __future__ import annotations

import json
from typing import Any

from rest_framework import serializers

from api import licence
from api.site import SiteData, site_data
from api.v1.flows import FlowData, flows
from api.v1.guidance import ChildArticleData, FAQData, TipData
from api.v1.releases import ReleaseData
from api.v1.support_data import SupportData, support_data
from api.v1.vocabulary import AgeBandData, AudienceData, WorryData, audiences
from catalog.directory.directory import Directory
from catalog.directory.search import by_kana
from catalog.release.serving import Published


class ReleaseMarks(ReleaseData):
    """どの公開版か。"""

    is_current: Any = None  # left out: a downloaded file cannot know it
    published_at = serializers.DateTimeField(allow_null=True, help_text="公開した日時。公開前の下見では null。")


class LicenceData(serializers.Serializer[Any]):
    """使うときの約束。"""

    name = serializers.CharField(help_text="ライセンスの名前。")
    url = serializers.URLField(help_text="ライセンスの説明。")
    about = serializers.ListField(child=serializers.CharField(), help_text="何を、どんな条件で使えるか。")
    requests = serializers.ListField(child=serializers.CharField(), help_text="お願い。")


class CatalogueData(serializers.Serializer[Any]):
    """公開されている内容のすべて。"""

    release = ReleaseMarks(help_text="どの公開版か。")
    site = SiteData(help_text="どこのデータか。")
    licence = LicenceData(help_text="使うときの約束。")
    supports = SupportData(many=True, help_text="支援。終わったものも、連絡先なしで入っています。よみがな順。")
    worries = WorryData(many=True, help_text="悩みとその分野。")
    age_bands = AgeBandData(many=True, help_text="年代・学年。")
    audiences = AudienceData(many=True, help_text="対象。")
    faqs = FAQData(many=True, help_text="よくある質問。")
    tips = TipData(many=True, help_text="専門家からのヒント。")
    child_articles = ChildArticleData(many=True, help_text="子どもへの読みもの。")
    flows = FlowData(many=True, help_text="質問の流れ。")


def catalogue(directory: Directory, published: Published | None) -> dict[str, Any]:
    """The document. `published`: the Release it shows; None for a preview."""
    release = published or Published(directory.number, "", "")
    content = {
        "release": {
            "number": release.number,
            "sha256": release.sha256,
            "published_at": release.published_at or None,
        },
        "site": site_data(),
        "licence": {
            **licence.LICENCE,
            "about": list(licence.paragraphs()),
            "requests": list(licence.REQUESTS),
        },
        "supports": [support_data(support, directory) for support in by_kana(directory.supports.values())],
        "worries": WorryData(list(directory.worries.values()), many=True).data,
        "age_bands": AgeBandData(list(directory.age_bands.values()), many=True).data,
        "audiences": audiences(directory),
        "faqs": FAQData(list(directory.faqs), many=True).data,
        "tips": TipData(list(directory.tips), many=True).data,
        "child_articles": ChildArticleData(list(directory.child_articles), many=True).data,
        "flows": FlowData(flows(directory), many=True).data,
    }
    plain: dict[str, Any] = json.loads(json.dumps(content))
    return plain
