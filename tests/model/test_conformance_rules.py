# ruff: noqa: E501 - one case a line reads better as a table
"""A badly declared kind is refused with one clear line for each mistake."""

from __future__ import annotations

import itertools
import re
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pytest

from pulumi_ci.model import conformance
from pulumi_ci.model.api import Adopted, Call, Collection, Named, Pause, Switch, XmlAction
from pulumi_ci.model.conformance import problems
from pulumi_ci.model.kind import Kind
from pulumi_ci.model.marks import (
    AlsoRead,
    Blank,
    Computed,
    Control,
    Grammar,
    Immutable,
    Joined,
    Matches,
    Presence,
    Range,
    ServerDefault,
    Switched,
    Unordered,
    Wire,
)
from pulumi_ci.model.node import Node, rule

SWITCH = Switch(on=Call("PUT"), off=Call("DELETE"), read=Call("GET"))
COLLECTION = Collection(path="/p", id="Id", id_field="thing_id", one="Thing", many="ThingList")
NAMED = Named(
    put=Call("PUT"),
    delete=Call("DELETE"),
    read=Call("GET"),
    many="Rule",
    root="List",
    key="name",
    delete_root="DeleteThing",
    read_root="GetThing",
)
ACTION = XmlAction(
    start=Call("POST", "/jobs"),
    path="/jobs",
    id="JobId",
    id_field="job_id",
    one="Job",
    many="JobList",
    state="state",
    ends=("Done",),
    success="Done",
    same={},
)
RUN: dict[str, Any] = {
    "state": (Annotated[str | None, Computed()], None),
    "wait": (Annotated[bool | None, Wire(None), Control()], None),
    "wait_seconds": (Annotated[int | None, Wire(None), Control()], None),
}
_numbers = itertools.count()


class Good(Node):
    """A block without fault."""

    size: int | None = None
    """A size."""


class Tagged(Node):
    """A block that its type tells apart."""

    type: Literal["Tagged"] = "Tagged"
    """The type."""


class Untagged(Node):
    """A block that nothing tells apart."""

    type: str
    """The type."""


def kind(doc: str | None = "A kind.", *, docs: bool = True, slug: str = "", **words: Any) -> type[Kind]:
    """A kind made of annotations; what is a tuple is an annotation with its default, the rest a class attribute."""
    fields = {name: value for name, value in words.items() if isinstance(value, tuple) and name not in ("pages",)}
    members = {name: value for name, value in words.items() if name not in fields}
    body: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": doc,
        "__annotations__": {name: value[0] for name, value in fields.items()},
        "slug": slug or f"thing-{chr(97 + next(_numbers) % 26)}{next(_numbers)}",
        "api": SWITCH,
        "pages": (1,),
        **members,
    }
    body.update({name: value[1] for name, value in fields.items() if len(value) > 1})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # pydantic warns of names that it has itself, as one case gives
        made: Any = types.new_class("Thing", (Kind,), exec_body=lambda namespace: namespace.update(body))
    if docs:
        for name in fields:
            made.model_fields[name].description = "A field."
    found: type[Kind] = made
    return found


class Undocumented(Node):
    size: int | None = None
    """A size."""


