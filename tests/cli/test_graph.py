"""`pulumi-ci graph` draws workflows: as trees, in Mermaid and in SVG, whatever they hold."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from world import BUCKET, REGION, World

from pulumi_ci.cli import exit_codes
from pulumi_ci.cli.graph import graph as command
from pulumi_ci.emulator import Server
from pulumi_ci.environment.environment import Environment, Resource, Setting
from pulumi_ci.environment.expression import Reference, Variable
from pulumi_ci.environment.write import text_of
from pulumi_ci.graph.family import FAMILIES, OTHER
from pulumi_ci.graph.graph import Graph, Node, graph
from pulumi_ci.graph.layout import layout
from pulumi_ci.graph.mermaid import as_mermaid
from pulumi_ci.graph.svg import as_svg
from pulumi_ci.graph.tree import as_text
from pulumi_ci.kinds._workflow_edges import END, SUCCESSORS
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import kind_of
from pulumi_ci.model.unknown import UNKNOWN

EXPECTED = Path(__file__).parent / "graph"
WORKFLOW, SNAPSHOT = kind_of("workflow"), kind_of("snapshot-template")
EXAMPLES = examples("workflow")
FORMS = {"txt": as_text, "mmd": as_mermaid, "svg": as_svg}
"""By the endings of the files in tests/cli/graph, which hold what each makes of the examples."""
SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "style", "marker", "path", "rect", "g", "text"}
"""The elements of a drawing: none of them loads or runs anything."""
HOSTILE = [
    '"]',
    "<script>alert(1)</script>",
    "one\ntwo\x1b[31m",
    "]]>--> n1",
    "%%{init: {}}%%",
    "$$x$$ `b` **c** #35;",
    "1. - # title",
    "\u202eback\x00\ud800",
    "[red]bold[/red]",
    "style: #quot;",
]
"""Names that mean something to a format, or that nothing should print."""


def drawn(properties: Mapping[str, Any], name: str = "publish", environment: Environment | None = None) -> Graph:
    return graph(Resource(name, WORKFLOW, dict(properties)), environment or Environment({}))


def workflow(nodes: Mapping[str, Any], **dependencies: Any) -> Graph:
    """A workflow of these nodes, each with no more than its type unless it says more."""
    told = {name: node or {"type": name.partition("_")[0]} for name, node in nodes.items()}
    return drawn({"nodes": told, "dependencies": dependencies})


def facts(found: Graph, node: str) -> dict[str, str]:
    return dict(found.nodes[node].facts)


def run(*words: str, environ: Mapping[str, str] | None = None, given: str = "") -> Result:
    """The command in this process."""
    return CliRunner(env=environ).invoke(command, words, input=given)


def read(text: str) -> ET.Element:
    """The root of an SVG of ours, which must be well-formed."""
    return ET.fromstring(text)  # noqa: S314 - nothing foreign


# -- forms --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_look_as_expected(name: str, form: str) -> None:
    """When a picture is meant to change, look at it, and put it in the place of the old one."""
    here = Environment({}, values={"ci.bucket": "demo-1250000000"})
    text = FORMS[form]([drawn(EXAMPLES[name], name, here)])
    assert text == (EXPECTED / f"{name}.{form}").read_text(encoding="utf-8")


def test_the_same_workflow_gives_the_same_bytes(file: Path) -> None:
    """In processes that hash differently, too."""
    words = [sys.executable, "-m", "pulumi_ci.cli.main", "graph", str(file), "--all", "--format", "svg"]
    first, second = (
        subprocess.run(words, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("0", "1")
    )
    assert first == second
    assert first.startswith(b"<svg ")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_drawing_is_plain_and_whole(name: str) -> None:
    found = drawn(EXAMPLES[name])
    root = read(as_svg([found]))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == TAGS
    names = [str(title.text).partition("\n")[0] for title in root.iterfind(f".//{SVG}g/{SVG}title")]
    assert sorted(names) == sorted([*EXAMPLES[name]["nodes"], END])
    assert len(root.findall(f".//{SVG}g/{SVG}path")) == len(found.edges)
    references = [value for element in root.iter() for value in element.attrib.values() if "url(" in value]
    assert set(references) == {"url(#head)"}


def test_every_type_has_a_family() -> None:
    types = [type for family in FAMILIES for type in family.types]
    followers = {type for row in SUCCESSORS.values() for type in row}
    assert sorted(types) == sorted(followers | set(SUCCESSORS))


@pytest.mark.parametrize("family", [*FAMILIES, OTHER], ids=lambda family: family.slug)
@pytest.mark.parametrize(
    ("ground", "inks"), [("light", "#0f172a #475569 #b91c1c"), ("dark", "#e2e8f0 #94a3b8 #fca5a5")]
)
def test_texts_can_be_read(family: Any, ground: str, inks: str) -> None:
    """At 4.5 to 1 at least, which accessibility asks for."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    style = as_svg([workflow({})])
    for ink in inks.split():
        assert f"fill: {ink}" in style
        darker, lighter = sorted(map(luminance, (ink, getattr(family, ground)[0])))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, ink


