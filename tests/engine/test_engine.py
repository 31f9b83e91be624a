"""Where an engine comes from, with small shell scripts in the place of `pulumi` and `go`."""

import os
import re
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import pulumi_ci.engine
from pulumi_ci.engine import Engine, EngineUnavailable, cache, ensure, find, installer, recipe
from pulumi_ci.engine.check import COMPANIONS, VERSION, numbers
from pulumi_ci.engine.process import ask, run

FAKE_GO = """
echo "$*" >> {calls}
case "$1" in
version) echo "go version go{version} linux/amd64" ;;
list) echo {sdk} ;;
build)
    while [ "$1" != -o ]; do shift; done
    {build}
esac
"""
BUILD = "printf '#!/bin/sh\\necho v3.259.0\\n' > $2; chmod +x $2"


def program(path: Path, text: str) -> Path:
    """A shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{text}\n")
    path.chmod(0o755)
    return path


def engine_on_path(folder: Path, answer: str = f"echo v{VERSION}") -> None:
    program(folder / "pulumi", answer)
    for name in COMPANIONS:
        program(folder / name, "")


def go_on_path(tmp_path: Path, version: str = "1.26.8", build: str = BUILD) -> Path:
    """A `go` that copies scripts from an sdk of empty files; gives the file that records how it was called."""
    sdk, calls = tmp_path / "sdk", tmp_path / "calls"
    for script in recipe.SCRIPTS:
        program(sdk / script, "")
        (sdk / script).chmod(0o444)  # as in a module cache
    program(tmp_path / "path" / "go", FAKE_GO.format(calls=calls, sdk=sdk, version=version, build=build))
    return calls


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A PATH with nothing on it, a new cache, no installer."""
    return {
        "PATH": str(tmp_path / "path"),
        "HOME": str(tmp_path / "home"),
        "PULUMI_CI_CACHE": str(tmp_path / "cache"),
        "PULUMI_CI_ENGINE_INSTALLER": "off",
    }


def unavailable(environ: Mapping[str, str]) -> str:
    with pytest.raises(EngineUnavailable) as caught:
        ensure(environ, lambda _: None)
    return str(caught.value)


def test_the_door_is_sorted_and_true() -> None:
    assert sorted(pulumi_ci.engine.__all__) == pulumi_ci.engine.__all__
    assert all(hasattr(pulumi_ci.engine, name) for name in pulumi_ci.engine.__all__)


