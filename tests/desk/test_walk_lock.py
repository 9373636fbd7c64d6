"""While one walk through the flows goes on, nobody waits for it: the same threads serve the public."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from desk import walk_lock

SLOW = ["publish-check", "publish-paths", "unreached"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", SLOW)
def test_who_asks_meanwhile_is_told_at_once_and_asked_to_come_again(viewer: Client, name: str) -> None:
    address = reverse(f"admin:{name}")
    with walk_lock.walking():
        part = viewer.get(address, headers={"HX-Request": "true"}).content.decode()
        page = viewer.get(address).content.decode()
    assert f'hx-get="{address}"' in part
    assert 'hx-trigger="load delay:' in part
    assert "もう一度開いてください" in page


@pytest.mark.django_db
def test_the_next_one_may_look_after_a_view_that_failed(viewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("desk.publishing.views.check", broken)
    with pytest.raises(RuntimeError):
        viewer.get(reverse("admin:publish-check"))
    assert not walk_lock._looking.locked()