# -- what is shown ------------------------------------------------------------------------------------------------


def test_references_show_names_and_variables_their_values() -> None:
    secret, known = Variable("key"), Variable("prefix")
    here = Environment(
        {}, config={"key": Setting(secret=True), "prefix": Setting()}, values={"key": "hush", "prefix": "in/"}
    )
    output = {"bucket": Variable("ci.bucket"), "object": "a.jpg"}
    away = {"bucket": "away-1250000000", "object": secret}
    nodes = {
        "Start": {"type": "Start", "object_prefix": known, "queue_id": Reference("media", "queue_id")},
        "Snapshot_a": {"type": "Snapshot", "template_id": Reference("thumbs", "template_id"), "output": output},
        "Snapshot_b": {"type": "Snapshot", "template_id": UNKNOWN, "output": away},
    }
    found = drawn({"nodes": nodes, "dependencies": {"Start": ["Snapshot_a", "Snapshot_b"]}}, environment=here)
    assert facts(found, "Start") == {"prefix": "in/"}
    assert facts(found, "Snapshot_a") == {"template": "thumbs", "output": "a.jpg", "queue": "media"}
    assert facts(found, "Snapshot_b") == {"template": "?", "output": "away-1250000000/${key}", "queue": "media"}


def test_each_node_waits_in_its_own_queue() -> None:
    queues = {
        "queue_id": "m",
        "pic_process_queue_id": "p",
        "speech_recognition_queue_id": "s",
        "ai_process_queue_id": "a",
    }
    nodes = {name: {"type": name.partition("_")[0]} for name in ("PicProcess_a", "SpeechRecognition_a", "SCF_a")}
    fast = {"type": "Transcode", "speed_transcoding_queue_id": "fast"}
    found = workflow({"Start": {"type": "Start", **queues}, **nodes, "AIRecognition_a": {}, "Transcode_a": fast})
    waiting = {name: facts(found, name).get("queue") for name in found.nodes}
    assert waiting == {
        "Start": None,
        "PicProcess_a": "p",
        "SpeechRecognition_a": "s",
        "SCF_a": None,
        "AIRecognition_a": "a",
        "Transcode_a": "fast",
    }