class TestOnPath:
    def test_is_taken_first_and_asked_once(self, tmp_path: Path, environ: dict[str, str]) -> None:
        engine_on_path(tmp_path / "path", f"echo asked >> {tmp_path / 'asked'}; echo v3.300.1-dev")
        expected = Engine(tmp_path / "path", "3.300.1-dev", "path")
        assert find(environ) == find(environ) == ensure(environ) == expected
        assert (tmp_path / "asked").read_text() == "asked\n"
        assert expected.command == tmp_path / "path" / "pulumi"

    def test_companions_may_lie_elsewhere_on_it(self, tmp_path: Path, environ: dict[str, str]) -> None:
        engine_on_path(tmp_path / "path")
        (tmp_path / "path" / COMPANIONS[0]).rename(program(tmp_path / "other" / COMPANIONS[0], ""))
        assert find(environ) is None
        assert find({**environ, "PATH": f"{tmp_path / 'path'}:{tmp_path / 'other'}"})

    def test_companions_may_lie_where_the_command_links_to(self, tmp_path: Path, environ: dict[str, str]) -> None:
        engine_on_path(tmp_path / "opt" / "bin")
        (tmp_path / "path").mkdir()
        (tmp_path / "path" / "pulumi").symlink_to(tmp_path / "opt" / "bin" / "pulumi")
        assert find(environ) == Engine(tmp_path / "path", VERSION, "path")

    def test_companions_in_the_working_folder_do_not_count(
        self, tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        engine_on_path(tmp_path / "here")
        monkeypatch.chdir(tmp_path / "here")
        program(tmp_path / "path" / "pulumi", f"echo v{VERSION}")
        text = unavailable(environ)
        assert f"{tmp_path / 'path' / 'pulumi'} has no {', '.join(COMPANIONS)} beside it" in text

    @pytest.mark.parametrize(
        ("answer", "told"),
        [
            ("echo v3.253.9", "is version 3.253.9, older than 3.254.0"),
            ("echo hello", "this is not a version: 'hello'"),
            ("echo broken >&2; exit 3", "version` failed: broken"),
        ],
    )
    def test_is_refused_with_the_reason(self, tmp_path: Path, environ: dict[str, str], answer: str, told: str) -> None:
        engine_on_path(tmp_path / "path", answer)
        assert find(environ) is None
        assert told in unavailable(environ)


class TestBuild:
    def test_is_whole_said_and_kept(self, tmp_path: Path, environ: dict[str, str]) -> None:
        calls = go_on_path(tmp_path)
        said: list[str] = []
        built = ensure(environ, said.append)
        assert (built.source, built.version) == ("build", VERSION)
        assert sorted(path.name for path in built.bin.iterdir()) == sorted(["pulumi", *COMPANIONS])
        assert all(os.access(path, os.X_OK) for path in built.bin.iterdir())
        assert built.root == str(recipe.place(tmp_path / "cache"))
        assert any("building Pulumi" in line for line in said)
        builds = [line for line in calls.read_text().splitlines() if line.startswith("build ")]
        assert len(builds) == 2
        assert all("-mod=readonly" in line for line in builds)

        calls.unlink()
        said.clear()
        assert ensure(environ, said.append) == find(environ) == Engine(built.bin, VERSION, "cache")
        assert not said
        assert not calls.exists()

    def test_happens_once_for_two_at_the_same_time(self, tmp_path: Path, environ: dict[str, str]) -> None:
        calls = go_on_path(tmp_path, build=f"sleep 0.3; {BUILD}")
        said: list[str] = []
        with ThreadPoolExecutor() as pool:  # a lock of this kind holds between threads as it does between processes
            sources = [each.result().source for each in [pool.submit(ensure, environ, said.append) for _ in range(2)]]
        assert sorted(sources) == ["build", "cache"]
        assert sum(line.startswith("build ") for line in calls.read_text().splitlines()) == 2
        assert any(line.startswith("another process") for line in said)

    @pytest.mark.parametrize(
        ("build", "told"),
        [
            ("echo no such module >&2; exit 1", "`go` ended with 1: no such module; log: "),
            ("true", "the build brought no pulumi, pulumi-language-python"),
            (BUILD.replace("259", "1"), "says it is version 3.1.0 instead of 3.259.0"),
        ],
    )
    def test_leaves_nothing_but_a_log_when_it_fails(
        self, tmp_path: Path, environ: dict[str, str], build: str, told: str
    ) -> None:
        go_on_path(tmp_path, build=build)
        text = unavailable(environ)
        log = recipe.place(tmp_path / "cache").name + ".log"
        assert told in text
        assert str(tmp_path / "cache" / log) in text
        assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == [log, "lock"]
        assert find(environ) is None

    def test_replaces_what_a_killed_run_or_a_cleaner_left(self, tmp_path: Path, environ: dict[str, str]) -> None:
        go_on_path(tmp_path)
        final = recipe.place(tmp_path / "cache")
        half = program(final.with_name(f"unfinished-{final.name}") / "bin" / "half", "")
        program(final / "bin" / "pulumi", "")
        assert find(environ) is None
        assert ensure(environ, lambda _: None).source == "build"
        assert not half.exists()

    @pytest.mark.parametrize("version", ["1.25.10", "1.24", "1.9.2"])
    def test_needs_a_new_go(self, tmp_path: Path, environ: dict[str, str], version: str) -> None:
        go_on_path(tmp_path, version)
        text = unavailable(environ)
        assert f"is too old (go version go{version} linux/amd64); put Go 1.25.11 or newer on PATH" in text

    @pytest.mark.parametrize("version", ["1.25.11", "1.26", "1.27-devel_12ab", "2.0.1"])
    def test_takes_a_newer_go(self, tmp_path: Path, environ: dict[str, str], version: str) -> None:
        go_on_path(tmp_path, version)
        assert recipe.find_go(environ) == str(tmp_path / "path" / "go")

    def test_without_go_all_that_was_tried_is_told(self, tmp_path: Path, environ: dict[str, str]) -> None:
        assert unavailable(environ).splitlines() == [
            "There is no Pulumi engine, and none could be made.",
            "  PATH: no `pulumi` on it",
            f"  cache: no engine {VERSION} in {tmp_path / 'cache'}",
            "  installer: left out, because PULUMI_CI_ENGINE_INSTALLER=off",
            "  build: no `go` on PATH; put Go 1.25.11 or newer on PATH",
            "Install Pulumi 3.254.0 or newer with its Python language host and put it on PATH,"
            " or put Go 1.25.11 or newer on PATH and run this again.",
        ]

    def test_a_cache_that_cannot_be_written_is_told(self, tmp_path: Path, environ: dict[str, str]) -> None:
        (tmp_path / "cache").write_text("a file")
        assert f"cache: cannot write to {tmp_path / 'cache'}" in unavailable(environ)

    def test_goes_to_a_folder_named_after_the_recipe(self, tmp_path: Path) -> None:
        assert recipe.place(tmp_path).name.startswith(f"engine-v{VERSION}-")
        assert all(
            (recipe.MODULES / module / name).exists() for module, *_ in recipe.PROGRAMS for name in ("go.mod", "go.sum")
        )


class TestInstaller:
    def install(
        self, root: Path, reach: str = "true", program: str = "", answer: float = 5, limit: float = 5
    ) -> Engine:
        root.mkdir()
        return installer.install(
            root,
            {"PATH": "/usr/bin:/bin"},
            lambda _: None,
            ["sh", "-c", reach],
            ["sh", "-c", program, "sh"],
            answer,
            limit,
        )

    def test_result_is_found_later(self, tmp_path: Path, environ: dict[str, str]) -> None:
        made = "".join(f"; echo > $1/bin/{name}; chmod +x $1/bin/{name}" for name in ("pulumi", *COMPANIONS))
        engine = self.install(tmp_path / "cache", program=f"mkdir $1/bin; test $2 = {VERSION} && touch $TMPDIR/x{made}")
        assert engine == Engine(installer.place(tmp_path / "cache") / "bin", VERSION, "installer")
        assert find(environ) == Engine(engine.bin, VERSION, "cache")
        assert [path.name for path in Path(str(engine.root)).iterdir()] == ["bin"]

    @pytest.mark.parametrize(
        ("reach", "program", "limit", "told"),
        [
            ("sleep 60", "", 0.3, "`sh` was stopped after 0.3 seconds; log: "),
            ("echo unknown name; false", "", 30, "`sh` ended with 1: unknown name; log: "),
            ("true", "mkdir $1/bin; touch $1/bin/pulumi; sleep 60 & sleep 60", 0.5, "stopped after 0.5 seconds"),
            ("true", "mkdir $1/bin", 30, "it brought no pulumi, "),
        ],
    )
    def test_fails_soon_and_leaves_only_a_log(
        self, tmp_path: Path, reach: str, program: str, limit: float, told: str
    ) -> None:
        start = time.monotonic()
        with pytest.raises(EngineUnavailable, match=re.escape(told)):
            self.install(tmp_path / "cache", reach, program, limit, limit)
        assert time.monotonic() - start < 20
        assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".log"]


