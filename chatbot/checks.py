"""What must hold of every path through every flow before a Release may be published."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.directory.codes import Page, RuleBand
from catalog.directory.directory import Directory, DirectoryNow
from catalog.directory.entries import Support
from catalog.release.problem import Problem
from catalog.text import furigana

from .answering import needs_a_line_that_is_always_open
from .conversation import Step, every_ending
from .facts import FactKind, RuleQuestion, fact
from .flow import Flow, FlowError, build, is_known_fact
from .matching import names_somebody_to_talk_to
from .replay import Conversation
from .sentinels import SENTINELS, Answer, Sentinels, due

FEWEST_RESULTS = 3


def build_flows(directory: Directory) -> None:
    """Build every flow that a page needs. Raises FlowError, KeyError or TypeError where a Release's flows are of another shape."""
    flows = {data["key"]: build(data, directory) for data in directory.sections["flows"]}
    for page in Page:
        flows[page]


def check_flows(now: DirectoryNow, sentinels: Sentinels = SENTINELS) -> Iterator[Problem]:
    """What stops a Release, as of a moment: it should be the one at which the fewest answer. Takes seconds."""
    directory = now.directory
    reached: set[str] = set()
    gone = [key for key in sentinels if all(data["key"] != key for data in directory.sections["flows"])]
    yield from (Problem(_flow(key), "この質問の流れがありません。もどしてください。") for key in gone)
    flows_hold = not gone
    for data in directory.sections["flows"]:
        try:
            flow = build(data, directory)
        except FlowError as error:
            flows_hold = False
            yield Problem(_flow(data["key"]), str(error))
            continue
        if flow.is_for_children:
            yield from _check_readings(flow)
            yield from _check_grades(flow, directory)
        wanted, is_earlier = due(flow.key, flow.answers_in_danger, sentinels)
        flows_hold = flows_hold and not is_earlier  # new entries may be for what an earlier flow does not ask
        if lost := list(_check_danger(flow, wanted)):  # a flow that asks on in danger has too many paths to walk
            flows_hold = False
            yield from lost
        else:
            yield from _check_paths(flow, now, reached, wanted, names_firsts=not is_earlier)
    yield from _check_firsts(directory)
    if flows_hold:
        for support in _unreached(now, reached):
            yield Problem(
                f"「{support.name}」",
                "どの質問の流れからも、ここにたどりつきません。「合う悩み」を見直してください。",
            )


def _unreached(now: DirectoryNow, reached: set[str]) -> list[Support]:
    """The entries that no path leads to. Whether who chooses several things comes to one is looked at only where nobody else does."""
    lasting = [support for support in now.directory.available if not support.has_season]
    if all(support.slug in reached for support in lasting):
        return []
    flows = (build(data, now.directory) for data in now.directory.sections["flows"])
    ends = {end.need: end for flow in flows for end in every_ending(now, flow)}.values()
    found = reached.union(match.support.slug for end in ends for match in end.results.everything)
    return [support for support in lasting if support.slug not in found]


def _check_danger(flow: Flow, wanted: set[Answer]) -> Iterator[Problem]:
    """Each of the wanted answers is there, and leads to the results at once."""
    for question_key, key in sorted(wanted):
        question = flow.questions.get(question_key)
        choice = question.choice(key) if question else None
        if choice is None or not choice.is_danger:
            yield Problem(
                _answer(flow, (question_key, key)),
                "命や安全にかかわる答えです。えらぶとすぐに、緊急の窓口が出るようにしてください。"
                "しまってあればもどし、「わかること」に「危険」を入れてください。",
            )


def _check_paths(
    flow: Flow, now: DirectoryNow, reached: set[str], wanted: set[Answer], *, names_firsts: bool
) -> Iterator[Problem]:
    """Walk the paths once, with one more thing where several may be chosen, as staff wait for it; people who are shown the same are
    looked at once, and so is each message. Who gives one of the wanted answers is shown the crisis card. `names_firsts`: whether
    somebody to talk to must be named first for every topic."""
    seen: set[object] = set()
    told: set[str] = set()
    never_given = set(wanted)
    for end in every_ending(now, flow, several=False):
        said = {(turn.question.key, key) for turn in end.conversation.turns for key in turn.keys} & wanted
        never_given -= said
        alike = (end.need, bool(said))
        if alike in seen:
            continue
        seen.add(alike)
        reached.update(match.support.slug for match in end.results.everything)
        message = _what_is_wrong(end) or (_nobody_named(end) if names_firsts else "")
        if said and not leads_to_crisis_card(end):
            message = "命や安全にかかわる答えなのに、24時間つながる緊急の窓口が、いちばん上に出てきません。"
        if message and message not in told:
            told.add(message)
            yield Problem(f"{_flow(flow.key)}の「{path_words(end.conversation)}」", message)
    for answer in sorted(never_given):
        yield Problem(_answer(flow, answer), "命や安全にかかわる答えなのに、この質問はだれにもたずねられません。")


