"""Query parameters of the lists, as in HSDS's API reference."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request

from api.paging import MOST_PER_PAGE, Paged
from api.parameters import Asked, MomentField, read_query
from catalog.directory.search import LONGEST_SEARCH, normalise


class YesNo(serializers.BooleanField):
    """true or false, as HSDS writes them."""

    TRUE_VALUES = {"true", True}
    FALSE_VALUES = {"false", False}
    NULL_VALUES: set[Any] = set()

    default_error_messages = {"invalid": "true か false を書いてください。"}


class Id(serializers.UUIDField):
    """As HSDS writes it: with its hyphens, and nothing around."""

    default_error_messages = {"invalid": "UUID を書いてください。"}

    def to_internal_value(self, data: Any) -> UUID:
        if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", str(data)):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class ListQuery(Paged):
    """The parameters of every list."""

    search = serializers.CharField(
        required=False,
        min_length=1,
        max_length=LONGEST_SEARCH,
        trim_whitespace=False,
        help_text="ことば。空白で区切ると、すべてをふくむもの。悩んでいる人が打ったことばは、アドレスに残らない "
        "POST の `/api/v1/supports/search/` で探してください。",
    )
    format = serializers.ChoiceField(
        choices=[("json", "1ページずつの JSON"), ("ndjson", "1行に1つずつ、全部（page と per_page は使いません）")],
        default="json",
        help_text="形式。",
    )


class ServiceQuery(ListQuery):
    """The filters of services, combined with AND."""

    taxonomy_term_id = Id(
        required=False,
        help_text="このことば（taxonomy_terms の id）がついたもの。悩みの分野なら、その中の悩みのものも。",
    )
    taxonomy_id = Id(required=False, help_text="この分類（taxonomies の id）のことばがついたもの。")
    organization_id = Id(required=False, help_text="ここ（organizations の id）が運営するもの。")
    modified_after = MomentField(
        required=False,
        help_text="この日時か、そのあとに変わったかもしれないもの。1つずつの変更の時刻はないので、公開版が新しくなれば全部が出ます。"
        "出ないものは、変わっていません。2026-12-31T23:00 のような日時（時差がなければ日本時間）。",
    )
    minimal = YesNo(default=False, help_text="id と modified_date だけを。per_page を書かなければ、全部が1ページに。")
    full = YesNo(default=False, help_text="すべての項目を（services/{id} と同じ）。minimal といっしょなら、minimal。")


class OrganizationQuery(ListQuery):
    full = YesNo(default=False, help_text="services（id、名前、状態）もつける。")
    full_service = YesNo(default=False, help_text="services を、すべての項目でつける。")


class OneOrganizationQuery(Asked):
    full_service = YesNo(default=False, help_text="services を、すべての項目でつける。")


class TermQuery(ListQuery):
    taxonomy_id = Id(required=False, help_text="この分類（taxonomies の id）のことば。")
    top_only = YesNo(default=False, help_text="いちばん上のことば（上のことばがないもの）だけ。")
    parent_id = Id(required=False, help_text="このことば（taxonomy_terms の id）のすぐ下のもの。")


def read_list(request: Request, form: type[ListQuery]) -> dict[str, Any]:
    """The parameters of a list."""
    asked = read_query(request, form)
    if asked.get("minimal") and "per_page" not in request.query_params:
        asked["per_page"] = MOST_PER_PAGE
    return asked


def contains(text: str, *texts: str) -> bool:
    """Whether every word stands in one of the texts."""
    heap = normalise(" ".join(texts))
    return all(word in heap for word in normalise(text).split())


def changed_after(modified: datetime | None, asked: datetime | None) -> bool:
    """Whether something changed after a date; unknown counts as changed."""
    return asked is None or modified is None or modified >= asked
