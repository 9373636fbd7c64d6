"""The introduction of our own API in its OpenAPI document."""

from __future__ import annotations

from api.document import Document, Example
from catalog.release import serving

from . import flows, guidance, releases, root, supports, vocabulary


def _a_support() -> dict[str, str]:
    line = serving.current().crisis_strip
    return {"id": line.public_id if line else next(iter(serving.current().by_public_id))}


def _a_tip() -> dict[str, str]:
    return {"id": next((tip.slug for tip in serving.current().tips), "none")}


V1 = Document(
    prefix="api/v1/",
    urls="api.v1.urls",
    title="あなたはひとりじゃない API",
    description="悩んでいる人に、国の支援制度と相談窓口を届けるための、データと会話の API です。登録も鍵もいりません。\n\n"
    "- **古い番号を案内しないために**: 公開版（`/api/v1/releases/current/`）が変わったら取りなおしてください。"
    "ETag を If-None-Match で送ると、変わっていなければ 304 だけが返ります。\n"
    "- **悩みを残さないために**: 人の答えや打ったことばは POST で送り、保存も記録もしないでください。\n"
    "- **時刻**はすべて日本時間です。受付時間の「祝日」は国民の祝日です。\n"
    "- **いのちにかかわるとき**（`is_crisis`、`in_danger`）は、まずその窓口を、押せる番号で出してください。",
    tags={
        root.TAG: "どこに何があるか。",
        supports.TAG: "相談窓口・制度・行ける窓口。",
        flows.TAG: "質問の流れをデータで、または1歩ずつ。",
        vocabulary.TAG: "支援をしぼるときに使う記号と、その名前。",
        guidance.TAG: "支援のまわりの読みもの。",
        releases.TAG: "いつ取りなおせばよいか。",
    },
    examples={
        "root": Example(),
        "supports_list": Example(query={"area": "work", "via": "phone", "per_page": 1}),
        "supports_search": Example(body={"q": "ひとり親", "state_at": "2026-12-01T10:00:00+09:00", "per_page": 1}),
        "supports_detail": Example(ids=_a_support),
        "worries_list": Example(),
        "age_bands_list": Example(),
        "audiences_list": Example(),
        "faqs_list": Example(),
        "tips_list": Example(),
        "tips_detail": Example(ids=_a_tip),
        "child_articles_list": Example(),
        "flows_list": Example(),
        "flows_detail": Example(ids=lambda: {"key": flows.flow_keys(serving.current())[0]}),
        "conversation_step": Example(body={"flow": "general", "answers": {"worry": ["money"]}}),
        "releases_list": Example(),
        "releases_current": Example(),
    },
    sparse=("SupportData",),
)
