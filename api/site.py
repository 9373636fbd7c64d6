"""Whose data this is: the entrances of both APIs, and every file that holds the whole, say so in the same words."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from rest_framework import serializers

from catalog.pages.decorators import public_url
from catalog.pages.imprint import imprint


class SiteData(serializers.Serializer[Any]):
    """どこのデータか。わからないものは、項目ごとありません。"""

    url = serializers.URLField(help_text="サイトのアドレス。")
    operator = serializers.CharField(required=False, help_text="運営する団体の名前。")
    contact_email = serializers.EmailField(
        required=False, help_text="データのまちがいを知らせる宛先。悩みの相談は受けられません。"
    )
    content_date = serializers.DateField(
        required=False, help_text="内容の日付。いま返している公開版を公開した日（日本時間）。"
    )
    notice = serializers.CharField(
        required=False, help_text="運営する団体が決まっていないときの、ことわり。データを見せるときに、そえてください。"
    )


def site_data() -> dict[str, str]:
    """As JSON has it. What is not known is left out: HSDS knows no null."""
    who = imprint()
    known = {
        "url": public_url("home"),
        "operator": who.operator,
        "contact_email": who.contact,
        "content_date": who.published.date().isoformat() if who.published else "",
        "notice": who.notice,
    }
    return {name: value for name, value in known.items() if value}


def fingerprint() -> str:
    """Changes when the site gets another operator or address, so that nobody keeps an answer that names the old one."""
    named = f"{settings.OPERATOR_NAME}\n{settings.CONTACT_EMAIL}"
    return hashlib.sha256(named.encode()).hexdigest()[:8]
