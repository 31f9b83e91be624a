"""`pulumi-ci validate` runs a program without engine and network, and tells every mistake with its place."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime import rpc

from pulumi_ci.api.errors import CiError
from pulumi_ci.cli import exit_codes
from pulumi_ci.emulator import Server
from pulumi_ci.provider.project import UNKNOWN, project
from pulumi_ci.provider.validate import validate

EXAMPLES = sorted(path.parent for path in (Path(__file__).parents[2] / "examples").glob("*/Pulumi.yaml"))
WITHOUT_KEYS = {name: value for name, value in os.environ.items() if not name.startswith("TENCENTCLOUD_")}
PLACE = "config: {'ci:region': ap-beijing, 'ci:bucket': media-1250000000}\n"

BROKEN = """
import pulumi
import pulumi_ci as ci
from previews import Previews

thumbs = ci.SnapshotTemplate(
    "thumbs", count=3, black_level=50, width=pulumi.Output.from_input(5).apply(lambda side: side * 2), heigth=64
)
print("a line of the program")
ci.ImageStyle("card", style_name="card", style_body="imageMogr2/thumbnale/100x")
nowhere = ci.Provider("nowhere", bucket="other-1250000000")
ci.SnapshotTemplate("away", count=3, opts=pulumi.ResourceOptions(provider=nowhere))
Previews("site")
"""
PREVIEWS = """
import pulumi
import pulumi_ci as ci


