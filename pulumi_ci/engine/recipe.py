"""Builds an engine from Go modules, for machines that reach a Go module proxy but not Pulumi's own site."""

import hashlib
import platform
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from pulumi_ci.engine import cache
from pulumi_ci.engine.check import VERSION, missing, numbers, version_of
from pulumi_ci.engine.engine import Engine, EngineUnavailable
from pulumi_ci.engine.process import ask, run

MODULES = Path(__file__).with_name("build")  # two modules: their go.mod and go.sum name every byte that is built
OLDEST_GO = "1.25.11"
SDK = "github.com/pulumi/pulumi/sdk/v3"
# Module, package, linker flags. The language host is the last one that was a part of the sdk; the module that it became
# later is not on every proxy. It runs programs for newer commands, but ignores a project's option `virtualenv`.
PROGRAMS = (
    ("command", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi", f"-s -w -X {SDK}/go/common/version.Version=v{VERSION}"),
    ("language", f"{SDK}/python/cmd/pulumi-language-python", "-s -w"),
)
SCRIPTS = ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python")  # files of the sdk
FLAGS = ("-v", "-trimpath", "-mod=readonly", "-buildvcs=false")
SETTINGS = {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOWORK": "off"}  # no C compiler, other Go or other modules


def place(root: Path) -> Path:
    """Where in the cache it goes; the name changes with every part of the recipe and with the kind of machine."""
    recipe = hashlib.sha256(repr((PROGRAMS, SCRIPTS, FLAGS, SETTINGS)).encode())
    recipe.update(f"{platform.system()} {platform.machine()}".encode())
    for path in sorted(MODULES.glob("*/go.*")):
        recipe.update(path.read_bytes())
    return root / f"engine-v{VERSION}-{recipe.hexdigest()[:12]}"


def build(root: Path, environ: Mapping[str, str], say: Callable[[str], None]) -> Engine:
    """Build with the `go` on PATH; needs the lock of the cache. Raises EngineUnavailable."""
    environ = {**environ, **SETTINGS}
    go = find_go(environ)
    final = place(root)
    log = final.with_name(f"{final.name}.log")
    log.write_bytes(b"")
    say(f"building Pulumi {VERSION} from Go modules: 3 to 6 minutes on 2 cores, once per user; log: {log}")
    with cache.whole(final) as work:
        folder = work / "bin"
        folder.mkdir()
        for module, package, linker in PROGRAMS:
            program = folder / Path(package).name
            say(f"  compiling {program.name}")
            argv = [go, "build", *FLAGS, "-ldflags", linker, "-o", str(program), package]
            run(argv, log, say, environ, MODULES / module)
        sdk = ask([go, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", SDK], environ, MODULES / "command")
        for script in SCRIPTS:
            copy = Path(shutil.copyfile(Path(sdk) / script, folder / Path(script).name))
            copy.chmod(0o755)
        if lacking := missing(folder):
            raise EngineUnavailable(f"the build brought no {', '.join(lacking)}; log: {log}")
        if (version := version_of(folder / "pulumi", environ)) != VERSION:
            raise EngineUnavailable(f"the build says it is version {version} instead of {VERSION}; log: {log}")
    say(f"  done: {final}")
    return Engine(final / "bin", VERSION, "build")


def find_go(environ: Mapping[str, str]) -> str:
    """The `go` on PATH. Raises EngineUnavailable when there is none or it is too old."""
    need = f"put Go {OLDEST_GO} or newer on PATH"
    go = shutil.which("go", path=environ.get("PATH", ""))
    if go is None:
        raise EngineUnavailable(f"no `go` on PATH; {need}")
    answer = ask([go, "version"], environ)
    version = re.search(r"\bgo\d\S*", answer)
    if version is None or numbers(version[0]) < numbers(OLDEST_GO):
        raise EngineUnavailable(f"{go} is too old ({answer}); {need}")
    return go