class TestProcess:
    def test_interrupting_it_kills_all_it_started(self, tmp_path: Path) -> None:
        def interrupt(_: str) -> None:
            raise KeyboardInterrupt

        script = program(tmp_path / "long", f"sleep 60 & echo $! > {tmp_path / 'pid'}; wait")
        with pytest.raises(KeyboardInterrupt):
            run([str(script)], tmp_path / "log", interrupt, {}, tmp_path, every=0.5)
        state = Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}/stat")
        deadline = time.monotonic() + 5
        while state.exists() and state.read_text().split()[2] != "Z" and time.monotonic() < deadline:
            time.sleep(0.05)
        assert time.monotonic() < deadline

    def test_progress_shows_the_last_line(self, tmp_path: Path) -> None:
        said: list[str] = []
        script = program(tmp_path / "slow", "echo first; echo second; echo; sleep 1")
        run([str(script)], tmp_path / "log", said.append, {}, tmp_path, every=0.4)
        assert said[-1].split()[1:] == ["s", "second"]

    def test_a_program_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(EngineUnavailable, match="does not start"):
            run([str(tmp_path / "none")], tmp_path / "log", print, {}, tmp_path)
        with pytest.raises(EngineUnavailable, match="none` failed: "):
            ask([str(tmp_path / "none")], {})