class Previews(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("site:index:Previews", name)
        sheet = {"color": "White", "columns": 0, "lines": 5}
        ci.SnapshotTemplate(
            f"{name}-sheet", count=3, snapshot_out_mode="OnlySprite", sprite_snapshot_config=sheet,
            opts=pulumi.ResourceOptions(parent=self),
        )
"""


class Folder:
    """A project folder, and `validate` on it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("Pulumi.yaml", "name: site\nruntime: python\n")
        self.write("Pulumi.dev.yaml", PLACE)

    def write(self, name: str, text: str) -> None:
        """Writes a file below the folder."""
        file = self.path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run(self, *words: str, environ: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """The command in this folder, with no credentials but those of `environ`."""
        return subprocess.run(
            [sys.executable, "-m", "pulumi_ci.cli.main", "validate", *words],
            cwd=self.path,
            env={**WITHOUT_KEYS, **(environ or {})},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )

    def mistakes(self, *words: str, environ: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
        """Every mistake."""
        done = self.run("--format", "json", *words, environ=environ)
        found: list[dict[str, Any]] = json.loads(done.stdout)["mistakes"]
        assert done.returncode == (exit_codes.DIFFERENCE if found else exit_codes.OK), done.stderr
        return found

    def check(self, body: str, *settings: str, stack: str | None = None) -> list[str]:
        """The mistakes of a program with the usual imports, each as `line property reason`."""
        self.write("__main__.py", f"import pulumi\nimport pulumi_ci as ci\n{body}")
        found = validate(project(self.path, stack, settings), WITHOUT_KEYS).mistakes
        return [" ".join(str(word) for word in (m.line, m.property, m.reason) if word) for m in found]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    made = Folder(tmp_path_factory.mktemp("broken"))
    made.write("__main__.py", BROKEN)
    made.write("previews.py", PREVIEWS)
    return made


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_has_no_mistakes(example: Path, folder: Folder) -> None:
    done = folder.run(str(example), "--stack", "dev")
    assert (done.returncode, done.stderr) == (exit_codes.OK, "")
    assert done.stdout.endswith(" resources, no mistakes\n")


def test_every_mistake_of_every_resource_is_told_with_its_place(broken: Folder) -> None:
    done = broken.run()
    assert done.returncode == exit_codes.DIFFERENCE
    lines = [line.split("  ") for line in done.stdout.splitlines()]
    assert [line[:3] for line in lines[:-1]] == [
        ["__main__.py:6", "SnapshotTemplate thumbs", "heigth"],
        ["__main__.py:6", "SnapshotTemplate thumbs", "width"],
        ["__main__.py:6", "SnapshotTemplate thumbs", "black_level"],
        ["__main__.py:10", "ImageStyle card", "style_body"],
        ["__main__.py:12", "SnapshotTemplate away", "region"],
        ["previews.py:10", "SnapshotTemplate site-sheet", "sprite_snapshot_config.columns"],
    ]
    assert lines[1][3] == "10 is not a whole number from 128 to 4096 px"
    assert lines[-1] == ["4 resources, 6 mistakes"]
    assert done.stderr == "a line of the program\n"


def test_places_are_relative_to_the_current_folder(broken: Folder, tmp_path: Path) -> None:
    found = Folder(tmp_path).mistakes(str(broken.path))
    assert {tmp_path.joinpath(m["file"]).resolve().name for m in found} == {"__main__.py", "previews.py"}


def test_json_tells_the_same(broken: Folder) -> None:
    found = json.loads(broken.run("--format", "json").stdout)
    assert (found["resources"], len(found["mistakes"]), found["warnings"]) == (4, 6, [])
    assert found["mistakes"][2] == {
        "file": "__main__.py",
        "line": 6,
        "column": None,
        "type": "SnapshotTemplate",
        "name": "thumbs",
        "property": "black_level",
        "reason": "has an effect only with is_check_black true and start 0",
    }


def test_a_terminal_sees_a_table(broken: Folder) -> None:
    shown = broken.run(environ={"FORCE_COLOR": "1", "COLUMNS": "200"}).stdout
    assert re.search("│ SnapshotTemplate away +│ region +│ is required", shown)
    assert shown.endswith("\n4 resources, 6 mistakes\n")


def test_a_warning_is_no_mistake(folder: Folder) -> None:
    body = """
from pulumi_ci import workflow as wf
results = wf.Output(region="ap-beijing", bucket="media-1250000000", object="a-${Number}.jpg", sprite_object="b.png")
sheet = wf.Snapshot("sheet", template_id="t1" + 32 * "0", output=results)
ci.Workflow("publish", **wf.pipeline(wf.Start(object_prefix="in/", next=[sheet])))
"""
    assert folder.check(body) == []
    done = folder.run()
    assert done.returncode == exit_codes.OK
    *told, count = done.stdout.splitlines()
    assert told
    assert all(line.startswith("__main__.py:7  Workflow publish  nodes.") and "  warning: " in line for line in told)
    assert count == f"1 resource, no mistakes, {len(told)} warning{'s' if len(told) > 1 else ''}"


LATE = """
ci.ImageStyle("a", style_body="imageMogr2/rotate/90")
for number in range(4):
    ci.SnapshotTemplate(f"thumbs-{number}", count=3)
binding = ci.BucketBinding("binding")
ci.MediaService("media")
"""


def test_a_binding_or_service_that_is_declared_too_late_is_a_warning(folder: Folder) -> None:
    assert folder.check(LATE) == []
    binding, media, count = folder.run().stdout.splitlines()
    assert binding.startswith("__main__.py:7  BucketBinding binding")
    assert "is needed by ImageStyle a at __main__.py:4, SnapshotTemplate thumbs-0 at __main__.py:6" in binding
    assert "and 2 more" in binding
    assert media.startswith("__main__.py:8  MediaService media")
    assert count == "7 resources, no mistakes, 2 warnings"


@pytest.mark.parametrize(
    "body",
    [
        'ci.BucketBinding("binding")\nci.MediaService("media")\nci.ImageStyle("a", style_body="imageMogr2/rotate/90")',
        'a = ci.ImageStyle("a", style_body="imageMogr2/rotate/90")\n'
        'ci.BucketBinding("binding", opts=pulumi.ResourceOptions(depends_on=a))',
        'ci.ImageStyle("a", bucket="other-1250000000", style_body="imageMogr2/rotate/90")\nci.BucketBinding("binding")',
        'binding = ci.BucketBinding("binding", bucket=pulumi.Output.from_input("media-1250000000"))\n'
        'ci.ImageStyle("a", bucket=binding.bucket, style_body="imageMogr2/rotate/90")',
        'binding = ci.BucketBinding("binding", bucket=pulumi.Output.from_input("media-1250000000"))\n'
        "late = pulumi.ResourceOptions(depends_on=binding)\n"
        'first = ci.ImageStyle("a", style_body="imageMogr2/rotate/90", opts=late)\n'
        'ci.SnapshotTemplate("b", count=3, opts=pulumi.ResourceOptions(depends_on=first))',
    ],
    ids=["in order", "told to wait for the others", "another bucket", "by its output", "told, over another one"],
)
def test_what_waits_needs_no_warning(folder: Folder, body: str) -> None:
    assert folder.check(body) == []
    assert folder.run().stdout.splitlines()[-1].endswith("no mistakes")


def test_an_output_that_is_not_the_same_is_a_warning_too(folder: Folder) -> None:
    folder.check(
        'ci.BucketBinding("binding", bucket=pulumi.Output.from_input("media-1250000000"))\n'
        'ci.ImageStyle("a", style_body="imageMogr2/rotate/90")\n'
    )
    assert "is needed by ImageStyle a" in folder.run().stdout


def test_a_program_that_raises_hides_nothing(folder: Folder) -> None:
    found = folder.check(
        'ci.SnapshotTemplate("thumbs", count=0)\n'
        'pulumi.Output.from_input(1).apply(lambda one: one["two"])\n'
        'ci.SnapshotTemplate("sheet", count=3, width=pulumi.Output.from_input(0).apply(lambda zero: 1 / zero))\n'
        'ci.Provider("south", regoin="ap-guangzhou")\n'
        'ci.SnapshotTemplate("later", count=0)\n'
    )
    assert [line.split(" ", 1)[0] for line in found] == ["3", "4", "5", "6"]
    assert found[0] == "3 count 0 is not a whole number above 0 to 10000"
    assert found[1] == "4 TypeError: 'int' object is not subscriptable"
    assert found[2] == "5 ZeroDivisionError: division by zero"
    assert "unexpected keyword argument 'regoin'" in found[3]


def test_a_program_that_does_not_parse_is_told(folder: Folder) -> None:
    assert folder.check("thumbs = (\n") == ["3 SyntaxError: '(' was never closed (__main__.py, line 3)"]


def test_the_place_of_a_mistake_in_an_installed_package_is_the_line_that_calls_it(folder: Folder) -> None:
    found = folder.check('import yaml\nyaml.safe_load("[")\nfrom pulumi_ci import image\n')
    assert [line.split(":")[0] for line in found] == ["4 ParserError"]


@pytest.mark.parametrize(("status", "found"), [(0, []), (3, ["3 SystemExit: 3"])])
def test_a_program_that_ends_itself(folder: Folder, status: int, found: list[str]) -> None:
    assert folder.check(f"raise SystemExit({status})\n") == found


def test_a_process_that_ends_early_is_no_verdict(folder: Folder) -> None:
    folder.write("__main__.py", "import os\nos._exit(7)\n")
    done = folder.run()
    assert (done.returncode, done.stdout) == (exit_codes.USAGE, "")
    assert "ended early with status 7" in done.stderr


def test_two_resources_of_one_name_and_type_are_told(folder: Folder) -> None:
    body = """
class Pair(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("site:index:Pair", name)
        ci.SnapshotTemplate("thumbs", count=3, opts=pulumi.ResourceOptions(parent=self))

Pair("a")
pulumi.CustomResource("other:index:Thing", "thumbs", {})
ci.SnapshotTemplate("thumbs", count=3)
ci.SnapshotTemplate("thumbs", count=3)
"""
    reason = "two resources of one name and type: the other is made at __main__.py:11; give one of them another name"
    assert folder.check(body) == [f"12 {reason}"]


def test_what_only_a_run_knows_is_no_mistake(folder: Folder) -> None:
    body = """
class Thing(pulumi.CustomResource):
    size: pulumi.Output[int]
    def __init__(self, name):
        super().__init__("other:index:Thing", name, {"size": None, "colour": "red"})

thing, other = Thing("thing"), pulumi.StackReference("org/other/dev")
found = pulumi.runtime.invoke_output("other:index:getThing", {})
ci.SnapshotTemplate("thumbs", count=thing.size, width=other.get_output("width"), height=found["height"])
ci.SnapshotTemplate("sheet", count=3, width=thing.colour)
existing = ci.SnapshotTemplate.get("existing", "ap-beijing/media-1250000000/t1existing")
ci.SnapshotTemplate("twin", count=existing.count, name=existing.name, start=-1)
there = ci.Provider("there", region=thing.id, bucket=thing.id)
ci.SnapshotTemplate("away", count=3, opts=pulumi.ResourceOptions(provider=there))
"""
    assert [line.split(" ")[:2] for line in folder.check(body)] == [["12", "width"], ["14", "start"]]


def test_encrypted_config_is_unknown(folder: Folder) -> None:
    folder.write("Pulumi.dev.yaml", PLACE.replace("}", ", key: {secure: v1:x}, 'ci:secretId': {secure: v1:x}}"))
    body = """
config = pulumi.Config()
ci.SnapshotTemplate("thumbs", count=config.require_secret_int("key"), name=config.require("key"), width=1)
config.require_int("key")
"""
    found = folder.check(body)
    assert found[1:] == [
        "5 width 1 is not a whole number from 128 to 4096 px",
        "6 RunError: config site:key is encrypted; give validate a value with -c site:key=...",
    ]
    assert "half of the credentials" in found[0]
    assert folder.check(body, "key=7", "ci:secretKey=x") == [found[1]]


def test_unknown_is_spelled_as_pulumi_spells_it() -> None:
    assert UNKNOWN == rpc.UNKNOWN


def test_config_comes_from_the_stack_the_project_and_the_command(folder: Folder) -> None:
    folder.write(
        "Pulumi.yaml", "name: site\nruntime: {name: python}\nconfig: {count: {default: 0}, tall: {value: 64}}\n"
    )
    folder.write("Pulumi.prod.yaml", PLACE + "  # of production\n")
    body = """
config = pulumi.Config()
ci.SnapshotTemplate(pulumi.get_stack(), count=config.require_int("count"), height=config.require_int("tall"))
"""
    assert [line.split(" ")[1] for line in folder.check(body, stack="prod")] == ["count", "height"]
    assert folder.mistakes("--stack", "org/prod", "-c", "count=3", "-c", "site:tall=128") == []
    assert "choose one with --stack dev|prod" in folder.run().stderr
    done = folder.run("--stack", "prd")
    assert (done.returncode, done.stdout) == (exit_codes.USAGE, "")
    assert "has no config of a stack prd; there is that of dev, prod" in done.stderr


def test_missing_config_is_a_mistake(folder: Folder) -> None:
    assert folder.check("pulumi.Config().require('bucket')\n")[0].startswith("3 ConfigMissingError: Missing required")
    (folder.path / "Pulumi.dev.yaml").unlink()
    found = folder.check('ci.SnapshotTemplate("thumbs", count=3)\n')
    assert [line.split(" ")[:2] for line in found] == [["3", "region"], ["3", "bucket"]]


def test_settings_that_make_no_sense_are_told_once(folder: Folder) -> None:
    body = """
ci.SnapshotTemplate("one", count=3)
ci.SnapshotTemplate("two", count=3)
there = ci.Provider("there", region="ap-beijing", bucket="media-1250000000", adopt="always")
ci.SnapshotTemplate("away", count=3, opts=pulumi.ResourceOptions(provider=there))
"""
    assert folder.check(body, "ci:pace=fast") == [
        "ci:pace is 'fast'; allowed are on, off",
        "6 ci:adopt is 'always'; allowed are never, identical, match",
    ]


def test_main_and_program_files_are_found(folder: Folder) -> None:
    folder.write("Pulumi.yaml", "name: site\nruntime: python\nmain: infra\n")
    folder.write("infra/__main__.py", "import pulumi_ci as ci, near\nci.SnapshotTemplate('thumbs', count=near.COUNT)\n")
    folder.write("infra/near.py", "COUNT = 0\n")
    assert [(m["file"], m["line"]) for m in folder.mistakes()] == [("infra/__main__.py", 2)]
    folder.write("other.py", "import pulumi_ci as ci\nci.SnapshotTemplate('thumbs', count=0)\n")
    assert [(m["file"], m["line"]) for m in folder.mistakes("other.py")] == [("other.py", 2)]


@pytest.mark.parametrize("place", ["here", "the program", "a look-up", "a look-up without keys"])
def test_no_network_is_used(place: str, folder: Folder, ci_emulator: Server) -> None:
    environ = dict(ci_emulator.environment)
    lines = {
        "here": "import socket; socket.create_connection(('localhost', 80))",
        "the program": f"import requests; requests.get('{ci_emulator.url}/_emulator/health')",
        "a look-up": "ci.find_snapshot_template(name='thumbs')",
        "a look-up without keys": "ci.find_snapshot_template(name='thumbs')",
    }
    if place == "a look-up without keys":
        environ = {}
    folder.write("__main__.py", f"import pulumi_ci as ci\nci.SnapshotTemplate('thumbs', count=3)\n{lines[place]}\n")
    (found,) = folder.mistakes(environ=environ)
    assert (found["file"], found["line"]) == ("__main__.py", 3)
    assert "look-ups need the network, and validate works without" in found["reason"]
    assert ci_emulator.emulator.requests == []


@pytest.mark.parametrize(
    ("files", "words", "told"),
    [
        ({"Pulumi.yaml": None}, (), "there is no Pulumi.yaml in"),
        ({"Pulumi.yaml": "name: site\nruntime: nodejs\n"}, (), "has the runtime nodejs; only Python programs"),
        ({"Pulumi.yaml": "name: site\nruntime: python\nmain: infra\n"}, (), "infra is the `main` of Pulumi.yaml"),
        ({"Pulumi.yaml": "name: [\n"}, (), "is no YAML"),
        ({}, (), "there is no program"),
        ({}, ("elsewhere",), "name a project folder or a program file"),
        ({"notes.txt": ""}, ("notes.txt",), "is neither a project folder nor a Python program"),
        ({"__main__.py": ""}, ("-c", "region"), "write key=value"),
        (
            {"__main__.py": "", "Pulumi.yaml": "name: a\nruntime: {name: python, options: {virtualenv: venv}}\n"},
            (),
            "`pulumi install` makes it",
        ),
    ],
)
def test_what_cannot_be_run_is_told(
    files: dict[str, str | None], words: tuple[str, ...], told: str, folder: Folder
) -> None:
    for name, text in files.items():
        if text is None:
            (folder.path / name).unlink()
        else:
            folder.write(name, text)
    place = folder.path if words[:1] in ((), ("-c",)) else folder.path / words[0]
    with pytest.raises(CiError, match=re.escape(told)):
        project(place, settings=words[1:])
