"""Where a demo plays: a project, an engine and an emulator of its own, and the record of which steps held."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from pulumi_ci.emulator import Emulator, Server
from pulumi_ci.engine import Engine, ensure

_EXAMPLES = Path(__file__).parent.parent.parent / "examples"


class Stage:
    """The demo's emulator, project folder and engine, and the record of what held."""

    def __init__(self, engine: Engine, server: Server, folder: Path, example: str, console: Console) -> None:
        self.console, self.emulator, self.endpoint = console, server.emulator, server.url
        self._engine, self.project = engine, folder / example
        shutil.copytree(_EXAMPLES / example, self.project)
        self._environment = engine.environment(folder / "state", "demo", os.environ, home=folder / "home")
        self._environment.update(server.environment)
        self._environment["PULUMI_CI_JOURNAL"] = str(folder / "journal")
        self.steps: list[tuple[str, int, bool, str]] = []
        self.known: dict[str, Any] = {}
        """What later steps need of earlier ones."""

    def pulumi(self, *words: str, show: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs the Pulumi command in the project; its own output goes to the terminal."""
        flags = ("--non-interactive", "--color", "never")
        return self._run(("pulumi", *words), (str(self._engine.command), *words, *flags), show, (0,))

    def ci(self, *words: str, show: bool = True) -> subprocess.CompletedProcess[str]:
        """Runs `pulumi-ci` in the project; a difference, which ends it with 1, is no failure."""
        return self._run(("pulumi-ci", *words), (sys.executable, "-m", "pulumi_ci.cli.main", *words), show, (0, 1))

    def _run(
        self, shown: Sequence[str], command: Sequence[str], show: bool, good: Sequence[int]
    ) -> subprocess.CompletedProcess[str]:
        if show:
            self._print(f"$ {' '.join(shown)}", "dim")
        done = subprocess.run(  # noqa: S603 - the engine's own path or ours, and fixed words
            command,
            cwd=self.project,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if show or done.returncode not in good:
            noise = ("@ ", "Duration:", "If you want to remove", "The resources in the stack")
            said = [*done.stdout.splitlines(), *done.stderr.splitlines()]
            lines = [line for line in said if line.strip() and not line.startswith(noise)]
            self._print("\n".join(f"  {line}" for line in lines))
        return done

    def _print(self, text: str, style: str = "") -> None:
        self.console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

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

    def changes(self, *words: str) -> dict[str, tuple[str, list[str]]]:
        """What a preview would do: operation and property paths by the tail of the URN; nothing for unchanged ones."""
        done = self.pulumi("preview", *words, "--json", show=False)
        steps = json.loads(done.stdout)["steps"]
        return {
            step["urn"].split("/", 1)[-1]: (step["op"], sorted(step.get("detailedDiff") or {}))
            for step in steps
            if step["op"] not in ("same", "refresh")
        }


Act = Callable[[Stage], str]
"""Does a step and returns what is wrong, or ""."""


def play(
    example: str, stacks: Sequence[str], steps: Sequence[tuple[str, str, Act]], keep: bool, console: Console | None
) -> bool:
    """Plays steps, each with its title and what it tells, on a copy of an example; prints a summary of them.

    Returns whether each held. With `keep` the copy stays for a look.
    """
    console = console or Console(width=120)
    if not (_EXAMPLES / example).is_dir():
        raise click.ClickException("the demo needs the examples folder of a checkout of this project")
    engine = ensure()
    folder = Path(tempfile.mkdtemp(prefix="pulumi-ci-demo-"))
    emulator = Emulator()
    try:
        with Server(emulator) as server:
            stage = Stage(engine, server, folder, example, console)
            for stack in stacks:
                stage.pulumi("stack", "init", stack, show=False)
            held = [stage.step(title, story, partial(act, stage)) for title, story, act in steps]
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
    return all(held)
