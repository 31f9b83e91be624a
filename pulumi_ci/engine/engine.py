"""What a Pulumi engine is: a folder of programs, its version, and the environment that makes it run ours."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pulumi_ci.engine import cache


class EngineUnavailable(RuntimeError):
    """No engine this way; the message says what was tried and what to do."""


@dataclass(frozen=True)
class Engine:
    """An engine that was found to be complete.

    bin: folder of `pulumi`; its companions lie there too, or on the PATH where `pulumi` was found.
    version: like `3.259.0`.
    source: where it came from; an engine of an earlier run comes from the cache.
    """

    bin: Path
    version: str
    source: Literal["path", "cache", "installer", "build"]

    @property
    def command(self) -> Path:
        """The program `pulumi`."""
        return self.bin / "pulumi"

    @property
    def root(self) -> str | None:
        """The argument `root` of `pulumi.automation.PulumiCommand`.

        It wants the parent of a folder called `bin`. None when `bin` has another name: only an engine on PATH may have
        one, and PATH is where PulumiCommand looks when root is None.
        """
        return str(self.bin.parent) if self.bin.name == "bin" else None

    def environment(
        self, backend: Path | str, passphrase: str, base: Mapping[str, str], home: Path | None = None
    ) -> dict[str, str]:
        """All environment variables for `pulumi` and for the Python programs that it starts.

        backend: folder for the state, made when missing, or a URL that Pulumi knows.
        passphrase: encrypts the secrets of a stack; may be empty.
        base: what to add to. Its PULUMI_HOME is kept.
        home: Pulumi's own folder for plug-ins and log-ins; by default base's PULUMI_HOME, else one in our cache.
        """
        if isinstance(backend, Path):
            backend.mkdir(parents=True, exist_ok=True)
            backend = f"file://{backend.resolve()}"
        python = Path(sys.executable).absolute()  # not resolved: in a virtual environment it is a link
        return {
            **base,
            "PATH": os.pathsep.join([str(python.parent), str(self.bin), base.get("PATH") or os.defpath]),
            "PULUMI_BACKEND_URL": backend,
            "PULUMI_CONFIG_PASSPHRASE": passphrase,
            "PULUMI_HOME": str(home or base.get("PULUMI_HOME") or cache.folder(base) / "home"),
            "PULUMI_PYTHON_CMD": str(python),
            "PULUMI_SKIP_UPDATE_CHECK": "1",
        }
