"""A bucket as an environment file, and the file as another bucket: nothing of the first one's own goes along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from acceptance.cases import CASES
from world import BUCKET, REGION, World

from pulumi_ci.api.call import Place
from pulumi_ci.environment.environment import Environment, Options, Resource, outputs_of
from pulumi_ci.environment.export import export
from pulumi_ci.environment.expression import NAME, BadExpression, Reference, Variable, parse, parts
from pulumi_ci.environment.found import Found, live
from pulumi_ci.environment.read import reads
from pulumi_ci.environment.untouched import worth_writing
from pulumi_ci.environment.write import text_of
from pulumi_ci.lifecycle.lifecycle import Stored
from pulumi_ci.lifecycle.names import LOGICAL_NAME
from pulumi_ci.model.api import Action, Adopted, Collection, JsonCollection
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import Kind, kind_of, kinds

HERE, THERE = Place(REGION, BUCKET), Place("ap-nanjing", "other-1250000001")
SHEET, STYLE, WORKFLOW, QUEUE = map(kind_of, ("snapshot-template", "image-style", "workflow", "media-queue"))
Values = dict[str, Any]


def create(world: World, environment: Environment, place: Place) -> None:
    """Makes everything, each object after those that it refers to."""
    session, outputs = world.session(), dict[Reference, Any]()
    for resource in environment.order():
        properties = {**environment.known(resource, outputs), LOGICAL_NAME: f"site/dev/{resource.name}"}
        here = {name: value for name in ("region", "bucket") if (value := getattr(place, name))}
        here |= {"sub_app_id": int(place.sub_app_id)} if place.sub_app_id else {}
        inputs = world.inputs(resource.kind, {**here, **properties})
        process = world.lifecycle(resource.kind, session)
        stored = process.create(inputs, "match")
        local = process.locate(stored.id)[1]
        known = {**stored.outs, "id": stored.id}
        if own := getattr(resource.kind.api, "id_field", None):
            known[own] = int(local) if isinstance(resource.kind.api, JsonCollection) else local
        for name in outputs_of(resource.kind):
            outputs[Reference(resource.name, name)] = known.get(name)


def exported(world: World, place: Place) -> Environment:
    return worth_writing(export(live(world.session(), [place]), live=True))


def again(environment: Environment, place: Place) -> Environment:
    """The environment as a file is read in another place, with what is each place's own."""
    own = {name: value for name, value in environment.values.items() if not name.startswith("ci.")}
    values = {name: "queue" if value is None else value for name, value in own.items()}
    here = {"ci.region": place.region, "ci.bucket": place.bucket, "ci.sub_app_id": place.sub_app_id}
    secrets = {name: "a-key" for name, setting in environment.config.items() if setting.secret}
    return reads(text_of(environment), "file", {**values, **secrets, **{k: v for k, v in here.items() if v}})


def expressions(value: Any) -> Any:
    """The properties of an acceptance case, where only references to other cases are expressions."""
    if isinstance(value, Mapping):
        return {key: expressions(item) for key, item in value.items()}
    if isinstance(value, list):
        return [expressions(item) for item in value]
    try:
        found = parse(value) if isinstance(value, str) else value
    except BadExpression:
        return value
    return found if isinstance(found, Reference) and found.resource in CASES else value


def pipeline() -> Environment:
    """One object of every kind of a bucket, which refer to each other."""
    kept = {slug: case for slug, case in CASES.items() if "bucket" in case.kind.scope}
    return Environment({s: Resource(s, case.kind, expressions(dict(case.properties))) for s, case in kept.items()})


def test_a_bucket_moves_into_an_empty_one() -> None:
    with World() as world:
        create(world, pipeline(), HERE)
        first = exported(world, HERE)
    text = text_of(first)
    assert text_of(again(first, THERE)) == text
    with World() as world:
        create(world, again(first, THERE), THERE)
        second = exported(world, THERE)
    assert text_of(second) == text
    assert second.values["ci.bucket"] == THERE.bucket
    assert not any(word in text for word in (HERE.bucket, HERE.region, *_ids(first)))
    assert {type(part) for resource in first.resources.values() for part in parts(resource.properties)} == {
        Reference,
        Variable,
    }


def _ids(environment: Environment) -> set[str]:
    kept = (Adopted, Collection)
    return {str(r.id).split("/", 2)[2] for r in environment.resources.values() if isinstance(r.kind.api, kept)}


MADE = [(kind, name) for kind in kinds().values() if not isinstance(kind.api, Action) for name in examples(kind.slug)]


@pytest.mark.parametrize(("kind", "example"), MADE, ids=[f"{kind.slug}-{name}" for kind, name in MADE])
def test_every_example_of_every_kind_comes_back(kind: type[Kind], example: str) -> None:
    left_out = {*kind.scope, getattr(kind.api, "id_field", "")}
    properties = {name: value for name, value in examples(kind.slug)[example].items() if name not in left_out}
    vod = kind.module == "vod"
    here, there = (Place(sub_app_id="1250000002"), Place(sub_app_id="1250000003")) if vod else (HERE, THERE)
    with World() as world:
        create(world, Environment({"a": Resource("a", kind, properties)}), here)
        first = exported(world, here)
    with World() as world:
        create(world, again(first, there), there)
        second = exported(world, there)
    text = text_of(first)
    assert text_of(second) == text
    assert text_of(reads(text, "file")) == bare(text)