class TestCacheFolder:
    @pytest.mark.parametrize(
        ("environ", "platform", "expected"),
        [
            ({"HOME": "/h"}, "linux", "/h/.cache/pulumi-ci"),
            ({"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "linux", "/x/pulumi-ci"),
            ({"HOME": "/h", "XDG_CACHE_HOME": "x"}, "linux", "/h/.cache/pulumi-ci"),
            ({"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "darwin", "/h/Library/Caches/pulumi-ci"),
            ({"HOME": "/h", "PULUMI_CI_CACHE": "/c"}, "darwin", "/c"),
        ],
    )
    def test_is_where_the_system_wants_it(self, environ: dict[str, str], platform: str, expected: str) -> None:
        assert cache.folder(environ, platform) == Path(expected)


class TestEnvironment:
    def test_is_all_that_pulumi_needs(self, tmp_path: Path) -> None:
        engine = Engine(tmp_path / "bin", VERSION, "cache")
        base = {"PATH": "/usr/bin", "KEPT": "1", "PULUMI_CI_CACHE": "/c"}
        assert engine.environment(tmp_path / "a" / "state", "pw", base) == {
            "KEPT": "1",
            "PATH": f"{Path(sys.executable).parent}:{tmp_path / 'bin'}:/usr/bin",
            "PULUMI_BACKEND_URL": f"file://{tmp_path / 'a' / 'state'}",
            "PULUMI_CI_CACHE": "/c",
            "PULUMI_CONFIG_PASSPHRASE": "pw",
            "PULUMI_HOME": "/c/home",
            "PULUMI_PYTHON_CMD": sys.executable,
            "PULUMI_SKIP_UPDATE_CHECK": "1",
        }
        assert (tmp_path / "a" / "state").is_dir()

    def test_folder_of_pulumi_is_the_callers_choice(self) -> None:
        engine = Engine(Path("/e/bin"), VERSION, "cache")
        assert engine.environment("s3://b", "", {"PULUMI_HOME": "/h"})["PULUMI_HOME"] == "/h"
        chosen = engine.environment("s3://b", "", {"PULUMI_HOME": "/h"}, Path("/mine"))
        assert (chosen["PULUMI_HOME"], chosen["PULUMI_BACKEND_URL"]) == ("/mine", "s3://b")

    @pytest.mark.parametrize(("folder", "root"), [("/e/bin", "/e"), ("/e/tools", None)])
    def test_root_is_what_the_automation_api_takes(self, folder: str, root: str | None) -> None:
        assert Engine(Path(folder), VERSION, "path").root == root


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3.259.0", (3, 259, 0)), ("v3.260.0-alpha.1+ab", (3, 260, 0)), ("go1.26", (1, 26, 0)), ("go1.27rc1", (1, 27, 0))],
)
def test_versions_are_read(text: str, expected: tuple[int, int, int]) -> None:
    assert numbers(text) == expected
