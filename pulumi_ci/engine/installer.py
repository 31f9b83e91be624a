"""Has Pulumi's own installer put an engine into the cache."""

import platform
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pulumi_ci.engine import cache
from pulumi_ci.engine.check import VERSION, missing
from pulumi_ci.engine.engine import Engine, EngineUnavailable
from pulumi_ci.engine.process import run

SWITCH = "PULUMI_CI_ENGINE_INSTALLER"
REACH = "import urllib.request; urllib.request.urlopen('https://get.pulumi.com/install.sh', timeout=10).close()"
INSTALL = (
    "import sys; from semver import VersionInfo; from pulumi.automation import PulumiCommand;"
    "PulumiCommand.install(sys.argv[1], VersionInfo.parse(sys.argv[2]))"
)


def place(root: Path) -> Path:
    """Where in the cache it goes."""
    return root / f"installed-v{VERSION}-{platform.system()}-{platform.machine()}"


def install(
    root: Path,
    environ: Mapping[str, str],
    say: Callable[[str], None],
    reach: Sequence[str] = (sys.executable, "-c", REACH),
    program: Sequence[str] = (sys.executable, "-c", INSTALL),
    answer_limit: float = 15.0,
    limit: float = 300.0,
) -> Engine:
    """Download and install; needs the lock of the cache.

    The site has `answer_limit` seconds to answer at all, then the download `limit` seconds. Both are processes, since a
    thread that waits for a name server cannot be stopped. PULUMI_CI_ENGINE_INSTALLER=off leaves the whole step out.
    Raises EngineUnavailable.
    """
    if environ.get(SWITCH) == "off":
        raise EngineUnavailable(f"left out, because {SWITCH}=off")
    final = place(root)
    log = final.with_name(f"{final.name}.log")
    log.write_bytes(b"")
    say(f"asking Pulumi's own installer for version {VERSION} ({SWITCH}=off leaves this out)")
    run(reach, log, say, environ, root, answer_limit)
    with cache.whole(final) as work:
        scratch = work / "scratch"  # so that nothing stays elsewhere when it has to be killed
        scratch.mkdir()
        say(f"  downloading, for {limit:g} seconds at most")
        run([*program, str(work), VERSION], log, say, {**environ, "TMPDIR": str(scratch)}, root, limit)
        shutil.rmtree(scratch)
        if lacking := missing(work / "bin"):
            raise EngineUnavailable(f"it brought no {', '.join(lacking)}; log: {log}")
    return Engine(final / "bin", VERSION, "installer")
