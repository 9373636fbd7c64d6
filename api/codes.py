"""Serializer field for a set of vocabulary codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers


class Codes(serializers.ListField):
    """A set of codes, sorted, so that the same answer is the same text."""

    child = serializers.CharField()

    def to_representation(self, data: Iterable[str]) -> list[Any]:
        return sorted(data)
