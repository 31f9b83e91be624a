"""The committed reference pages: one for each kind, whole tables, and links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pulumi_ci.cli.reference import anchor, pages
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import kinds

FOLDER = Path(__file__).parents[2] / "schema" / "reference"
PAGES = pages()
EACH = pytest.mark.parametrize("name", PAGES)


def without_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def anchors(text: str) -> list[str]:
    return [anchor(heading) for heading in re.findall(r"^#+ (.+)$", without_code(text), flags=re.MULTILINE)]


@pytest.mark.all_kinds
def test_every_kind_has_its_page_and_the_index_names_it() -> None:
    there, wanted = {path.name for path in FOLDER.iterdir()}, {"README.md", *(f"{slug}.md" for slug in kinds())}
    assert there == wanted, "run `make generated`"
    linked = re.findall(r"^\| \[(\w+)\]\(([\w-]+)\.md\)", PAGES["README.md"], flags=re.MULTILINE)
    assert linked == [(kind.__name__, slug) for slug, kind in kinds().items()]


@EACH
def test_links_lead_somewhere(name: str) -> None:
    text = without_code(PAGES[name])
    assert len(anchors(text)) == len(set(anchors(text))), "two headings share one anchor"
    for file, fragment in re.findall(r"\]\(([\w-]+\.md)?(?:#([\w-]+))?\)", text):
        assert not file or file in PAGES
        assert not fragment or fragment in anchors(PAGES[file or name])


@EACH
def test_tables_are_whole(name: str) -> None:
    for table in re.findall(r"(?:^\|.*\|\n)+", without_code(PAGES[name]), flags=re.MULTILINE):
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(cells) == 1, table.splitlines()[0]


@EACH
def test_nothing_but_code_looks_like_a_tag(name: str) -> None:
    text = re.sub(r"`[^`]*`", "", without_code(PAGES[name]))
    assert re.findall(r"(?<!\\)<\w", text) == []


@pytest.mark.parametrize("slug", kinds())
def test_every_example_is_shown(slug: str) -> None:
    shown = PAGES[f"{slug}.md"]
    assert shown.count("```python") == len(examples(slug))
