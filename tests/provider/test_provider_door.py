# ruff: noqa: S301 - the pickles are our own, and reading them is what is tested
"""What states hold as `__provider` opens the same door for ever, with pickle and with dill, and gives nothing away."""

from __future__ import annotations

import base64
import json
import pickle
import pickletools
import shutil
import subprocess
import sys
from pathlib import Path

import dill  # type: ignore[import-untyped]
import pytest

from pulumi_ci import state
from pulumi_ci.model.kind import kinds
from pulumi_ci.provider.dynamic import KindProvider
from pulumi_ci.state import frozen, load

GOLDEN: dict[str, str] = json.loads((Path(__file__).parent / "golden.json").read_text())
"""The bytes of every released kind by slug: lines are added, never changed or removed."""


@pytest.mark.parametrize("slug", GOLDEN)
def test_the_frozen_bytes_still_open_the_door(slug: str) -> None:
    assert frozen(slug) == GOLDEN[slug]
    data = base64.b64decode(GOLDEN[slug])
    for loads in (pickle.loads, dill.loads):
        provider = loads(data)
        assert type(provider) is KindProvider
        assert provider.kind is kinds()[slug]
        assert provider.serialize_as_secret_always is False


@pytest.mark.parametrize("slug", GOLDEN)
def test_the_bytes_name_the_door_and_the_slug_only(slug: str) -> None:
    read = list(pickletools.genops(base64.b64decode(GOLDEN[slug])))
    texts = [argument for opcode, argument, _ in read if opcode.name == "SHORT_BINUNICODE"]
    assert texts == ["pulumi_ci.state", "load", slug]
    assert (read[0][0].name, read[0][1]) == ("PROTO", 4)
    assert len(GOLDEN[slug]) <= 80


def pythons() -> list[str]:
    """The running Python, and every other one that this machine can start."""
    others = [shutil.which(f"python3.{minor}") for minor in range(10, 16)]
    starts = [name for name in others if name and subprocess.run([name, "-c", ""], capture_output=True).returncode == 0]
    return [sys.executable, *starts]


@pytest.mark.parametrize("python", pythons(), ids=lambda python: Path(python).name)
def test_every_python_writes_the_same_bytes(python: str) -> None:
    program = (
        "import importlib.util, json, sys\n"
        "spec = importlib.util.spec_from_file_location('pulumi_ci.state', sys.argv[1])\n"
        "door = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(door)\n"
        "print(json.dumps({slug: door.frozen(slug) for slug in json.loads(sys.argv[2])}))"
    )
    command = [python, "-c", program, state.__file__, json.dumps(list(GOLDEN))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == GOLDEN


@pytest.mark.all_kinds
def test_every_kind_is_frozen() -> None:
    """A new kind adds its line, which `make kind` writes."""
    assert list(GOLDEN) == sorted(GOLDEN)
    missing = {slug: frozen(slug) for slug in sorted(set(kinds()) - set(GOLDEN))}
    assert missing == {}, "add these lines to tests/provider/golden.json, in the order of the slugs"
    assert sorted(set(GOLDEN) - set(kinds())) == [], "a released kind is gone, and states still name it"


def test_the_bytes_are_those_of_the_standard_pickler() -> None:
    """Written by hand, so that they never change; read by every Python."""

    class Call:
        """Pickles as a call of the door."""

        def __reduce__(self) -> tuple[object, tuple[str]]:
            return load, ("hotlink",)

    again = pickle.loads(pickle.dumps(Call(), protocol=4))
    assert type(again) is type(pickle.loads(base64.b64decode(frozen("hotlink"))))


def test_a_provider_itself_is_never_pickled() -> None:
    for dumps in (pickle.dumps, dill.dumps):
        with pytest.raises(TypeError, match="frozen"):
            dumps(load("hotlink"))


def test_the_door_opens_in_a_bare_process_and_loads_one_kind() -> None:
    program = (
        "import base64, pickle, sys\n"
        f"provider = pickle.loads(base64.b64decode({GOLDEN['hotlink']!r}))\n"
        "print(provider.kind.slug, *sorted(name for name in sys.modules if name in ('rich', 'click', 'deepdiff')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.stdout.split(), done.stderr) == (["hotlink"], "")


def test_an_unknown_slug_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="hotlink"):
        load("no-such-kind")
