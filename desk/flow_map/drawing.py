"""Where the boxes and arrows of a flow stand. Pure arithmetic: from the outline to numbers (pixels), nothing else.

Questions stand in columns, by the longest path from the start. An arrow that passes a column runs in a lane of its own there, which
all arrows to the same question share; so no arrow runs behind a box. Questions that nothing leads to stand apart, below.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .outline import Branch, QuestionOutline

WIDTH = 320
GAP_ACROSS = 110
GAP_DOWN = 26
MARGIN = 24
LINE = 24
PADDING = 10
LANE = 14
CHARACTERS = 20  # of full width, to a line
COUNT_CHARACTERS = 3.5
APART_TITLE = 56
APART_A_ROW = 4
CONDITION = "/"  # no key of an answer may hold it


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a box; `y` is the line's middle. `end`: said at its right instead of an arrow. `tone`: condition, choice or rest."""

    y: int
    words: str
    tone: str
    end: str = ""
    count: str = ""
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    step: QuestionOutline
    x: int
    y: int
    height: int
    head_height: int
    head: tuple[tuple[int, str], ...]  # (y, words); the last line is the key, as many prompts are alike
    rows: tuple[Line, ...]
    ports: dict[str, int]  # where an arrow leaves (y), by a Branch's key; "" for the rest, CONDITION for the rules

    width = WIDTH

    @property
    def right(self) -> int:
        return self.x + WIDTH

    @property
    def left(self) -> int:
        """Where its words begin."""
        return self.x + PADDING

    @property
    def inner_right(self) -> int:
        return self.right - PADDING

    @property
    def middle(self) -> int:
        return self.y + self.head_height // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """`path` is an SVG path. Dashed: for whom the question is not asked. `is_circle`: it leads back."""

    path: str
    is_rule: bool = False
    is_circle: bool = False
    has_head: bool = True


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    apart_y: int  # where the title over the questions stands that nothing leads to; 0 without any


Node = tuple[str, int]  # (question, -1), or (question that the lane leads to, column)


def draw(steps: Sequence[QuestionOutline]) -> Drawing:
    reached = {step.key: step for step in steps if step.is_reached}
    depth, circles = _depths(reached)
    links = _links(reached, depth, circles)
    tops = _tops(reached, depth, links)
    boxes = {key: _box(step, _x(depth[key]), tops[key, -1]) for key, step in reached.items()}
    bottom = max((box.y + box.height for box in boxes.values()), default=0) + MARGIN
    apart = [step for step in steps if not step.is_reached]
    apart_boxes = list(_apart(apart, bottom + APART_TITLE))
    every = [*boxes.values(), *apart_boxes]
    return Drawing(
        width=max((box.right for box in every), default=0) + MARGIN,
        height=max((box.y + box.height for box in every), default=0) + MARGIN,
        boxes=tuple(every),
        arrows=tuple(_arrows(boxes, depth, circles, tops)),
        apart_y=bottom + APART_TITLE // 2 if apart else 0,
    )


def _depths(steps: dict[str, QuestionOutline]) -> tuple[dict[str, int], set[tuple[str, str]]]:
    """The column of each question, and the links that lead back to a question on the way to them."""
    circles: set[tuple[str, str]] = set()
    finished: list[str] = []

    def visit(key: str, trail: tuple[str, ...]) -> None:
        if key in finished:
            return
        for target in steps[key].targets:
            if target in (*trail, key):
                circles.add((key, target))
            else:
                visit(target, (*trail, key))
        finished.append(key)

    for key in sorted(steps, key=lambda key: not steps[key].is_start):
        visit(key, ())
    depth = dict.fromkeys(steps, 0)
    for key in reversed(finished):
        for target in steps[key].targets:
            if (key, target) not in circles:
                depth[target] = max(depth[target], depth[key] + 1)
    return depth, circles


def _stations(key: str, target: str, depth: dict[str, int]) -> list[Node]:
    """What an arrow passes, from box to box: the lanes of the columns between."""
    return [(key, -1), *((target, column) for column in range(depth[key] + 1, depth[target])), (target, -1)]


def _links(
    steps: dict[str, QuestionOutline], depth: dict[str, int], circles: set[tuple[str, str]]
) -> set[tuple[Node, Node]]:
    return {
        link
        for key, step in steps.items()
        for target in step.targets
        if (key, target) not in circles
        for link in pairwise(_stations(key, target, depth))
    }


