"""What a page costs, as ratios against a bare Django view measured in the same run: python -m scripts.bench

Ratios, since milliseconds say more about the machine than about the code. Everything runs in this process, through the WSGI
application that the server calls, with all middleware; the hello view runs without any.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from .serve import prepare

ROUNDS = 9
ROUND_SECONDS = 0.25
Call = Callable[[], object]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [path("", hello)]
BARE = {"ROOT_URLCONF": __name__, "MIDDLEWARE": []}


def request_to(
    handler: WSGIHandler, address: str, post: list[tuple[str, str]] | Mapping[str, Any] | None = None
) -> Call:
    """One request as the server would hand it over: read to the last byte and closed. A list is posted as a form, a mapping as JSON."""
    path, _, query = address.partition("?")
    is_json = isinstance(post, Mapping)
    body = (json.dumps(post) if isinstance(post, Mapping) else urlencode(post or [])).encode()
    environment: dict[str, Any] = {
        "REQUEST_METHOD": "GET" if post is None else "POST",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "CONTENT_TYPE": "application/json" if is_json else "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
    }
    if post is not None and not is_json:
        environment["HTTP_HX_REQUEST"] = "true"  # a step of the chat, not the whole page
    statuses: list[str] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        statuses[:] = [status]
        return len  # what WSGI calls write(); nobody here writes

    def call() -> None:
        response = handler(environment | {"wsgi.input": BytesIO(body)}, start_response)
        b"".join(response)
        response.close()
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{address} answered {statuses[0]}")

    return call


def milliseconds(call: Call) -> float:
    """The mean over one round."""
    count = 0
    start = time.perf_counter()
    while (taken := time.perf_counter() - start) < ROUND_SECONDS:
        call()
        count += 1
    return 1000 * taken / count


def last_step() -> Call:
    """The engine alone: what a person with several worries is shown, at this moment."""
    from catalog.release import serving
    from chatbot.conversation import next_step
    from chatbot.flow import flow_of

    flow = flow_of(serving.current(), "general")
    answers = {"worry": ("money",), "money": ("debt",), "also": ("job", "heart")}
    return lambda: next_step(serving.directory_now(), flow, answers).results


def for_the_first_time(call: Call) -> Call:
    """A call of the API with nothing kept of the entries yet, as after a new Release."""
    from api.v1 import support_data

    def first() -> None:
        support_data._unchanging.cache_clear()
        call()

    return first


@override_settings(API_RATE="100000000/min")  # nobody is slowed down
def measure() -> None:
    site = WSGIHandler()
    with override_settings(**BARE):
        bare = request_to(WSGIHandler(), "/")
    step = [("a", "worry.money"), ("q", "money"), ("c", "debt")]
    end = [("a", "worry.money"), ("a", "money.debt"), ("q", "also"), ("c", "heart"), ("next", "1")]
    whole_list = request_to(site, "/api/v1/supports/?per_page=400")
    calls = {
        "home": request_to(site, "/"),
        "one chat step": request_to(site, "/chat/", step),
        "results": request_to(site, "/chat/", end),
        "list": request_to(site, "/list/"),
        "API: one chat step": request_to(
            site, "/api/v1/conversation/", {"flow": "general", "answers": {"worry": ["money"], "money": ["debt"]}}
        ),
        "API: results": request_to(
            site,
            "/api/v1/conversation/",
            {"flow": "general", "answers": {"worry": ["money"], "money": ["debt"], "also": ["heart"]}},
        ),
        "API: list": whole_list,
        "API: list, first": for_the_first_time(whole_list),
    }
    engine = last_step()
    rounds: dict[str, list[float]] = {name: [] for name in calls}
    bare_ms: list[float] = []
    engine_ms: list[float] = []
    for call in (*calls.values(), engine):
        call()
    gc.collect()
    for _ in range(ROUNDS):  # each round measures everything, so that a busy moment of the machine weighs on all alike
        with override_settings(**BARE):
            bare_ms.append(milliseconds(bare))
        for name, call in calls.items():
            rounds[name].append(milliseconds(call) / bare_ms[-1])
        engine_ms.append(milliseconds(engine))
    print(f"bare Django view      {median(bare_ms):8.3f} ms")
    for name, ratios in rounds.items():
        print(
            f"{name:<20}  {median(ratios):8.1f} times that   (from {min(ratios):.1f} to {max(ratios):.1f} in {ROUNDS} rounds)"
        )
    print(f"results, engine alone {median(engine_ms):8.3f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(prepare(Path(folder)))
        import django

        django.setup()
        measure()


if __name__ == "__main__":
    main()
