"""A Pulumi project in a folder of its own, driven by the real command: programs, runs, and what they say and store."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from pulumi_ci.emulator import Server
from pulumi_ci.emulator.log import Request
from pulumi_ci.emulator.store import Stored
from pulumi_ci.engine import Engine
from pulumi_ci.lifecycle.names import LOGICAL_NAME
from pulumi_ci.model.kind import kind_of

REGION, BUCKET = "ap-beijing", "media-1250000000"
"""Where resources live that name no place."""
STACK = "dev"

DECLARED = '''
"""Declares what stands in resources.json; a text "${name.output}" is that output of an earlier resource."""
import json
import pathlib
import pulumi
import pulumi_ci as ci

made = {}

def value(given):
    if isinstance(given, dict):
        return {key: value(item) for key, item in given.items()}
    if isinstance(given, list):
        return [value(item) for item in given]
    if isinstance(given, str) and given.startswith("${") and given.split(".")[0][2:] in made:
        name, output = given[2:-1].split(".")
        return getattr(made[name], output)
    return given

for declared in json.loads(pathlib.Path("resources.json").read_text()):
    options = pulumi.ResourceOptions(**declared["options"])
    home = ci if declared["module"] == "ci" else getattr(ci, declared["module"])
    kind = getattr(home, declared["kind"])
    made[declared["name"]] = kind(declared["name"], opts=options, **value(declared["properties"]))
'''


@dataclass(frozen=True)
class Resource:
    """One declared resource: the slug of its kind, its logical name, its properties and plain options."""

    slug: str
    name: str
    properties: Mapping[str, Any]
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """The type token."""
        return kind_of(self.slug).token()

    def changed(self, changes: Mapping[str, Any]) -> Resource:
        """The resource with the values at some property paths changed; None removes."""
        return Resource(self.slug, self.name, changed(self.properties, changes), self.options)


def changed(properties: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the properties with the values at dotted paths set, or removed where they are None."""
    copy: dict[str, Any] = json.loads(json.dumps(properties))
    for path, value in changes.items():
        *parents, last = (int(step) if step.isdigit() else step for step in path.split("."))
        block: Any = copy
        for step in parents:
            block = block.setdefault(step, {}) if isinstance(block, dict) else block[step]
        if value is None:
            del block[last]
        else:
            block[last] = value
    return copy


@dataclass(frozen=True)
class Outcome:
    """One run of the command: its exit code, what it said, and the calls that the emulator got meanwhile."""

    code: int
    said: str
    calls: tuple[Request, ...]

    def sent(self, method: str, path: str = "") -> list[Request]:
        """The calls with that method whose path and query contain `path`."""
        return [call for call in self.calls if call.method == method and path in f"{call.path}?{call.query}"]

    def flat(self) -> str:
        """What it said, on one line: the engine breaks lines as it likes."""
        return " ".join(self.said.split())


@dataclass(frozen=True)
class Step:
    """One resource in a plan: what is to be done, and why."""

    op: str
    urn: str
    diff: Mapping[str, str]
    """Kind of change by property path, as in the engine's detailedDiff."""
    replaces: tuple[str, ...]

    @property
    def name(self) -> str:
        """The logical name."""
        return self.urn.rsplit("::", 1)[1]


@dataclass(frozen=True)
class Plan:
    """What `preview --json` says."""

    steps: tuple[Step, ...]
    outcome: Outcome

    def of(self, name: str) -> list[Step]:
        """What is to be done with one resource, but for leaving it as it is."""
        return [step for step in self.steps if step.name == name and step.op not in ("same", "refresh")]

    def ops(self) -> dict[str, list[str]]:
        """Operations by logical name; resources that stay as they are stand with an empty list."""
        return {name: [step.op for step in self.of(name)] for name in dict.fromkeys(step.name for step in self.steps)}


