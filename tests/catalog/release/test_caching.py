"""After a new Release many programs fetch the same large answers in the same second."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from types import FunctionType

import pytest

from api import openapi
from api.hsds.export import export_file
from api.open_data import files, reference
from catalog.release.caching import kept


def test_what_many_ask_for_in_one_moment_is_made_once() -> None:
    made: list[str] = []
    everybody_is_here = Barrier(4)

    @kept(2)
    def export(release: str) -> str:
        sleep(0.05)
        made.append(release)
        return release.upper()

    def ask(release: str) -> str:
        everybody_is_here.wait(5)
        return export(release)

    with ThreadPoolExecutor(4) as programs:
        assert list(programs.map(ask, ["a"] * 4)) == ["A"] * 4
    assert made == ["a"]


def test_what_could_not_be_made_is_tried_again() -> None:
    tries: list[int] = []

    @kept(1)
    def export() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError
        return "made"

    with pytest.raises(RuntimeError):
        export()
    assert export() == "made"


@pytest.mark.parametrize(
    "made", [openapi._made, reference._made, files._files, export_file], ids=lambda made: made.__module__
)
def test_the_large_answers_are_made_so(made: FunctionType) -> None:
    assert made.__code__.co_name == "kept_or_made"
