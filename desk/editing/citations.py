"""What the form of a citation asks, wherever one is typed: a title, who published it, a page that is not a copy."""

from __future__ import annotations

import unicodedata

from django import forms
from django.core.exceptions import ValidationError

from catalog.models.citation import is_copy_or_blog

from .dates import past_date
from .rows import OrderedRowForm

NOT_A_SOURCE = "写し・ブログ・投稿は出典にできません。もとのページのアドレスを書いてください。"
HELP = {
    "url": "資料のページ。http:// か https:// で始まります。紙の資料なら空にして、名前を書きます。",
    "title": "ページや資料の題。例: 相談窓口の一覧",
    "publisher_name": "だれのページか。例: 厚生労働省、加賀市",
    "publisher": "厚生労働省などの国や、その窓口の本人が出したものなら「公式」。",
    "page_date": "資料に書かれた日付。例: 2025年4月1日。なければ空に。",
}


class CitationForm(OrderedRowForm):
    """What older rows lack (a title, a publisher) stays lacking until somebody touches it: whoever mends a number is not stopped by it."""

    title = forms.CharField(
        label="資料の名前", max_length=160, required=False, help_text=HELP["title"],
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )  # fmt: skip
    publisher_name = forms.CharField(label="出した人", max_length=80, required=False, help_text=HELP["publisher_name"])
    page_date = forms.CharField(label="資料の日付", max_length=30, required=False, help_text=HELP["page_date"])

    def clean_title(self) -> str:
        return self._needed("title", "資料の名前を書いてください。")

    def clean_publisher_name(self) -> str:
        return self._needed("publisher_name", "だれのページか（出した人）を書いてください。")

    def _needed(self, name: str, missing: str) -> str:
        text: str = self.cleaned_data[name].strip()
        if not text and (not self.instance.pk or getattr(self.instance, name)):
            raise ValidationError(missing)
        return text

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        settled = unicodedata.normalize("NFKC", url)
        url = settled if settled.isascii() else url
        if is_copy_or_blog(url) and url != self.instance.url:
            raise ValidationError(NOT_A_SOURCE)
        return url

    def clean_page_date(self) -> str:
        """What was written in another form long ago stays, where nobody touches it."""
        typed: str = self.cleaned_data["page_date"]
        return typed if typed and typed == self.instance.page_date else past_date(typed)
