"""An emulated cloud that kills or stops a probe of another process at chosen calls, and what is left of it then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from probe_rig import BUCKET, EVERYTHING, PLACE, REGION, SETTINGS, bound, content, going_on, queues

from pulumi_ci.api.client import Client
from pulumi_ci.emulator import Choices, Emulator, Server
from pulumi_ci.probe.clean import Cleaned, resume
from pulumi_ci.probe.opening import opened


class Deadly(Emulator):
    """Sends a signal to a process at chosen calls: when they have come, or when they have been done."""

    def __init__(self) -> None:
        super().__init__(choices=Choices(binding_required="on"))
        self.victim = 0
        self.signal: signal.Signals = signal.SIGKILL
        self.strikes: Callable[[int, str], bool] = lambda number, call: False
        self.done_first = False
        self.came: list[str] = []

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        self.came.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        struck = bool(self.victim) and self.strikes(len(self.came), self.came[-1])
        if struck and not self.done_first:
            os.kill(self.victim, self.signal)
        answer = self.wsgi_app(environ, start_response)
        if struck and self.done_first:
            os.kill(self.victim, self.signal)
        return answer


@dataclass
class Scene:
    """A cloud in which a probe of another process ends early, and what the cloud was before."""

    before: Callable[[Emulator], None]
    folder: Path
    emulator: Deadly = field(default_factory=Deadly)

    def run(self, *clean: str) -> tuple[int, Cleaned | None, list[str]]:
        """Exit status of the probe, what a later run cleared up, and what is not as it was in the end."""
        with Server(self.emulator) as server:
            settings = replace(SETTINGS, endpoint=server.url)
            bound(self.emulator)
            shown = queues(Client(settings))  # the first look at queues makes them
            self.emulator.edit(BUCKET, REGION, "binding", delete=True)
            self.before(self.emulator)
            was = content(self.emulator)
            status = self._probe(server)
            self.emulator.victim = 0
            cleaned = None
            if status == -signal.SIGKILL:
                for lost in clean:
                    (self.folder / lost).unlink()
                site = opened(settings, PLACE, EVERYTHING, self.folder / "journal.json", sleep=lambda seconds: None)
                cleaned = resume(site)
            left = [f"{' '.join(key)} {text}" for key, text in set(content(self.emulator).items()) ^ set(was.items())]
            bound(self.emulator)
            left += [now for now, old in zip(queues(Client(settings)), shown, strict=True) if now != old]
        left += going_on(self.emulator)
        left += [path.name for path in self.folder.iterdir()]
        self.emulator.close()
        return status, cleaned, left

    def _probe(self, server: Server) -> int:
        command = [sys.executable, "-m", "pulumi_ci.cli.main", "probe", "--bucket", BUCKET, "--region", REGION, "--yes"]
        flags = ["--switches", "--force", "--runs", "--mps", "--sub-app-id", "0", "--limits", "8"]
        flags += ["--journal", str(self.folder / "journal.json")]
        environ = {**os.environ, **server.environment, "PULUMI_CI_PACE": "off"}
        with subprocess.Popen(
            [*command, *flags], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as child:
            self.emulator.came.clear()
            self.emulator.victim = child.pid
            return child.wait(timeout=60)
