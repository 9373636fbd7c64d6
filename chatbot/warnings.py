"""What is named before publishing and does not stop it: a flow of an earlier design, and topics that lack what should be shown first."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.directory.directory import Directory
from catalog.release.concern import Concern, ConcernKind

from .flow import Flow, build
from .sentinels import due
from .topics import Topic, topics


def concerns_of_flows(directory: Directory) -> Iterator[Concern]:
    """Raises FlowError for a flow that cannot be walked."""
    seen: set[str] = set()
    for data in directory.sections["flows"]:
        flow = build(data, directory)
        if is_of_earlier_design(flow):
            how = f"新しい流れに替えるには、サーバーで python manage.py adopt_content --flow {flow.key}"
            yield Concern(ConcernKind.EARLIER_FLOW, "flows", flow.key, f"質問の流れ「{flow.key}」", how)
        for topic in topics(flow, directory):
            worry = topic.worries[0]
            if (lacking := lacks(topic)) and worry not in seen:
                seen.add(worry)
                yield Concern(ConcernKind.FIRSTS, "worries", worry, directory.worries[worry].label, lacking)


def is_of_earlier_design(flow: Flow) -> bool:
    """Whether it was made before entries were named first, and its staff kept it."""
    answers, is_earlier = due(flow.key, flow.answers_in_danger)
    return is_earlier and answers <= flow.answers_in_danger


def lacks(topic: Topic) -> str:
    """What should be named first and is not; "" where nothing is lacking."""
    if topic.lacks_somebody:
        return "話せる相談先"
    if topic.lacks_something_to_use:
        return f"申しこむもの（{'、'.join(support.name for support in topic.made_for_it[:3])} など）"
    return ""
