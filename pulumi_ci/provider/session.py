"""What all calls of a process share, provider and program alike: a client, a pace and batched reads per settings."""

from __future__ import annotations

import threading

from pulumi_ci.api.rows import Rows
from pulumi_ci.api.settings import Settings
from pulumi_ci.lifecycle.lifecycle import Session
from pulumi_ci.lifecycle.names import Names

names = Names()
"""The names made in this process."""

_sessions: dict[Settings, Session] = {}
_lock = threading.Lock()


def session(found: Settings) -> Session:
    """One client, pace and set of batched reads for all kinds of a process."""
    from pulumi_ci.api.client import Client  # costs a process that sends nothing, as most previews do, too much

    with _lock:
        if found not in _sessions:
            _sessions[found] = Session(Client(found), Rows(), adopt=found.adopt, made=names.made)
        return _sessions[found]
