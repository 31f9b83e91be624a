"""What a type checker lets through and what it stops in users' programs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent / "typing"


def findings(programs: list[Path], cache: Path) -> dict[str, set[int]]:
    """Lines that mypy finds fault with, by file."""
    options = ["--strict", "--config-file=", f"--cache-dir={cache}"]
    command = [sys.executable, "-m", "mypy", *options, *map(str, programs)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    found: dict[str, set[int]] = {}
    for name, line in re.findall(r"(\w+)\.py:(\d+): error", done.stdout):
        found.setdefault(name, set()).add(int(line))
    assert "Found" in done.stdout or "Success" in done.stdout, done.stdout + done.stderr
    return found


def test_right_programs_pass(tmp_path: Path) -> None:
    programs = sorted((HERE / "accepted").glob("*.py"))
    assert len(programs) >= 3
    assert findings(programs, tmp_path) == {}


def test_wrong_programs_fail_where_they_are_wrong(tmp_path: Path) -> None:
    """They are kept as texts, because every program in the tree must pass the type checker."""
    texts = sorted((HERE / "rejected").glob("*.txt"))
    assert len(texts) >= 3
    for text in texts:
        (tmp_path / f"{text.stem}.py").write_text(text.read_text())
    expected = {
        text.stem: {n for n, line in enumerate(text.read_text().splitlines(), 1) if line.endswith("# wrong")}
        for text in texts
    }
    assert findings(sorted(tmp_path.glob("*.py")), tmp_path / "cache") == expected
