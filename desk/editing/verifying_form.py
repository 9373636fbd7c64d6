"""What somebody says who compared an entry with a page: which page, and which numbers and hours it shows."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from catalog.directory.codes import NUMBER_WAYS, Publisher
from catalog.models import Source, Support
from catalog.models.citation import is_copy_or_blog, is_public_url

OTHER = ""  # a page that is not among the entry's sources


class VerifyForm(forms.Form):
    source = forms.ChoiceField(label="どの資料を見ましたか", required=False, widget=forms.RadioSelect)
    other = forms.CharField(
        label="ほかの資料のアドレス", required=False, max_length=600, widget=forms.TextInput(attrs={"inputmode": "url"})
    )
    other_title = forms.CharField(label="ほかの資料の名前（ページの題）", required=False, max_length=160)
    other_publisher_name = forms.CharField(label="出した人（例: 厚生労働省、加賀市）", required=False, max_length=80)
    other_publisher = forms.ChoiceField(label="出した人の種類", required=False, choices=Publisher.choices())
    numbers = forms.MultipleChoiceField(
        label="この資料にのっていた番号", required=False, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.MultipleChoiceField(
        label="受付時間がこの資料にのっていた連絡先", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, support: Support, data: Any = None) -> None:
        self._support = support
        self._sources = {str(source.pk): source for source in support.sources.all()}
        contacts = list(support.contacts.all())
        numbers = [contact.value for contact in contacts if contact.via in NUMBER_WAYS]
        timed = [c.value for c in contacts if c.value and (c.always_open or c.hours_text or c.hours.all())]
        initial = {"source": next(iter(self._sources), OTHER), "numbers": numbers, "hours": timed}
        super().__init__(data, initial=initial)
        choices = [*((pk, str(source)) for pk, source in self._sources.items()), (OTHER, "ほかの資料")]
        cast(forms.ChoiceField, self.fields["source"]).choices = choices
        for name, values in (("numbers", numbers), ("hours", timed)):
            cast(forms.MultipleChoiceField, self.fields[name]).choices = [(value, value) for value in values]
            if not values:
                del self.fields[name]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("other")]

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in {"numbers", "hours"}]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("source"):
            return cleaned
        url = cleaned.get("other", "").strip()
        if not is_public_url(url) or is_copy_or_blog(url):
            self.add_error("other", "見た資料をえらぶか、もとのページの https:// で始まるアドレスを書いてください。")
        elif not cleaned.get("other_title", "").strip():
            self.add_error("other_title", "ページの題を書いてください。")
        elif not cleaned.get("other_publisher_name", "").strip():
            self.add_error("other_publisher_name", "だれのページかを書いてください。")
        return cleaned

    def seen(self) -> Source:
        """The page, with what it shows; not saved. Only for a valid form."""
        cleaned = self.cleaned_data
        source = self._sources.get(cleaned["source"]) or Source(
            support=self._support,
            position=max((known.position for known in self._sources.values()), default=-1) + 1,
            url=cleaned["other"].strip(),
            title=cleaned["other_title"].strip(),
            publisher=cleaned["other_publisher"] or Publisher.OTHER,
            publisher_name=cleaned["other_publisher_name"].strip(),
        )
        source.shows_numbers = cleaned.get("numbers", [])
        source.shows_hours = cleaned.get("hours", [])
        return source