KEYWORD: dict[str, Any] = {"global": (str | None, None)}
BAD: dict[str, tuple[Callable[[], type[Kind]], list[str]]] = {
    "slug": (lambda: kind(slug="Not_Kebab"), ["slug 'Not_Kebab' is not kebab case"]),
    "no pages": (lambda: kind(pages=()), ["names no seed page in `pages`"]),
    "key that is no field": (lambda: kind(api=COLLECTION), ["`api` names the field 'name', which is not declared"]),
    "pause field that is no field": (
        lambda: kind(
            api=Collection(
                **{**vars(COLLECTION), "pause": Pause("state", "On", "Off", "on", "off")},
            ),
            name=(str,),
        ),
        ["`api.pause` names the field 'state', which is not declared"],
    ),
    "identity that may change": (lambda: kind(api=NAMED, name=(str,)), ["name: the name of a Named kind is its identity"]),
    "name that is no field": (lambda: kind(api=NAMED), ["`api` names the field 'name', which is not declared"]),
    "run that can be changed": (
        lambda: kind(api=ACTION, size=(int | None, None), **RUN),
        ["size: nothing changes a run; mark it Immutable()"],
    ),
    "adopted without its id": (
        lambda: kind(
            api=Adopted(path="/q", id="QueueId", id_field="queue_id", one="Queue", many="QueueList")
        ),
        ["`api.id_field` names 'queue_id', which is not declared"],
    ),
    "reserved name": (lambda: kind(urn=(str | None, None)), ["urn: the name is reserved"]),
    "no docstring": (lambda: kind(doc=""), ["the class has no docstring"]),
    "block without docstring": (lambda: kind(block=(Undocumented | None, None)), ["block. has no docstring"]),
    "field without docstring": (lambda: kind(size=(int | None, None), docs=False), ["size has no docstring under it"]),
    "name of pydantic": (lambda: kind(json=(str | None, None)), ["json: the name shadows 'json'"]),
    "name of Python": (lambda: kind(**KEYWORD), ["global: the name shadows 'global'"]),
    "element twice": (
        lambda: kind(a=(str | None, None), b=(Annotated[str | None, Wire("A")], None)),
        ["b: the element A is a's already"],
    ),
    "other element taken": (
        lambda: kind(a=(str | None, None), b=(Annotated[str | None, AlsoRead("A")], None)),
        ["b: its AlsoRead element is a's already"],
    ),
    "rule over no field": (
        lambda: kind(check=rule("nothing")(lambda nothing: None)),
        ["rule over 'nothing', which is no field"],
    ),
    "default of a block": (
        lambda: kind(block=(Annotated[Good | None, ServerDefault(1)], None)),
        ["block: ServerDefault is for leaves"],
    ),
    "default out of range": (
        lambda: kind(size=(Annotated[int | None, Range(1, 5), ServerDefault(9)], None)),
        ["size: ServerDefault(9) is not a whole number from 1 to 5"],
    ),
    "two defaults": (
        lambda: kind(size=(Annotated[int | None, ServerDefault(1)], 2)),
        ["size: a default that is always sent and a ServerDefault exclude each other"],
    ),
    "required default": (
        lambda: kind(size=(Annotated[int, ServerDefault(1)],)),
        ["size: is required, so it has no ServerDefault"],
    ),
    "presence of a leaf": (lambda: kind(size=(Annotated[int | None, Presence()], None)), ["size: Presence() and Switched() are for blocks"]),
    "order of a leaf": (
        lambda: kind(size=(Annotated[int | None, Unordered()], None)),
        ["size: Unordered(), Joined() and ServerAdds() are for lists"],
    ),
    "joined blocks": (
        lambda: kind(sizes=(Annotated[list[Good] | None, Joined()], None)),
        ["sizes: Joined() is for lists of leaves"],
    ),
    "computed and required": (
        lambda: kind(size=(Annotated[int, Computed()],)),
        ["size: Computed() fields are optional, and neither Immutable() nor ServerDefault()"],
    ),
    "computed and immutable": (
        lambda: kind(size=(Annotated[int | None, Computed(), Immutable()], None)),
        ["size: Computed() fields are optional, and neither Immutable() nor ServerDefault()"],
    ),
    "blank of a list": (
        lambda: kind(sizes=(Annotated[list[str] | None, Blank()], None)),
        ["sizes: Blank() is for leaves and blocks that may be left out"],
    ),
    "required blank": (lambda: kind(size=(Annotated[int, Blank()],)), ["size: Blank() is for leaves"]),
    "switch that is no field": (
        lambda: kind(block=(Annotated[Good | None, Switched("on", "true")], None)),
        ["block: Switched() names the field 'on', which is not declared"],
    ),
    "flag or number": (lambda: kind(flag=(bool | int | None, None)), ["flag: a flag cannot be anything else as well"]),
    "range of words": (
        lambda: kind(word=(Annotated[Literal["a"] | None, Range(1, 5)], None)),
        ["word: Range() is for numbers"],
    ),
    "example that does not match": (
        lambda: kind(word=(Annotated[str | None, Matches("[a-z]+", "letters", "A1")], None)),
        ["word: the example 'A1' of Matches() does not match"],
    ),
    "classes that nothing tells apart": (
        lambda: kind(entries=(dict[str, Tagged | Untagged],)),
        ["Untagged needs `type: Literal[...]` with one value to be told apart"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_refused(name: str) -> None:
    make, expected = BAD[name]
    found = problems(make())
    assert len(found) == len(expected), found
    for problem, text in zip(found, expected, strict=True):
        assert problem.startswith("Thing: ")
        assert text in problem
        assert "\n" not in problem


def test_a_sound_kind_passes() -> None:
    made = kind(
        api=COLLECTION,
        name=(str,),
        block=(Annotated[Good | None, Presence()], None),
        entries=(dict[str, Tagged] | None, None),
        word=(Annotated[str | None, Grammar(lambda text: None, str, "words", ("a",))], None),
    )
    assert problems(made) == []


def test_every_mistake_is_told() -> None:
    made = kind(doc="", urn=(str | None, None), size=(Annotated[int, ServerDefault("x")],), pages=())
    assert len(problems(made)) == 5


def test_a_slug_is_given_once() -> None:
    class First(Kind):
        """A kind."""

        slug: ClassVar[str] = "only-once"

    with pytest.raises(TypeError, match="the slug 'only-once' is taken by First"):
        kind(slug="only-once")
    assert First.slug == "only-once"


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        (bytes, "has no <class 'bytes'>"),
        (list[list[str]], "has no list"),
        (dict[int, str], "has no dict"),
        (Annotated[int, Range(1)] | None, "put marks outside the optional"),
    ],
)
def test_what_the_language_does_not_know(annotation: Any, text: str) -> None:
    with pytest.raises(TypeError, match="field: ") as caught:
        kind(field=(annotation, None)).fields()
    assert text in str(caught.value)


def test_every_sentence_of_the_conformance_rules_has_a_case() -> None:
    """A new rule needs a new case: the sentences in the module, against those that the cases meet."""
    source = Path(conformance.__file__).read_text()
    sentences = re.findall(r'yield f?"((?:[^"\\]|\\.)*)"', source)
    met = [problem for make, _ in BAD.values() for problem in problems(make())]

    def told(sentence: str) -> bool:
        pattern = ".*".join(re.escape(part) for part in re.split(r"\{[^}]*\}", sentence))
        return any(re.search(pattern, problem) for problem in met)

    only_in_files = "by which it is found"
    assert [s for s in sentences if not told(s) and only_in_files not in s] == []
    assert len(sentences) >= 20
