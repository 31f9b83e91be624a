"""What all calls of a process share, provider and program alike: a client, a pace and batched reads per settings."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import threading
from pathlib import Path

from pulumi_ci.api.rows import Rows
from pulumi_ci.api.settings import Settings
from pulumi_ci.lifecycle.claims import Claims
from pulumi_ci.lifecycle.journal import Journal
from pulumi_ci.lifecycle.lifecycle import Session


def _root() -> Path:
    """$PULUMI_CI_JOURNAL, or `pulumi-ci` in the folder where this system keeps a user's state."""
    if chosen := os.environ.get("PULUMI_CI_JOURNAL"):
        return Path(chosen).expanduser().absolute()
    home = Path.home()
    state = home / "Library" / "Application Support" if sys.platform == "darwin" else home / ".local" / "state"
    if (named := os.environ.get("XDG_STATE_HOME", "")).startswith("/"):  # to be ignored unless absolute
        state = Path(named)
    return state / "pulumi-ci"


def _journal_folder() -> Path:
    """The folder of the journal of this checkout and backend."""
    here = f"{Path.cwd()}\n{_backend()}"
    return _root() / "journal" / hashlib.sha256(here.encode(errors="surrogateescape")).hexdigest()[:20]


def _run_folder() -> Path | None:
    """Where the provider processes of one run tell each other their claims; None outside of a provider process.

    They have the address of the engine in common, which is their only argument.
    """
    address = sys.argv[1] if len(sys.argv) == 2 else ""
    if os.name == "nt" or not re.fullmatch(r"[\w.\[\]:]+:\d+", address):
        return None
    return _root() / "runs" / address.replace(":", "-")


def _backend() -> str:
    """The address of Pulumi's backend: another backend has other states, so other objects."""
    if address := os.environ.get("PULUMI_BACKEND_URL"):
        return address
    home = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi")
    try:
        return str(json.loads((home / "credentials.json").read_text(encoding="utf-8")).get("current"))
    except (OSError, ValueError, AttributeError):
        return ""


claims = Claims(_run_folder())
"""The claims of the run that this process is part of."""
journal = Journal(_journal_folder())
"""The journal of the checkout that this process works in."""

_sessions: dict[Settings, Session] = {}
_lock = threading.Lock()


def session(found: Settings) -> Session:
    """One client, pace and set of batched reads for all kinds of a process."""
    from pulumi_ci.api.client import Client  # costs a process that sends nothing, as most previews do, too much

    with _lock:
        if found not in _sessions:
            _sessions[found] = Session(
                Client(found), Rows(), adopt=found.adopt, journal=journal, claims=claims, patience=found.patience
            )
        return _sessions[found]
