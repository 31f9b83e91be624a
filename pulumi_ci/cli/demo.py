"""`pulumi-ci demo`: the quickstart's whole life against the emulator, with a real engine, each step checked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from pulumi_ci.api.client import Client, Place, Request
from pulumi_ci.api.errors import Target
from pulumi_ci.api.settings import Settings
from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Emulator, Server
from pulumi_ci.engine import Engine, ensure
from pulumi_ci.model.kind import kind_of
from pulumi_ci.wire import xml

REGION, BUCKET = "ap-beijing", "media-1250000000"
_PROGRAM = Path(__file__).parent.parent.parent / "examples" / "quickstart"


class _Stage:
    """The demo's emulator, project folder and engine, and the record of what held."""

    def __init__(self, engine: Engine, server: Server, folder: Path, console: Console) -> None:
        self.console, self.emulator, self.endpoint = console, server.emulator, server.url
        self._engine, self.project = engine, folder / "quickstart"
        shutil.copytree(_PROGRAM, self.project)
        self._environment = engine.environment(folder / "state", "demo", os.environ, home=folder / "home")
        self._environment.update(server.environment)
        self.steps: list[tuple[str, int, bool, str]] = []
        self.first: dict[str, Any] = {}
        self.queues: list[dict[str, Any]] = []

    def pulumi(self, *words: str, show: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs the Pulumi command in the project; its own output goes to the terminal."""
        if show:
            self.console.print(f"[dim]$ pulumi {' '.join(words)}[/dim]")
        done = subprocess.run(  # noqa: S603 - the engine's own path and fixed words
            [str(self._engine.command), *words, "--non-interactive", "--color", "never"],
            cwd=self.project,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if show or done.returncode:
            noise = ("@ ", "Duration:", "If you want to remove", "The resources in the stack")
            lines = [line for line in done.stdout.splitlines() if line.strip() and not line.startswith(noise)]
            self.console.print("\n".join(f"  {line}" for line in lines), markup=False, highlight=False, soft_wrap=True)
        if done.returncode:
            self.console.print(done.stderr, markup=False, highlight=False, soft_wrap=True)
        return done

    def step(self, title: str, story: str, act: Callable[[], str]) -> bool:
        """Tells what will happen, does it, and records whether it held; `act` returns what is wrong, or ""."""
        self.console.print(Panel(story, title=f"{len(self.steps) + 1}. {title}", title_align="left", width=110))
        self.emulator.forget_requests()
        try:
            wrong = act()
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
        calls = len(self.emulator.requests)
        self.steps.append((title, calls, not wrong, wrong))
        verdict = f"[red]did not hold: {wrong}" if wrong else "[green]held"
        self.console.print(f"  {verdict}[/], {calls} API calls\n")
        return not wrong

    def edit_program(self, *changes: tuple[str, str]) -> None:
        """Replaces texts of the program, each of which must be there once."""
        path = self.project / "__main__.py"
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            if text.count(old) != 1:
                raise ValueError(f"the program has {old!r} {text.count(old)} times")
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs."""
        found: dict[str, Any] = json.loads(self.pulumi("stack", "output", "--json", show=False).stdout)
        return found

    def object(self, kind: str, *, id: str = "", name: str = "") -> Any:
        """The stored object of that kind with that id or name, or None."""
        found = (item for item in self.emulator.objects if item.kind == kind and (item.id == id or item.name == name))
        return next(found, None)

    def edit(self, kind: str, **change: Any) -> None:
        """Changes an object as somebody does in the web console."""
        self.emulator.edit(BUCKET, REGION, kind, **change)

    def changes(self, *words: str) -> dict[str, tuple[str, list[str]]]:
        """What a preview would do: operation and property paths by the tail of the URN; nothing for unchanged ones."""
        done = self.pulumi("preview", *words, "--json", show=False)
        steps = json.loads(done.stdout)["steps"]
        return {
            step["urn"].split("/", 1)[-1]: (step["op"], sorted(step.get("detailedDiff") or {}))
            for step in steps
            if step["op"] not in ("same", "refresh")
        }


def run(keep: bool = False, console: Console | None = None) -> bool:
    """Runs every step and prints a summary. Returns whether each held."""
    console = console or Console(width=120)
    if not _PROGRAM.is_dir():
        raise click.ClickException("the demo needs the examples folder of a checkout of this project")
    engine = ensure()
    folder = Path(tempfile.mkdtemp(prefix="pulumi-ci-demo-"))
    emulator = Emulator()
    try:
        with Server(emulator) as server:
            stage = _Stage(engine, server, folder, console)
            held = _play(stage)
    finally:
        emulator.close()
        if keep:
            console.print(f"kept in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    table = Table("step", "API calls", "", title="Summary", title_justify="left")
    for title, calls, good, wrong in stage.steps:
        table.add_row(title, str(calls), "[green]held[/]" if good else f"[red]{wrong}[/]")
    console.print(table)
    return held


def _play(stage: _Stage) -> bool:
    steps = [
        ("up", "A bucket from nothing: binding, hotlink, styles, queue, templates and a workflow.", _up),
        (
            "drift",
            "Somebody uses the web console: another width for the thumbnails, another bitrate for the video, and the "
            "style 'avatar' is deleted. The preview shows exactly that.",
            _drift,
        ),
        ("repair", "`up --refresh` puts the three things back; a second preview is quiet.", _repair),
        (
            "rename a template",
            "The thumbnails get a name and a count of 9: in place, same id; the workflow that uses them is untouched.",
            _rename_template,
        ),
        ("rename a style", "'card' becomes 'product': the new one first, then the old one goes.", _rename_style),
        ("destroy", "Everything goes, and the queue gets back the settings it had before.", _destroy),
    ]
    stage.pulumi("stack", "init", "dev", show=False)
    held = [stage.step(title, story, partial(act, stage)) for title, story, act in steps]
    return all(held)


def _up(stage: _Stage) -> str:
    stage.queues = _queues(stage)
    stage.emulator.forget_requests()
    if stage.pulumi("up", "--yes", "--skip-preview").returncode:
        return "up failed"
    stage.first = stage.outputs()
    kinds = Counter(item.kind for item in stage.emulator.objects)
    missing = Counter({"template": 3, "style": 2, "workflow": 1, "hotlink": 1}) - kinds
    return f"the emulator lacks {dict(missing)}" if missing else ""


def _drift(stage: _Stage) -> str:
    templates = stage.first["templates"]
    stage.edit("template", id=templates["thumbs"], set={"Snapshot/Width": "320"})
    stage.edit("template", id=templates["hls"], set={"Video/Bitrate": "900"})
    stage.edit("style", name="avatar", delete=True)
    wanted = {
        "ci:SnapshotTemplate::thumbs": ("update", ["width"]),
        "ci:TranscodeTemplate::hls": ("update", ["video.bitrate"]),
        "ci:ImageStyle::avatar": ("create", []),
    }
    found = stage.changes("--refresh")
    stage.emulator.forget_requests()
    stage.pulumi("preview", "--refresh", "--diff")
    return "" if found == wanted else f"the preview shows {found}"


def _repair(stage: _Stage) -> str:
    if stage.pulumi("up", "--refresh", "--yes", "--skip-preview").returncode:
        return "up failed"
    thumbs = stage.object("template", id=stage.first["templates"]["thumbs"])
    if "<Width>640</Width>" not in thumbs.xml or stage.object("style", name="avatar") is None:
        return "something was not put back"
    quiet = stage.changes("--refresh")
    return f"the second preview shows {quiet}" if quiet else ""


def _rename_template(stage: _Stage) -> str:
    workflow = stage.object("workflow", id=stage.first["workflow"])
    stage.edit_program(('"thumbs", mode="Interval", time_interval=10, count=6', _RENAMED))
    if stage.pulumi("up", "--yes", "--skip-preview", "--diff").returncode:
        return "up failed"
    template = stage.object("template", id=stage.first["templates"]["thumbs"])
    if template is None or template.name != "previews" or "<Count>9</Count>" not in template.xml:
        return "the template was not changed in place"
    return "" if stage.object("workflow", id=stage.first["workflow"]) == workflow else "the workflow was touched"


def _rename_style(stage: _Stage) -> str:
    stage.edit_program(('style_name="card"', 'style_name="product"'))
    if stage.pulumi("up", "--yes", "--skip-preview", "--diff").returncode:
        return "up failed"
    writes = [
        (request.method, "product" if "product" in request.body else "card")
        for request in stage.emulator.requests
        if request.query.startswith("style") and request.method != "GET"
    ]
    return "" if writes == [("PUT", "product"), ("DELETE", "card")] else f"the calls were {writes}"


def _destroy(stage: _Stage) -> str:
    if stage.pulumi("destroy", "--yes", "--skip-preview").returncode:
        return "destroy failed"
    off = (">off<", "<Type>off")
    left = [item for item in stage.emulator.objects if item.kind != "queue" and not any(o in item.xml for o in off)]
    if left:
        return f"left behind: {', '.join(f'{item.kind} {item.name}' for item in left)}"
    return "" if _queues(stage) == stage.queues else "the queue was not restored"


_RENAMED = '"thumbs", name="previews", mode="Interval", time_interval=10, count=9'


def _queues(stage: _Stage) -> list[dict[str, Any]]:
    """The settings of the bucket's queues, which come into being when somebody first looks."""
    settings = Settings(endpoint=stage.endpoint, secret_id=SECRET_ID, secret_key=SECRET_KEY)
    target, kind = Target("MediaQueue", f"{REGION}/{BUCKET}"), kind_of("media-queue")
    query = {"category": "CateAll"}
    answer = Client(settings).send(Request(target, "list", "GET", "ci", Place(REGION, BUCKET), "/queue", query))
    rows = [] if answer.root is None else answer.root.findall("QueueList")
    return [xml.decode(kind, row, kind.api.form)[0] for row in rows if kind.api.form]
