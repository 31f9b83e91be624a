"""The control of the emulator over HTTP, below `/_emulator/` on the loopback host."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_ci.emulator.app import Emulator

PREFIX = "/_emulator/"


def answer(emulator: Emulator, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    """Status and JSON body of one call of the control."""
    call = f"{method} {path.removeprefix(PREFIX)}"
    try:
        words = json.loads(body) if body.strip() else {}
        status, result = 200, _do(emulator, call, words)
    except NotImplementedError:
        status, result = 404, {"error": f"the control has no {call}; it has {', '.join(CALLS)}"}
    except LookupError as error:
        status, result = 404, {"error": str(error.args[0])}
    except (ValueError, TypeError, RecursionError) as error:
        status, result = 400, {"error": str(error)}
    return status, json.dumps(result, ensure_ascii=False).encode()


CALLS = (
    "GET health",
    "POST reset",
    "GET requests",
    "DELETE requests",
    "GET faults",
    "POST faults",
    "DELETE faults",
    "GET clock",
    "POST clock",
    "POST edit",
    "GET objects",
    "GET choices",
    "POST choices",
)
"""Everything the control can do."""


def _do(emulator: Emulator, call: str, words: Any) -> Any:
    if call == "GET health":
        return {"status": "ok", "objects": emulator.size, "requests": len(emulator.requests)}
    if call == "POST reset":
        emulator.reset()
    elif call == "GET requests":
        return [dataclasses.asdict(request) for request in emulator.requests]
    elif call == "DELETE requests":
        emulator.forget_requests()
    elif call == "POST faults":
        for fault in [emulator.faults.read(rule) for rule in (words if isinstance(words, list) else [words])]:
            emulator.faults.add(fault)
    elif call == "DELETE faults":
        emulator.faults.clear()
    elif call == "POST clock":
        _set_clock(emulator, words)
    elif call == "POST edit":
        item = emulator.edit(**words)
        return dataclasses.asdict(item) if item is not None else {}
    elif call == "GET objects":
        return [dataclasses.asdict(item) for item in emulator.objects]
    elif call == "POST choices":
        emulator.choices = emulator.choices.changed(words)
    elif call not in CALLS:
        raise NotImplementedError
    if call.endswith("clock"):
        return {"now": emulator.now(), "offset": emulator.offset, "frozen": emulator.frozen}
    if call.endswith("choices"):
        return dataclasses.asdict(emulator.choices)
    if call.endswith("faults"):
        return [dataclasses.asdict(fault) for fault in emulator.faults.all()]
    return {}


def _set_clock(emulator: Emulator, words: Mapping[str, Any]) -> None:
    """`offset`: seconds ahead of real time; `frozen`: a time that stands still, null = let it run."""
    unknown = sorted(words.keys() - {"offset", "frozen"})
    if unknown:
        raise ValueError(f"the clock has no {', '.join(unknown)}; it has offset and frozen")
    if "offset" in words:
        emulator.offset = float(words["offset"])
    if "frozen" in words:
        emulator.frozen = None if words["frozen"] is None else float(words["frozen"])
