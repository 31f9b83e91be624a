"""No kind passes by agreeing with itself: every word of it stands in a source that our declarations have no part in."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import pytest
from misspelt import misspelt
from outside import HERE, INDEX, PAGES
from truth import problems

from pulumi_ci.kinds._fragments import Template, template
from pulumi_ci.model.kind import Kind, kind_of, kinds
from pulumi_ci.model.marks import ServerDefault, Wire

KINDS = pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
FILES = ("tests/seeds/", "pulumi_ci/")


@KINDS
def test_every_word_stands_in_an_outside_source(kind: type[Kind]) -> None:
    found = problems(kind)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@KINDS
def test_no_misspelt_word_passes(kind: type[Kind]) -> None:
    """One at a time: each word of a call, each element, default and value; the sentence names the file."""
    passed = []
    for sort, word, wrong in misspelt(kind):
        found = problems(wrong)
        if not found or not all(any(file in problem for file in FILES) for problem in found):
            passed.append((sort, word, found))
    assert passed == []


@pytest.mark.parametrize(
    ("slug", "sorts"),
    {
        "snapshot-template": {"word", "element", "default", "value"},
        "media-queue": {"word", "element", "default", "value"},
        "image-search-service": {"word", "element", "default"},
        "hotlink": {"word", "element", "value"},
        "workflow": {"word", "element", "default", "value"},
        "process-image-async-template": {"word", "element", "default", "value"},
    }.items(),
)
def test_what_is_misspelt_is_of_every_sort(slug: str, sorts: set[str]) -> None:
    """So that the test above has something to look at; of a template, a queue, switches, nodes and a kind of VOD."""
    made = Counter(sort for sort, _, _ in misspelt(kind_of(slug)))
    assert {sort for sort, count in made.items() if count > 1} == sorts


class NoizeReductionTemplate(Template):
    """A kind that nobody has seen, all of whose words are wrong."""

    slug = "noize-reduction-template"
    pages = (999,)
    api = template("NoizeReduction", body="NoizeReduction")

    format: Annotated[str | None, Wire("Formatt"), ServerDefault("m4a")] = None
    """Format of the result."""


def test_a_kind_that_nobody_has_seen_is_told_what_to_add() -> None:
    found = "\n".join(problems(NoizeReductionTemplate))
    for sentence in (
        "names the page 999, which has no title; add it to tests/seeds/pages.yaml",
        "no page and no official SDK shows a request; add tests/seeds/<page>/01-request.xml and its entry "
        "(kind: noize-reduction-template) in tests/seeds/index.yaml",
        "no page and no official SDK shows an answer; add tests/seeds/<page>/02-response.xml and its entry",
        "format: no outside source has the element NoizeReduction/Formatt",
        "format: the default m4a of the element NoizeReduction/Formatt is in no outside table",
        "add the Tag to pulumi_ci/emulator/templates.yaml",
        "pulumi_ci/emulator/required.yaml has no Tag NoizeReduction",
        "pulumi_ci/emulator/defaults.yaml has no Tag NoizeReduction",
    ):
        assert sentence in found


@pytest.mark.all_kinds
def test_every_file_is_named_and_every_page_has_a_title() -> None:
    named = {entry["file"] for entry in INDEX}
    assert {f"{file.parent.name}/{file.name}" for file in HERE.glob("*/*.*") if file.suffix != ".pyc"} == named
    assert {entry["page"] for entry in INDEX} <= set(PAGES)
    assert all(PAGES.values())
