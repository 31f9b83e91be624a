"""Writes the skeleton of a kind into every place that a kind needs: `make kind NAME=... [PAGES="... ..."]`.

What only the vendor's pages can tell is marked TODO, and the tests fail until no TODO is left.
"""

from __future__ import annotations

import argparse
import json
import string
from collections.abc import Iterator, Sequence
from pathlib import Path

from pulumi_ci.state import frozen
from scaffold.name import Name
from scaffold.sorts import Sort, Stub, sort_of

TOP = Path(__file__).parents[2]
_XML = """\
<{root}>
  <!-- TODO: the body of page {page}; what to write and what to leave out: tests/seeds/NOTES.md -->
</{root}>
"""
_TABLE = """\
# TODO: what the table of page {page} says and no body shows: tests/seeds/NOTES.md; or remove this file
{{}}
"""
_HTTP = "{method} {path} HTTP/1.1\nHost: <BucketName-APPID>.TODO.<Region>.myqcloud.com\n"
_TYPED = "TODO: remove this line where the page prints the body, else say what it was typed from"


class Skeleton:
    """The files of a new kind, and the lines that it adds to others. Nothing is written before all of it is known.

    Raises ValueError for a name or pages that do not do, and FileExistsError for a kind that is there already.
    """

    def __init__(self, top: Path, name: Name, pages: Sequence[str] = ()) -> None:
        self.top, self.name = top, name
        self.sort: Sort = sort_of(name.words[-1])
        about = list(self.sort.pages)
        if pages and len(pages) != len(about):
            raise ValueError(
                f'{name.text} is {self.sort.summary}: PAGES="..." names {len(about)} pages of the vendor, '
                f"those to {', '.join(about)}, such as 460/94315"
            )
        self.pages = dict(zip(about, pages or [f"TODO-{name.slug}-{what}" for what in about], strict=True))
        self._words = {
            "name": name.text,
            "slug": name.slug,
            "tag": name.text.removesuffix(self.sort.suffix) if self.sort.suffix else name.text,
            "pages": ", ".join(f'"{page}"' for page in self.pages.values()),
            "first": next(iter(self.pages.values())),
        }
        self.files = {top / place: text for place, text in self._new()}
        self.changed = {top / place: text for place, text in self._changes()}
        there = [str(file.relative_to(top)) for file in self.files if file.exists()]
        if there:
            raise FileExistsError(f"{name.text} is there already: {', '.join(there)}; nothing was written")

    def write(self) -> list[str]:
        """Writes everything; the places, the new files first."""
        for file, text in {**self.files, **self.changed}.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return [str(file.relative_to(self.top)) for file in (*self.files, *self.changed)]

    def _filled(self, text: str) -> str:
        return string.Template(text).substitute(self._words)

    def _stubs(self) -> Iterator[tuple[str, str, Stub]]:
        """Each file of outside truth, with its place below `tests/seeds` and its page."""
        for (what, page), stubs in zip(self.pages.items(), self.sort.pages.values(), strict=True):
            for stub in stubs:
                yield f"{page.replace('/', '-')}/{stub.file}", self.pages[what], stub

    def _new(self) -> Iterator[tuple[str, str]]:
        head = '"""TODO: what this file declares, one line."""\n\nfrom __future__ import annotations\n'
        yield f"pulumi_ci/kinds/{self.name.module}.py", head + self._filled(self.sort.declaration)
        yield (
            f"pulumi_ci/kinds/examples/{self.name.slug}.yaml",
            "# TODO: right properties by name: minimal the fewest, full as many as go together, none at its default\n"
            + self._filled(self.sort.examples),
        )
        yield (
            f"tests/kinds/refused/{self.name.slug}.yaml",
            "# TODO: a wrong value for each field, both ends of each range, and each rule\n"
            "- {like: minimal, with: {region: TODO}, fails: {region: a region}}\n",
        )
        for place, page, stub in self._stubs():
            shape = {"xml": _XML, "yaml": _TABLE, "http": _HTTP}[stub.file.rpartition(".")[2]]
            text = shape.format(root=stub.role.capitalize(), page=page, method=stub.method, path=stub.path)
            yield f"tests/seeds/{place}", text

    def _changes(self) -> Iterator[tuple[str, str]]:
        for file, (before, line) in self.sort.lines.items():
            place = f"pulumi_ci/emulator/{file}"
            yield place, _inserted(self._read(place), before, f"{self._filled(line)}\n")
        yield "tests/seeds/index.yaml", self._read("tests/seeds/index.yaml") + "".join(map(self._entry, self._stubs()))
        titles = "".join(
            f'"{page}": "TODO: the title that the vendor gives the page to {what}, and its number for this name"\n'
            for what, page in self.pages.items()
        )
        place = "tests/seeds/pages.yaml"
        yield place, _inserted(self._read(place), "cos-go-sdk:", titles)
        place = "tests/provider/golden.json"
        golden = {**json.loads(self._read(place)), self.name.slug: frozen(self.name.slug)}
        yield place, json.dumps(golden, indent=2, sort_keys=True) + "\n"
        yield "CHANGELOG.md", self._changelog(f"- `ci.{self.name.text}`: TODO: what it is for.\n")

    def _changelog(self, line: str) -> str:
        head, title, rest = self._read("CHANGELOG.md").partition("## Unreleased\n\n")
        added = "### Added\n\n"
        return head + title + added + line + (rest.removeprefix(added) if rest.startswith(added) else f"\n{rest}")

    def _entry(self, found: tuple[str, str, Stub]) -> str:
        """What `index.yaml` says of a file."""
        place, page, stub = found
        entry = {
            "file": f'"{place}"',
            "page": f'"{page}"',
            "kind": self.name.slug,
            "role": stub.role,
            "operation": stub.operation,
            "method": stub.method,
            "path": f'"{stub.path}"',
            **({"typed": f'"{_TYPED}"'} if stub.file.endswith(".xml") else {}),
        }
        lines = [f"{key}: {text}" for key, text in entry.items()]
        return "- " + "\n  ".join(lines) + "\n"

    def _read(self, place: str) -> str:
        return (self.top / place).read_text(encoding="utf-8")


def _inserted(text: str, before: str, lines: str) -> str:
    """The text with lines more: before the one that begins so, or at the end where `before` is empty."""
    if not before:
        return text + lines
    at = f"\n{text}".index(f"\n{before}")
    return text[:at] + lines + text[at:]


def main() -> None:
    """Writes the skeleton, and says what was written and what is next."""
    parser = argparse.ArgumentParser(prog="make kind", description=__doc__)
    parser.add_argument("name", help="the class name, such as NoiseReductionTemplate")
    parser.add_argument("pages", nargs="*", help="the vendor's pages: to create and update, or to set, read and delete")
    given = parser.parse_args()
    try:
        skeleton = Skeleton(TOP, Name(given.name), given.pages)
    except (ValueError, FileExistsError) as refusal:
        raise SystemExit(f"Error: {refusal}") from None
    print(f"{given.name} is declared as {skeleton.sort.summary}. Written or changed:")
    print(*(f"  {place}" for place in skeleton.write()), sep="\n")
    for rest in skeleton.sort.rest:
        print(f"The emulator needs by hand: {rest}.")
    print(f"Fill in each TODO, run `make generated`, then `make check-kind NAME={given.name}`.")


if __name__ == "__main__":
    main()
