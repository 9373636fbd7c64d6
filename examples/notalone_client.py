"""「あなたはひとりじゃない」の API を使う、小さなプログラムの例。Python 3.11 以上の標準ライブラリだけで動きます。

    python notalone_client.py --site （サイトのアドレス） list        支援の一覧（変わっていなければ取りなおさない）
    python notalone_client.py --site （サイトのアドレス） open work   この分野で、いま話せる窓口
    python notalone_client.py --site （サイトのアドレス） talk        質問に答えて、窓口を見つける

悩みや答えは POST で送り、どこにも残しません。ファイルに残すのは、公開されている支援の一覧だけです。
"""

import argparse
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

KEPT = Path("notalone_supports.json")
SECONDS = 20


def ask(site: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[Any, str]:
    """(答え, ETag)。body があれば POST。304 のときの答えは None。"""
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(f"{site}/api/v1/{path}", data, {"Accept": "application/json", **(headers or {})})
    if data:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            return json.load(response), response.headers["ETag"]
    except urllib.error.HTTPError as error:
        if error.code == 304:  # 前に取ったものと同じ
            return None, error.headers["ETag"]
        if error.code == 429:  # 多すぎたので、言われた秒数だけ待つ
            time.sleep(int(error.headers["Retry-After"]))
            return ask(site, path, body, headers)
        problem = json.load(error)  # どの値が正しくないかも、ここに書いてある
        raise SystemExit(f"{problem['title']}: {problem['detail']}") from error


def supports(site: str, kept: Path = KEPT) -> Any:
    """すべての支援。前に取ったときから変わっていなければ、ファイルにあるものを使う。"""
    old = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    headers = {"If-None-Match": old["etag"]} if old.get("site") == site else {}
    answer, etag = ask(site, "supports/?per_page=400", headers=headers)
    if answer is None:
        return old["supports"]
    new = {"site": site, "etag": etag, "supports": answer["results"]}
    kept.write_text(json.dumps(new, ensure_ascii=False), encoding="utf-8")
    return new["supports"]


def open_lines(site: str, area: str) -> Any:
    """この分野（worries の id）で、いまだれかが答える窓口。"""
    wanted = {"area": area, "open_at": "now", "per_page": 400, "fields": ["name", "contacts"]}
    answer, _ = ask(site, "supports/search/", wanted)
    return answer["results"]


def lines_of(support: Any) -> Iterator[str]:
    """画面に出す行。いまつながるものを先に。番号と一緒に、料金と、かけ方も。"""
    yield f"■ {support['name']}"
    contacts = sorted(support["contacts"], key=lambda contact: not is_open(contact))
    for contact in contacts:
        now = "（いま、つながります）" if is_open(contact) else ""
        words = [contact["value"], contact["charge_words"], contact["how_to_dial"], contact["note"]]
        yield f"  {now}{'　'.join(filter(None, words))}"


def is_open(contact: Any) -> bool:
    """open だけが「つながる」。unknown を、開いているとみなさない。"""
    return bool(contact.get("state")) and contact["state"]["openness"] == "open"


def talk(site: str, choose: Callable[[str], str] = input, say: Callable[[str], None] = print) -> None:
    """質問に答えて、結果を見る。答えは、この中にだけある。"""
    answers: dict[str, list[str]] = {}
    while True:
        step, _ = ask(site, "conversation/", {"flow": "general", "answers": answers})
        if step["results"] is not None:  # いのちにかかわる答えなら、もう何も聞かずに結果になる
            show(step, say)
        question = step["question"] or step["question_below"]
        if question is None:
            break
        say(question["prompt"]["plain"])
        for number, choice in enumerate(question["choices"], start=1):
            say(f"  {number} {choice['label']['plain']}")
        typed = choose("番号（こたえたくないときは、そのまま Enter）: ").strip()
        is_number = typed.isdecimal() and 1 <= int(typed) <= len(question["choices"])
        if not is_number and step["question_below"]:  # 結果はもう見せたので、答えなければ終わる
            break
        answers[question["key"]] = [question["choices"][int(typed) - 1]["key"] if is_number else "-"]


def show(step: Any, say: Callable[[str], None]) -> None:
    """結果の画面。いま話せるところを、いちばん上に。"""
    if now := step["answering_now"]:
        say(f"いま話せるところ: {now['name']}")
    for found in step["results"]:
        if not found["is_more"]:
            for line in lines_of(found["support"]):
                say(line)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="相談窓口と制度を探します。")
    parser.add_argument("--site", required=True, help="サイトのアドレス")
    parser.add_argument("what", choices=["list", "open", "talk"])
    parser.add_argument("area", nargs="?", default="talk", help="分野（open のとき）")
    asked = parser.parse_args(arguments)
    site = asked.site.rstrip("/")
    if asked.what == "talk":
        talk(site)
        return
    for support in supports(site) if asked.what == "list" else open_lines(site, asked.area):
        print("\n".join(lines_of(support)))


if __name__ == "__main__":
    main()