class Project:
    """A project with one stack in its own backend."""

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        server: Server,
        *,
        name: str = "acceptance",
        config: Mapping[str, str] | None = None,
        environ: Mapping[str, str | None] | None = None,
        init: bool = True,
    ) -> None:
        self.engine, self.folder, self.server, self.name = engine, folder, server, name
        base = {key: os.environ[key] for key in ("HOME", "PATH", "PYTHONPATH", "PULUMI_CI_CACHE") if key in os.environ}
        switches = {"PULUMI_CI_PACE": "off", "PULUMI_CI_RETRY_SECONDS": "1"}
        switches["PULUMI_CI_JOURNAL"] = str(folder / "journal")
        wanted = {**base, **server.environment, **switches, **(environ or {})}
        self.environ = engine.environment(
            folder / "state", "a passphrase", {key: value for key, value in wanted.items() if value is not None}
        )
        self.work = folder / "program"
        self.work.mkdir(parents=True)
        (self.work / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
        self.program(DECLARED)
        self.declare()
        self.config = {"ci:region": REGION, "ci:bucket": BUCKET} if config is None else config
        if init:
            self.init()

    def init(self) -> None:
        """Makes the stack, with its config in place."""
        self.run("stack", "init", STACK)
        settings = self.work / f"Pulumi.{STACK}.yaml"
        given = yaml.safe_load(settings.read_text()) if settings.exists() else {}
        settings.write_text(yaml.safe_dump({**given, "config": dict(self.config)}))

    # -- programs -----------------------------------------------------------------------------------------------

    def program(self, source: str) -> None:
        """Writes the program."""
        (self.work / "__main__.py").write_text(source)

    def declare(self, *resources: Resource) -> None:
        """Writes what the program declares, unless it is another program than the first."""
        declared = [
            {
                "module": kind_of(r.slug).module,
                "kind": kind_of(r.slug).__name__,
                "name": r.name,
                "properties": dict(r.properties),
                "options": dict(r.options),
            }
            for r in resources
        ]
        (self.work / "resources.json").write_text(json.dumps(declared))

    # -- runs ---------------------------------------------------------------------------------------------------

    def run(
        self, *arguments: str, code: int | None = 0, environ: Mapping[str, str | None] | None = None, limit: float = 120
    ) -> Outcome:
        """Runs the command to its end. `code` is the exit code that it must have; None takes any."""
        before = len(self.server.emulator.requests)
        done = subprocess.run(
            [str(self.engine.command), "--non-interactive", "--color=never", *arguments],
            cwd=self.work,
            env=self._environ(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=limit,
        )
        calls = tuple(self.server.emulator.requests[before:])
        outcome = Outcome(done.returncode, f"{done.stdout}\n{done.stderr}", calls)
        if code is not None and done.returncode != code:
            raise AssertionError(f"pulumi {' '.join(arguments)} ended with {done.returncode}:\n{outcome.said}")
        return outcome

    def start(self, *arguments: str, environ: Mapping[str, str | None] | None = None) -> Running:
        """Starts the command in a process group of its own."""
        process = subprocess.Popen(
            [str(self.engine.command), "--non-interactive", "--color=never", *arguments],
            cwd=self.work,
            env=self._environ(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return Running(process)

    def _environ(self, changes: Mapping[str, str | None] | None) -> dict[str, str]:
        wanted = {**self.environ, **(changes or {})}
        return {key: value for key, value in wanted.items() if value is not None}

    def up(self, *arguments: str, code: int | None = 0, environ: Mapping[str, str | None] | None = None) -> Outcome:
        """`pulumi up` without a preview."""
        return self.run("up", "--yes", "--skip-preview", *arguments, code=code, environ=environ)

    def plan(self, *arguments: str) -> Plan:
        """`pulumi preview --json`, understood."""
        outcome = self.run("preview", "--json", *arguments)
        answer = json.loads(outcome.said[: outcome.said.rindex("}") + 1])
        return Plan(tuple(_step(step) for step in answer["steps"]), outcome)

    def quiet(self, *arguments: str) -> Outcome:
        """A preview with refresh that must find nothing to do."""
        return self.run("preview", "--refresh", "--expect-no-changes", "--diff", *arguments)

    def destroy(self) -> Outcome:
        """`pulumi destroy` without a preview."""
        return self.run("destroy", "--yes", "--skip-preview")

    # -- state --------------------------------------------------------------------------------------------------

    def export(self, *arguments: str) -> str:
        """The text of `pulumi stack export`."""
        return self.run("stack", "export", *arguments).said

    def state(self) -> dict[str, dict[str, Any]]:
        """The resources of this package in the state, by logical name; those pending deletion are left out."""
        resources = json.loads(self.export("--show-secrets"))["deployment"].get("resources") or []
        return {
            item["urn"].rsplit("::", 1)[1]: item
            for item in resources
            if item["type"].startswith("pulumi-python:dynamic/") and not item.get("delete")
        }

    def urn(self, resource: Resource) -> str:
        """The URN of a resource without a parent."""
        return f"urn:pulumi:{STACK}::{self.name}::{resource.token}::{resource.name}"


class Running:
    """A command that was started and not waited for."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def kill(self) -> None:
        """Ends it and all that it started, without a chance to clear up."""
        groups = {self._process.pid}
        for pid in _descendants(self._process.pid):
            with contextlib.suppress(ProcessLookupError):  # it ended meanwhile
                groups.add(os.getpgid(pid))
        for group in groups - {os.getpgid(0)}:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        self._process.wait()


def _descendants(pid: int) -> list[int]:
    """The processes below one, where the system lists them as files; elsewhere its group has to do."""
    parents = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            parents[int(file.parent.name)] = int(file.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for known in found:
        found += [child for child, parent in parents.items() if parent == known]
    return found[1:]


def _step(step: Mapping[str, Any]) -> Step:
    diff = {path: change["kind"] for path, change in (step.get("detailedDiff") or {}).items()}
    return Step(step["op"], step["urn"], diff, tuple(step.get("replaceReasons") or ()))


def local_id(item: Mapping[str, Any]) -> str:
    """The server's id, or the name, of a resource in the state."""
    return str(item["id"]).split("/", 2)[2]


def declared(item: Mapping[str, Any]) -> dict[str, Any]:
    """What the program declared of a resource, from the state that was exported with its secrets in clear."""
    inputs: Mapping[str, Any] = item["inputs"]
    return {n: _plain(value) for n, value in inputs.items() if n != LOGICAL_NAME and not n.startswith("__")}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        if "plaintext" in value:
            return json.loads(value["plaintext"])
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def leaves(body: str | ET.Element, at: str = "") -> list[str]:
    """The leaves of an XML body, each with its path; an empty one counts as absent."""
    element = ET.fromstring(body) if isinstance(body, str) else body  # noqa: S314 - our own or the emulator's
    here, text = f"{at}/{element.tag}", (element.text or "").strip()
    if len(element):
        return [leaf for child in element for leaf in leaves(child, here)]
    return [f"{here}={text}"] if text else []


def edit(server: Server, words: Mapping[str, Any], item: Mapping[str, Any]) -> None:
    """Makes a change behind the program's back: words of the emulator's edit, about a resource in the state."""
    region, bucket, *rest = str(item["id"]).split("/", 2)
    kind = str(words["kind"])
    about = {"name" if kind == "style" else "id": rest[0]} if rest else {}
    server.emulator.edit(bucket, region, kind, **about, **{key: word for key, word in words.items() if key != "kind"})


def objects(server: Server, bucket: str | None = BUCKET, region: str = REGION) -> list[Stored]:
    """What a bucket (None: every bucket and application) holds, without switches that are off, the queues that are
    always there, and the tasks of MPS, which no call deletes."""
    found = [item for item in server.emulator.objects if item.kind not in ("queue", "mps-task") and not _off(item)]
    return [item for item in found if bucket is None or (item.bucket, item.region) == (bucket, region)]


def _off(item: Stored) -> bool:
    if item.xml.startswith("{"):
        return False  # an object in JSON is no switch
    status = ET.fromstring(item.xml)  # noqa: S314 - the emulator's
    return "off" in (status.text, status.findtext("Status"))


def names(items: Iterable[Stored]) -> list[str]:
    """Kinds and names, sorted."""
    return sorted(f"{item.kind} {item.name}" for item in items)
