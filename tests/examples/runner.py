"""Runs the jobs of a GitHub workflow on this machine: each `run:` as it is written, in bash, as a runner would."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail")  # what `shell: bash` means
_FILES = ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_PATH")


@dataclass
class Job:
    """What a job did."""

    status: int = 0
    """Exit status of the first step that failed."""
    failed: str = ""
    """The name of that step."""
    summary: str = ""
    said: str = ""
    """What all steps printed."""
    done: list[str] = field(default_factory=list)
    """The names of the steps with a script that ran, in order."""
    artifacts: dict[str, bytes] = field(default_factory=dict)
    """Files that were uploaded, by artifact and path."""


class Runner:
    """A machine with a checkout in `work`. `known` gives what expressions name, such as `secrets.A`; `tools` stands
    first on PATH.
    """

    def __init__(self, work: Path, environ: Mapping[str, str], known: Mapping[str, str], tools: Path) -> None:
        self.work, self.known = work, dict(known)
        self.environ = {**environ, "PATH": f"{tools}{os.pathsep}{environ['PATH']}", "GITHUB_ACTIONS": "true"}

    def run(self, workflow: Path, name: str) -> Job:
        """Runs a job whose condition holds."""
        document = load(workflow)
        assert document["defaults"]["run"] == {"shell": "bash"}
        job, told = document["jobs"][name], Job()
        assert self.holds(job.get("if", "success()"), told), f"the job {name} would be skipped"
        self.known = {key: text for key, text in self.known.items() if not key.startswith("steps.")}
        for file in _FILES:
            self._file(file).write_text("")
        for step in job["steps"]:
            if not self.holds(step.get("if", "success()"), told):
                continue
            if "run" in step:
                self._script(step, job.get("env", {}), told)
            elif step["uses"].startswith("actions/upload-artifact@"):
                content = (self.work / step["with"]["path"]).read_bytes()
                told.artifacts[f"{step['with']['name']}/{step['with']['path']}"] = content
        told.summary = self._file("GITHUB_STEP_SUMMARY").read_text()
        return told

    def _script(self, step: Mapping[str, Any], common: Mapping[str, Any], told: Job) -> None:
        environ = {name: self._filled(str(text)) for name, text in {**common, **step.get("env", {})}.items()}
        path = os.pathsep.join([*reversed(self._file("GITHUB_PATH").read_text().split()), self.environ["PATH"]])
        script = self.work.parent / "step.sh"
        script.write_text(step["run"])
        done = subprocess.run(
            [*_SHELL, str(script)],
            cwd=self.work,
            env={**self.environ, **environ, "PATH": path, **{file: str(self._file(file)) for file in _FILES}},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        told.done.append(step["name"])
        told.said += done.stdout
        if done.returncode and not told.failed:
            told.status, told.failed = done.returncode, step["name"]
        for line in self._file("GITHUB_OUTPUT").read_text().splitlines() if "id" in step else ():
            key, _, value = line.partition("=")
            self.known[f"steps.{step['id']}.outputs.{key}"] = value

    def _file(self, name: str) -> Path:
        return self.work.parent / name

    def _filled(self, text: str) -> str:
        return _EXPRESSION.sub(lambda found: self.known[found[1]], text)

    def holds(self, condition: str, told: Job) -> bool:
        """Whether all parts of a condition hold; the words are those that the examples use."""
        whole = _EXPRESSION.fullmatch(condition)
        return all(self._part(part.strip(), told) for part in (whole[1] if whole else condition).split("&&"))

    def _part(self, part: str, told: Job) -> bool:
        if part in ("success()", "failure()", "!cancelled()"):
            return {"success()": not told.failed, "failure()": bool(told.failed), "!cancelled()": True}[part]
        left, sign, right = re.fullmatch(r"(\S+) (==|!=) (\S+)", part).groups()  # type: ignore[union-attr]
        return (self._value(left) == self._value(right)) is (sign == "==")

    def _value(self, text: str) -> str:
        if found := re.fullmatch(r"hashFiles\('(.*)'\)", text):
            return "a hash" if (self.work / found[1]).is_file() else ""
        return text.strip("'") if text[0] == "'" or text == "true" else self.known.get(text, "")


def load(workflow: Path) -> dict[Any, Any]:
    """The document of a workflow; its key `on` is what YAML calls true."""
    document = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document