def test_what_is_wrong_is_drawn_and_told() -> None:
    found = workflow(
        {"Start": {}, "Snapshot_loose": {}, "Hologram_a": {}, "Transcode_a": {"type": "Concat"}, "Concat_b": {}},
        Start=["Transcode_a", "Snapshot_gone", "Hologram_a"],
        Transcode_a=["Concat_b"],
        Concat_b=["Transcode_a", "Concat_b"],
        Hologram_a=["End"],
    )
    assert {name: node.faults for name, node in found.nodes.items() if node.faults} == {
        "Snapshot_loose": ("is not reached from Start", "leads nowhere"),
        "Hologram_a": ("Hologram is no known type",),
        "Transcode_a": ("is of type Concat",),
        "Snapshot_gone": ("is not among the nodes",),
    }
    assert found.nodes["Hologram_a"].family is found.nodes["Snapshot_gone"].family is OTHER
    assert as_text([found]).splitlines() == [
        "publish",
        "├── Start",
        "│   ├── Transcode_a  is of type Concat",
        "│   │   └── Concat_b",
        "│   │       ├── Transcode_a  (leads back to it)",
        "│   │       └── Concat_b  (leads back to it)",
        "│   ├── Snapshot_gone  is not among the nodes",
        "│   └── Hologram_a  Hologram is no known type  -> End",
        "└── Snapshot_loose  is not reached from Start  leads nowhere",
    ]
    assert as_svg([found]).count('class="edge back"') == 2
    assert as_mermaid([found]).count(" --> ") == len(found.edges) == 7


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"nodes": UNKNOWN, "dependencies": UNKNOWN},
        {"nodes": {"Start": UNKNOWN}, "dependencies": {"Start": UNKNOWN}},
        {"nodes": {"A": None, "B": "text", "C": []}, "dependencies": {"A": "B", "B": None, "D": [3]}},
        {"nodes": {"Start": {"type": "Start"}}, "dependencies": {"Start": ["Start"]}},
        {"nodes": {"End": {"type": "End"}}, "dependencies": {"End": ["End", "End"]}},
    ],
)
def test_anything_can_be_drawn(properties: dict[str, Any]) -> None:
    found = drawn(properties)
    for form in FORMS.values():
        assert "publish" in form([found])
    read(as_svg([found]))


def test_a_long_chain_is_drawn() -> None:
    names = ["Start", *(f"SCF_{number}" for number in range(400))]
    found = workflow({name: {} for name in names}, **{one: [other] for one, other in pairwise(names)})
    assert len(as_text([found]).splitlines()) == len(names) + 1
    read(as_svg([found]))


# -- hostile names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
def test_names_mean_nothing_to_a_format(name: str) -> None:
    nodes = {"Start": {"type": "Start", "object_prefix": name}, name: {"type": name, "template_id": name}}
    found = drawn({"name": name, "nodes": nodes, "dependencies": {"Start": [name], name: ["End"]}}, name)
    assert len(as_text([found]).splitlines()) == 3
    assert all(line.isprintable() for line in as_text([found]).splitlines())
    root = read(as_svg([found]))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == TAGS
    assert found.nodes[name].label in [text.text for text in root.iter(f"{SVG}text")]
    lines = as_mermaid([found]).splitlines()
    labels = [re.fullmatch(r'  +\w+[([ ]*"(.*)"[)\]]+(:::\w+)?|  subgraph w1\["(.*)"\]', line) for line in lines[1:5]]
    for label in labels:
        assert label is not None, lines
        text = (label[1] or label[3] or "").replace("<br/>", "\n")
        assert not re.search(r'["<>\[\]&%`*\\:]|\$\$|#(?!\d+;)', text), text
        assert re.match(r"\w|#\d+;", text), text
    assert [line.strip() for line in lines[5:8]] == ["n1 --> n2", "n2 --> n3", "end"]


# -- geometry -----------------------------------------------------------------------------------------------------


def graphs() -> Iterator[Graph]:
    """The examples, and random graphs with several roots, joins and circles."""
    yield from (drawn(example) for example in EXAMPLES.values())
    for seed in range(120):
        dice = random.Random(seed)
        names = [f"n{number}" for number in range(dice.randint(1, 25))]
        edges = [(dice.choice(names[:at]), names[at]) for at in range(1, len(names)) for _ in range(dice.randint(0, 3))]
        edges += [(dice.choice(names), dice.choice(names)) for _ in range(seed % 4)]
        yield Graph("random", {name: Node(name, OTHER) for name in names}, tuple(dict.fromkeys(edges)))