def _tops(steps: dict[str, QuestionOutline], depth: dict[str, int], links: set[tuple[Node, Node]]) -> dict[Node, int]:
    """The upper edge of every box and lane: each near the middle of what leads to it, none over another."""
    before: defaultdict[Node, list[Node]] = defaultdict(list)
    for source, target in sorted(links):
        before[target].append(source)
    order = {key: index for index, key in enumerate(steps)}
    nodes: set[Node] = {(key, -1) for key in steps} | {node for link in links for node in link}
    columns: defaultdict[int, list[Node]] = defaultdict(list)
    for key, column in nodes:
        columns[depth[key] if column < 0 else column].append((key, column))
    heights = {node: LANE if node[1] >= 0 else _height(steps[node[0]]) for node in nodes}
    tops: dict[Node, int] = {}
    for column in sorted(columns):
        wanted = {
            node: _mean([tops[source] + heights[source] // 2 for source in before[node]]) - heights[node] // 2
            for node in columns[column]
        }
        edge = None
        placed = {}
        for node in sorted(columns[column], key=lambda node: (wanted[node], order[node[0]], node[1])):
            placed[node] = wanted[node] if edge is None else max(wanted[node], edge)
            edge = placed[node] + heights[node] + GAP_DOWN
        shift = _mean([wanted[node] - placed[node] for node in placed])
        tops |= {node: top + shift for node, top in placed.items()}
    least = min(tops.values(), default=0)
    return {node: top - least + MARGIN for node, top in tops.items()}


def _mean(numbers: list[int]) -> int:
    return sum(numbers) // len(numbers) if numbers else 0


def _x(column: int) -> int:
    return MARGIN + column * (WIDTH + GAP_ACROSS)


def _lines(step: QuestionOutline) -> tuple[list[str], list[str]]:
    return [*wrap(step.prompt), f"{step.key}・始まり" if step.is_start else step.key], [
        line for words in step.conditions for line in wrap(words)
    ]


def _height(step: QuestionOutline) -> int:
    head, conditions = _lines(step)
    return (len(head) + len(conditions) + len(step.branches) + 1) * LINE + 4 * PADDING


def _box(step: QuestionOutline, x: int, y: int) -> Box:
    head, conditions = _lines(step)
    middles = iter(range(y + PADDING + LINE // 2, y + _height(step), LINE))
    head_lines = tuple((next(middles), words) for words in head)
    head_height = len(head) * LINE + 2 * PADDING
    below = iter(range(y + head_height + PADDING + LINE // 2, y + _height(step) + LINE, LINE))
    rows = [Line(next(below), words, "condition") for words in conditions]
    ports = {CONDITION: rows[-1].y} if rows else {}
    for branch in (*step.branches, step.rest):
        row = _line(branch, next(below), is_rest=branch is step.rest)
        rows.append(row)
        ports[branch.key] = row.y
    return Box(step, x, y, _height(step), head_height, head_lines, tuple(rows), ports)


def _line(branch: Branch, y: int, *, is_rest: bool) -> Line:
    end = ""
    if branch.is_broken and not branch.follows_question:
        end = "行き先なし"
    elif branch.leads_to_under18:
        end = "結果・18歳以下へ"
    elif not branch.target and not branch.follows_question:
        end = "すぐ結果へ" if branch.is_danger else "結果へ"
    count = "" if branch.count is None else f"{branch.count}件"
    room = CHARACTERS - (COUNT_CHARACTERS if count else 0) - (_width(end) + 1 if end else 0)
    words = shorten(branch.words + ("・ほか" if is_rest else ""), room)
    return Line(y, words, "rest" if is_rest else "choice", end, count, branch.is_broken)


def _apart(steps: list[QuestionOutline], top: int) -> Iterator[Box]:
    """Side by side, a few per row."""
    for start in range(0, len(steps), APART_A_ROW):
        row = [_box(step, _x(column), top) for column, step in enumerate(steps[start : start + APART_A_ROW])]
        yield from row
        top += max(box.height for box in row) + GAP_DOWN


def _arrows(
    boxes: dict[str, Box], depth: dict[str, int], circles: set[tuple[str, str]], tops: dict[Node, int]
) -> Iterator[Arrow]:
    lanes: set[tuple[Node, Node]] = set()
    for key, box in boxes.items():
        for port, target, is_rule in _leaving(box):
            y = box.ports[port]
            if (key, target) in circles:
                yield Arrow(_curve(box.right, y, boxes[target].x, boxes[target].middle), is_circle=True)
                continue
            stations = _stations(key, target, depth)
            lanes |= set(pairwise(stations[1:]))
            x, middle = _entry(stations[1], boxes, depth, tops)
            yield Arrow(_curve(box.right, y, x, middle), is_rule, has_head=len(stations) == 2)
    for source, (key, column) in sorted(lanes):
        x, y = _entry(source, boxes, depth, tops)
        to_x, to_y = _entry((key, column), boxes, depth, tops)
        lane = f"M{x} {y}h{WIDTH}"
        yield Arrow(lane + _curve(x + WIDTH, y, to_x, to_y).removeprefix(f"M{x + WIDTH} {y}"), has_head=column < 0)


def _leaving(box: Box) -> Iterator[tuple[str, str, bool]]:
    """(port, target, whether for those who are not asked)."""
    for branch in (*box.step.branches, box.step.rest):
        if branch.target and not branch.is_broken and not branch.follows_question:
            yield branch.key, branch.target, False
    if CONDITION in box.ports and box.step.rest.target and not box.step.rest.is_broken:
        yield CONDITION, box.step.rest.target, True


def _entry(node: Node, boxes: dict[str, Box], depth: dict[str, int], tops: dict[Node, int]) -> tuple[int, int]:
    """Where an arrow comes in."""
    key, column = node
    return (boxes[key].x, boxes[key].middle) if column < 0 else (_x(column), tops[node] + LANE // 2)


def _curve(x: int, y: int, to_x: int, to_y: int) -> str:
    bend = max((to_x - x) // 2, GAP_ACROSS // 2)
    return f"M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"


def _width(words: str) -> float:
    """In full-width characters."""
    return sum(1 if unicodedata.east_asian_width(sign) in "WFA" else 0.55 for sign in words)


def shorten(words: str, room: float) -> str:
    if _width(words) <= room:
        return words
    while words and _width(words) > room - 1:
        words = words[:-1]
    return f"{words}…"


def wrap(words: str) -> list[str]:
    """Lines of at most CHARACTERS."""
    lines = [""]
    for sign in words:
        if _width(lines[-1] + sign) > CHARACTERS:
            lines.append("")
        lines[-1] += sign
    return lines
