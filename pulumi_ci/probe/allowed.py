"""What the user allows a probe to do besides making objects of its own, which are free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Need = Literal["switches", "runs", "limits", "vod", "mps"]
"""Something that has to be allowed."""
FLAGS: dict[Need, str] = {need: f"--{need}" for need in get_args(Need)} | {"vod": "--sub-app-id"}
"""The flag of the command that allows it."""


@dataclass(frozen=True)
class Allowed:
    """The flags of the command."""

    switches: bool = False
    """Change settings of the bucket (binding, hotlink protection, services, queues) and put them back."""
    force: bool = False
    """Change settings although the bucket has objects of others."""
    runs: bool = False
    """Start runs, which may be billed."""
    limits: int = 0
    """How many objects of one kind to make at most while looking for a limit; 0 = do not look."""
    sub_app_id: int | None = None
    """VOD application to make templates in; 0 = the main one, None = leave VOD alone."""
    mps: bool = False
    """Call Media Processing Service."""

    def refusal(self, needs: Iterable[Need]) -> str:
        """Why something with these needs is not played; "" when it is."""
        given = {"switches": self.switches, "runs": self.runs, "limits": self.limits > 0, "mps": self.mps}
        given["vod"] = self.sub_app_id is not None
        lacking = [FLAGS[need] for need in needs if not given[need]]
        return f"needs {' and '.join(lacking)}" if lacking else ""