def leads_to_crisis_card(end: Step) -> bool:
    """Whether a line that never closes stands on the crisis card; for children, among the few that they are shown. Above both stands
    who answers at this moment."""
    found = end.results
    card = found.child if end.flow.is_for_children else found.crisis
    return found.now is not None and any(match.support.is_always_open for match in card)


def _check_firsts(directory: Directory) -> Iterator[Problem]:
    """What an entry says of its places and of whom it is for is written in codes of the vocabulary."""
    for support in directory.available:
        for first in support.firsts:
            if first.worry not in directory.worries:
                yield Problem(
                    f"「{support.name}」", f"「はじめに見せる悩み」の「{first.worry}」という悩みはありません。"
                )
        for mentioned in sorted(support.facts_mentioned):
            if not is_known_fact(mentioned, directory):
                yield Problem(f"「{support.name}」", f"「{mentioned}」の記号は、語彙にありません。")


def _nobody_named(end: Step) -> str:
    """That nobody to talk to is named first for a topic; "" where there is somebody. A site whose entries name no worry yet is not
    stopped."""
    directory = end.now.directory
    for topic in end.need.topics if directory.firsts_by_worry else ():
        if not names_somebody_to_talk_to(topic, directory, end.need):
            return (
                f"「{directory.worries[topic[0]].label}」に、はじめに見せる相談先が1つもありません。"
                "相談先の「はじめに見せる悩み」に書いてください。"
            )
    return ""


def _what_is_wrong(end: Step) -> str:
    found = end.results
    to_talk_to = [match.support for match in found.shown if match.support.is_someone_to_talk_to]
    if len(found.shown) < FEWEST_RESULTS:
        what = "子どものことばがあるもの" if end.flow.is_for_children else "もの"
        return f"見つかる{what}が{len(found.shown)}つだけです。{FEWEST_RESULTS}つより少なくなっています。"
    if not to_talk_to:
        return "話せる窓口が1つもありません。"
    if not found.now:
        return "真夜中や年末年始に、答えてくれる窓口が1つもありません。"
    if needs_a_line_that_is_always_open(end.need) and not any(support.is_always_open for support in to_talk_to):
        return "24時間つながる窓口が、はじめに出てきません。"
    return ""


def _check_grades(flow: Flow, directory: Directory) -> Iterator[Problem]:
    """The children's pages take a child's grade, and with it the readings, from the key of the answer to one question."""
    question = flow.questions.get(RuleQuestion.BAND)
    if question is None:
        yield Problem(
            _flow(flow.key),
            f"学年をたずねる質問（記号 {RuleQuestion.BAND}）がありません。よみがなは、この質問の答えに合わせてつきます。"
            "しまってあれば、もどしてください。ことばを変えたいときは、ほかの質問に替えずに、この質問を直してください。",
        )
        return
    bands = [band.code for band in directory.age_bands_of(Page.UNDER18)]
    for choice in question.choices:
        meant = choice.key if choice.key in bands else RuleBand.ANY_CHILD
        if fact(FactKind.AGE, meant) not in choice.facts:
            yield Problem(
                f"質問「{furigana.plain(question.prompt)}」の答え「{furigana.plain(choice.label)}」",
                f"答えの記号「{choice.key}」と、わかることの年代が合っていません。記号は、18歳以下のページの年代の記号"
                f"（{'、'.join(bands)}）と同じにしてください。よみがなが、その学年に合わせてつきます。",
            )


def _check_readings(flow: Flow) -> Iterator[Problem]:
    """Every kanji of a children's flow has its reading."""
    for question in flow.questions.values():
        texts = [question.prompt, question.help, question.skip_label]
        texts += [text for choice in question.choices for text in (choice.label, choice.help)]
        for text in texts:
            if furigana.unread_kanji(text) or furigana.broken_marks(text):
                yield Problem(f"質問「{question.key}」", f"「{text}」の漢字によみがなをつけてください。")


def path_words(conversation: Conversation) -> str:
    """The answers of a path, as a curator would name them."""
    return furigana.plain(" → ".join(turn.words for turn in conversation.turns))


def _answer(flow: Flow, answer: Answer) -> str:
    question = flow.questions.get(answer[0])
    choice = question.choice(answer[1]) if question else None
    where = f"質問「{furigana.plain(question.prompt)}」" if question else f"質問（記号 {answer[0]}）"
    what = f"答え「{furigana.plain(choice.label)}」" if choice else f"答え（記号 {answer[1]}）"
    return f"{_flow(flow.key)}の{where}の{what}"


def _flow(key: str) -> str:
    return f"質問の流れ「{key}」"