def test_boxes_do_not_overlap_and_no_edge_goes_through_one() -> None:
    dice = random.Random(7)
    for found in graphs():
        placed = layout(found, {name: (dice.randint(60, 300), dice.randint(30, 120)) for name in found.nodes})
        assert placed.boxes.keys() == found.nodes.keys()
        for one, other in combinations(placed.boxes.values(), 2):
            beside = one.x + one.width < other.x or other.x + other.width < one.x
            assert beside or one.y + one.height < other.y or other.y + other.height < one.y
        for box in placed.boxes.values():
            assert box.x >= 0
            assert box.y >= -0.001
            assert box.x + box.width <= placed.width + 0.001
            assert box.y + box.height <= placed.height + 0.001
        assert [(route.source, route.target) for route in placed.routes] == list(found.edges)
        for route in placed.routes:
            passing = list(zip(route.points[1:-1:2], route.points[2:-1:2], strict=True))
            for (x, y), (other_x, other_y) in passing:
                assert y == other_y
                for box in placed.boxes.values():
                    within = min(x, other_x) < box.x + box.width and box.x < max(x, other_x)
                    assert not (within and box.y <= y <= box.y + box.height)


def test_an_edge_back_does_not_cover_the_one_forward() -> None:
    found = workflow({"Start": {}, "SCF_a": {}, "SCF_b": {}}, Start=["SCF_a"], SCF_a=["SCF_b"], SCF_b=["SCF_a"])
    forward, back = layout(found, dict.fromkeys(found.nodes, (100, 40))).routes[1:]
    assert (forward.back, back.back) == (False, True)
    assert [x for x, _ in back.points] == [x for x, _ in reversed(forward.points)]
    assert {y for _, y in back.points}.isdisjoint(y for _, y in forward.points)


def test_texts_fit_their_boxes() -> None:
    root = read(as_svg([drawn(EXAMPLES["full"])]))
    for group in root.iterfind(f".//{SVG}g/{SVG}g"):
        box = group.find(f"{SVG}rect")
        assert box is not None
        right = float(box.attrib["x"]) + float(box.attrib["width"])
        bottom = float(box.attrib["y"]) + float(box.attrib["height"])
        for text in group.iterfind(f"{SVG}text"):
            assert float(text.attrib["x"]) + len(str(text.text)) * 7.3 <= right
            assert float(text.attrib["y"]) < bottom


# -- sources ------------------------------------------------------------------------------------------------------


def pipeline(name: str, template: str) -> dict[str, Any]:
    output = {"region": REGION, "bucket": BUCKET, "object": "small/${InputName}.jpg"}
    return {
        "name": name,
        "dependencies": {"Start": ["Snapshot_small"], "Snapshot_small": ["End"]},
        "nodes": {
            "Start": {"type": "Start", "object_prefix": f"{name}/"},
            "Snapshot_small": {"type": "Snapshot", "template_id": template, "output": output},
        },
    }


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A bucket with a template and two workflows, of which one was given a node of a type that nobody knows."""
    with World() as world, Server(world.emulator) as server:
        template = world.lifecycle(SNAPSHOT).create(world.inputs(SNAPSHOT, {"name": "thumbs", "count": 1}))
        for name in ("publish", "preview"):
            inputs = world.inputs(WORKFLOW, pipeline(name, template.id.rpartition("/")[2]))
            world.lifecycle(WORKFLOW).create(inputs)
        preview = next(one for one in world.emulator.objects if one.name == "preview")
        xml = re.sub("Snapshot(?=_small|</Type>)", "Hologram", preview.xml)
        assert world.emulator.edit(BUCKET, REGION, "workflow", id=preview.id, xml=xml)
        yield server


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An environment file with a template and two workflows."""
    path = tmp_path / "env.yaml"
    thumbs = Resource("thumbs", SNAPSHOT, {"count": 1})
    nodes = [pipeline(name, "")["nodes"] for name in ("publish", "preview")]
    for node in nodes:
        node["Snapshot_small"]["template_id"] = Reference("thumbs", "template_id")
        node["Start"]["object_prefix"] = Variable("prefix")
    flows = [
        Resource(name, WORKFLOW, {**pipeline(name, ""), "name": f"own-{name}", "nodes": node})
        for name, node in zip(("publish", "preview"), nodes, strict=True)
    ]
    environment = Environment({one.name: one for one in (thumbs, *flows)}, {"prefix": Setting(default="in/")})
    path.write_text(text_of(environment), encoding="utf-8")
    return path