def bare(text: str) -> str:
    """Without remarks, which no one reads back."""
    return re.sub(" +# the .*", "", text)


def found(kind: type[Kind], id: str, called: str = "", place: Place = HERE, **inputs: Any) -> Found:
    inputs = {"region": place.region, "bucket": place.bucket, **inputs}
    return Found(kind, Stored(f"{place.region}/{place.bucket}/{id}", inputs, inputs), called)


def test_names_are_those_of_people() -> None:
    objects = [
        found(SHEET, "t1", name="视频 封面"),
        found(SHEET, "t2", name="thumbs-0a1b2c3"),
        found(SHEET, "t3", name="thumbs"),
        found(STYLE, "thumbs", style_name="thumbs"),
        found(SHEET, "t4", name="4k"),
        found(SHEET, "t5", name="ci"),
        found(SHEET, "t6", name="**"),
        found(QUEUE, "p1", category="SpeedTranscoding"),
    ]
    names = list(export(objects).resources)
    assert names == [
        "media-queue-SpeedTranscoding",
        "thumbs",
        "snapshot-template",
        "_4k",
        "ci-snapshot-template",
        "thumbs-snapshot-template",
        "thumbs-2",
        "视频-封面",
    ]
    assert all(re.fullmatch(NAME, name) for name in names)


def test_made_names_stay_behind() -> None:
    one = found(SHEET, "t1", name="thumbs-0a1b2c3", count=3)
    assert export([one]).resources["thumbs"].properties == {"count": 3}
    assert export([replace(one, name="thumbs")]).resources["thumbs"].properties == {"count": 3}
    assert export([replace(one, name="other")]).resources["other"].properties["name"] == "thumbs-0a1b2c3"


def workflow(template: str, **output: str) -> Values:
    nodes = {
        "Start": {"type": "Start", "object_prefix": "in/"},
        "Snapshot_a": {"type": "Snapshot", "template_id": template, "output": output},
    }
    return {"name": "w", "dependencies": {"Start": ["Snapshot_a"], "Snapshot_a": ["End"]}, "nodes": nodes}


def test_ids_of_nothing_here_are_kept_with_a_remark() -> None:
    output = {"region": REGION, "bucket": BUCKET, "object": "a/${Number}.jpg"}
    one = found(WORKFLOW, "w1", **workflow("t9", **output))
    text = text_of(export([one, found(SHEET, "t1", name="a")]))
    assert "template_id: t9  # the SnapshotTemplate of this id is not among these resources" in text
    assert "object: a/$${Number}.jpg" in text
    elsewhere = found(SHEET, "t9", name="a", place=THERE)
    assert "template_id: t9  #" in text_of(export([one, elsewhere]))
    assert "template_id: ${a.template_id}" in text_of(export([one, found(SHEET, "t9", name="a")]))


def test_places_within_texts_become_variables() -> None:
    address = f"https://{BUCKET}.cos.{REGION}.myqcloud.com/a.png"
    texts = {
        "style_body": f"imageMogr2/{address}",
        "b": f"x{BUCKET}",
        "c": f"{BUCKET}5",
        "d": f"${BUCKET}",
        "e": REGION,
    }
    shown = {
        name: export([found(STYLE, name, style_name=name, style_body=text)]).resources[name].properties["style_body"]
        for name, text in texts.items()
    }
    assert str(shown["style_body"]) == "imageMogr2/https://${ci.bucket}.cos.${ci.region}.myqcloud.com/a.png"
    assert [shown[name] for name in "bcde"] == [texts[name] for name in "bcde"]


def test_a_second_bucket_is_a_variable_of_its_own() -> None:
    objects = [found(STYLE, name, style_name=name, style_body="imageMogr2/strip") for name in "ab"]
    objects.append(found(STYLE, "c", place=THERE, style_name="c", style_body=f"imageMogr2/{BUCKET}"))
    made = export(objects)
    assert made.values == {
        "ci.region": REGION,
        "region_2": THERE.region,
        "ci.bucket": BUCKET,
        "bucket_2": THERE.bucket,
    }
    assert set(made.config) == {"bucket_2", "region_2"}
    assert made.resources["c"].properties["bucket"] == Variable("bucket_2")
    assert "bucket" not in made.resources["a"].properties


def test_a_dependency_that_cannot_be_named_is_said() -> None:
    style: dict[str, Any] = {"style_name": "y", "style_body": "imageMogr2/rotate/90"}
    twins = [found(SHEET, "t1", "x", name="x", count=1), found(STYLE, "y", "x", **style)]
    late = replace(found(SHEET, "t2", "z", name="z", count=1), options=Options(depends_on=("x",)))
    alone = replace(found(STYLE, "w", "w", **{**style, "style_name": "w"}), options=Options(depends_on=("z",)))
    environment = export([*twins, late, alone])
    assert environment.resources["z"].options == Options()
    assert "also depended on x" in text_of(environment)
    assert environment.resources["w"].options.depends_on == ("z",)
