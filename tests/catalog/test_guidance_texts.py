"""よくある質問 and 専門家からのヒント name no entry without a link to it, carry no number of their own, and cite whose guidance it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from catalog.directory.directory import Directory
from catalog.directory.entries import Support
from catalog.models.citation import is_copy_or_blog
from catalog.text import markdown

from .test_content import numbers

LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


def texts(directory: Directory) -> Iterator[tuple[str, str]]:
    yield from ((faq.slug, faq.answer) for faq in directory.faqs)
    yield from ((tip.slug, f"{tip.summary}\n\n{tip.body}") for tip in directory.tips)


def names(support: Support) -> set[str]:
    """As one would write it: without what stands in brackets, and without the number."""
    shortened = (re.split(r"[（「]", name)[0].strip() for name in (support.name, *support.also_known_as))
    return {name for name in shortened if len(name) > 3}


def test_whoever_is_named_is_linked(directory: Directory) -> None:
    for slug, text in texts(directory):
        linked = {named.slug for named in markdown.named(text)}
        plain = LINK.sub("", text)
        for support in directory.available:
            for name in names(support):
                assert name not in plain or support.slug in linked, (slug, name, support.slug)


def test_no_text_carries_a_number_of_its_own(directory: Directory) -> None:
    """But for 110, 118 and 119, which are no entries."""
    for slug, text in texts(directory):
        plain = LINK.sub("", text)
        assert [*numbers(plain), *re.findall(r"(?<!\d)18[89](?!\d)", plain)] == [], slug


def test_what_is_named_can_be_used(directory: Directory) -> None:
    for slug, text in texts(directory):
        assert markdown.names_plainly(text), slug
        for named in markdown.named(text):
            support = directory.supports[named.slug]
            assert support.is_available, (slug, named)
            assert not named.via or named.via in support.ways, (slug, named)


def test_no_copy_and_no_blog_is_cited(directory: Directory) -> None:
    cited = [(slug, url) for slug, text in texts(directory) for _, url in LINK.findall(text)]
    cited += [(tip.slug, source.url) for tip in directory.tips for source in tip.sources]
    assert [(slug, url) for slug, url in cited if is_copy_or_blog(url)] == []


def test_every_source_of_a_tip_says_what_it_is_and_whose(directory: Directory) -> None:
    for tip in directory.tips:
        assert [source for source in tip.sources if not (source.title and source.publisher_name)] == [], tip.slug


@pytest.mark.parametrize("slug", ["someone-in-pain", "heavy-words"])
def test_how_to_speak_of_wanting_to_die_is_said_alike(directory: Directory, slug: str) -> None:
    text = dict(texts(directory))[slug]
    assert "まっすぐ聞" in text
    assert "質問を重ね" not in text


def test_a_parent_close_to_shaking_a_baby_reads_first_what_works_this_minute(directory: Directory) -> None:
    text = dict(texts(directory))["tired-at-home"]
    steps = [
        text.index(words)
        for words in ("あお向けに寝かせ", "部屋を出て、数分離れ", "だれかに電話", "強くゆさぶってしまった")
    ]
    assert steps == sorted(steps)
    assert "119" in text[steps[-1] :]
