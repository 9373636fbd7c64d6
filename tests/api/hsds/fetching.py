"""Asking the API as a program would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

SHA256 = "ab" * 32


@dataclass(frozen=True)
class Asker:
    web: Client

    def response(self, address: str, headers: Any = None, **query: Any) -> Any:
        response: Any = self.web.get(f"/api/hsds/{address}", query, headers=headers)
        return response

    def get(self, address: str, **query: object) -> Any:
        response = self.response(address, **query)
        assert response.status_code == 200, response.content.decode()
        return json.loads(response.content)

    def all(self, address: str, **query: object) -> list[dict[str, Any]]:
        """The contents of every page, walked as its marks say."""
        rows: list[dict[str, Any]] = []
        for number in range(1, 1000):
            page = self.get(address, page=number, **query)
            rows += page["contents"]
            if page["last_page"]:
                break
        return rows