LIVE = f"live:{REGION}/{BUCKET}"
DRAWN = """publish
└── Start  prefix publish/
    └── Snapshot_small  template thumbs  output small/${InputName}.jpg  queue media-queue  -> End
"""


def test_a_live_workflow_is_drawn(server: Server) -> None:
    done = run(LIVE, "publish", environ=server.environment)
    assert done.exit_code == exit_codes.OK
    assert re.sub("  queue [^ ]+", "  queue media-queue", done.output) == DRAWN


def test_a_live_node_of_an_unknown_type_is_drawn(server: Server) -> None:
    done = run(LIVE, "preview", environ=server.environment)
    assert done.exit_code == exit_codes.OK
    assert "Hologram is no known type" in done.output


def test_an_id_names_a_workflow(server: Server) -> None:
    said = run(LIVE, environ=server.environment)
    assert said.exit_code == exit_codes.USAGE
    ids = re.findall(r"publish \((\w+)\)", said.output)
    assert "holds 2 workflows; name one, or give --all" in said.output
    for wanted in (ids[0], f"{REGION}/{BUCKET}/{ids[0]}"):
        assert run(LIVE, wanted, environ=server.environment).output.startswith("publish\n")


def test_a_state_is_drawn() -> None:
    urn, place = "urn:pulumi:dev::site::{}::{}", {"region": REGION, "bucket": BUCKET}
    resources = []
    for kind, name, properties in (
        (SNAPSHOT, "thumbs", {"name": "thumbs", "count": 1}),
        (WORKFLOW, "site", {**pipeline("site-1a2b3c4", "thumbs-id")}),
    ):
        inputs = {**place, **properties}
        resources.append(
            {
                "urn": urn.format(kind.token(), name),
                "type": kind.token(),
                "id": f"{REGION}/{BUCKET}/{name}-id",
                "custom": True,
                "inputs": inputs,
                "outputs": inputs,
            }
        )
    state = json.dumps({"version": 3, "deployment": {"resources": resources}})
    for wanted in ([], ["site"], ["site-1a2b3c4"], ["site-id"]):
        done = run("-", *wanted, given=state)
        assert done.exit_code == exit_codes.OK
        assert done.output.splitlines()[2] == (
            "    └── Snapshot_small  template thumbs  output small/${InputName}.jpg  -> End"
        )


def test_an_environment_file_is_drawn(file: Path) -> None:
    done = run(str(file), "own-publish", "-c", "prefix=up/")
    assert done.exit_code == exit_codes.OK
    assert done.output.splitlines()[:2] == ["publish (own-publish)", "└── Start  prefix up/"]
    assert "template thumbs" in done.output
    assert run(str(file), "--all").output.count("Start  prefix in/") == 2


def test_a_workflow_that_is_not_there_has_a_neighbour(file: Path) -> None:
    done = run(str(file), "publsh")
    assert done.exit_code == exit_codes.USAGE
    assert "the source holds publish, preview, and no workflow called 'publsh'; did you mean publish?" in done.output


def test_a_source_without_workflows(tmp_path: Path) -> None:
    path = tmp_path / "env.yaml"
    path.write_text(text_of(Environment({"thumbs": Resource("thumbs", SNAPSHOT, {"count": 1})})), encoding="utf-8")
    done = run(str(path))
    assert done.exit_code == exit_codes.USAGE
    assert "the source holds no workflow" in done.output


def test_all_and_a_name_do_not_go_together(file: Path) -> None:
    assert run(str(file), "publish", "--all").exit_code == exit_codes.USAGE


@pytest.mark.parametrize(("name", "start"), [("a.svg", "<svg "), ("a.mmd", "flowchart LR\n"), ("a.txt", "publish (")])
def test_a_file_holds_what_its_name_says(file: Path, tmp_path: Path, name: str, start: str) -> None:
    done = run(str(file), "publish", "--output", str(tmp_path / name))
    assert (done.exit_code, done.output) == (exit_codes.OK, "")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_a_terminal_sees_colours(file: Path) -> None:
    shown = run(str(file), "publish", environ={"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "200"}).output
    assert "\x1b[1;32mSnapshot_small\x1b[0m" in shown
