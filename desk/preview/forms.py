"""What is to be previewed: which content, as of when, which page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve

from catalog.hours.timetable import JAPAN

from . import moments

# What is no page to look at: it leads away, speaks to machines, or sends the desk a report on what is public.
NOT_PREVIEWED = {"exit", "robots", "sitemap", "health", "health-details"} | {
    "report", "report-thanks", "under18-report", "under18-report-thanks",
}  # fmt: skip
AT = "at"
DRAFT = ""
PAGES = {
    "おとなのページ": [
        ("", "ホーム"), ("chat/", "質問（チャット）"), ("list/", "一覧"), ("faq/", "よくある質問"), ("tips/", "ヒント"),
        ("about/", "このサイトについて"), ("safety/", "安全な使い方"), ("privacy/", "プライバシー"), ("banners/", "バナー・QRコード"),
    ],
    "18歳以下のページ": [
        ("under18/", "はじめのページ"), ("under18/chat/", "質問（チャット）"), ("under18/questions/", "みなさんからの質問"),
        ("under18/hints/", "ヒント"), ("under18/history/", "履歴をけす"), ("under18/adults/", "保護者・先生のページ"),
    ],
}  # fmt: skip


class PreviewForm(forms.Form):
    when = forms.RegexField(r"^(now|at|\d{8}T\d{4})$", required=False)
    at = forms.DateTimeField(
        required=False,
        error_messages={"invalid": "日時を読みとれませんでした。「2027-01-01 03:30」のように書いてください。"},
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    content = forms.RegexField(r"^release-\d{1,9}$", required=False)
    page = forms.CharField(required=False, max_length=1000)

    def clean_page(self) -> str:
        page = str(self.cleaned_data["page"]).lstrip("/")
        try:
            match = resolve(f"/{page}", urlconf=settings.PUBLIC_URLCONF)
        except Resolver404:
            raise forms.ValidationError("そのページは見つかりません。一覧からえらんでください。") from None
        if match.url_name in NOT_PREVIEWED:
            raise forms.ValidationError("そのページは、ここでは見られません。ほかのページをえらんでください。")
        return page

    def clean(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        if values.get("when") == AT and "at" in values:
            at = values["at"]
            if at is None:
                self.add_error("at", "見たい日時を入れてください。")
            elif not moments.FIRST_YEAR <= at.astimezone(JAPAN).year <= moments.LAST_YEAR:
                self.add_error("at", f"{moments.FIRST_YEAR}年から{moments.LAST_YEAR}年までの日時を入れてください。")
        return values

    @property
    def moment_code(self) -> str:
        """Of a form that is valid."""
        at = self.cleaned_data["at"]
        return moments.write(at) if self.cleaned_data["when"] == AT else self.cleaned_data["when"] or moments.NOW
