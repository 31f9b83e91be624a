"""The control of the emulator over HTTP, below `/_emulator/` on the loopback host.

It changes things for whoever can reach it, so no page of another site may use it through a browser: such a request
says where it comes from, and cannot be a POST of JSON.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pulumi_ci.emulator.routing import Call

if TYPE_CHECKING:
    from pulumi_ci.emulator.app import Emulator

PREFIX = "/_emulator/"


def answer(emulator: Emulator, request: Call) -> tuple[int, bytes]:
    """Status and JSON body of one call of the control."""
    call = f"{request.method} {request.path.removeprefix(PREFIX)}"
    status, result = _refused(request)
    try:
        if not status:
            words = json.loads(request.body) if request.body.strip() else {}
            status, result = 200, _do(emulator, call, words)
    except NotImplementedError:
        status, result = 404, {"error": f"the control has no {call}; it has {', '.join(CALLS)}"}
    except LookupError as error:
        status, result = 404, {"error": str(error.args[0])}
    except (ValueError, TypeError, RecursionError) as error:
        status, result = 400, {"error": str(error)}
    return status, json.dumps(result, ensure_ascii=False).encode()


def _refused(request: Call) -> tuple[int, Any]:
    """Status and body for a request that another site, or a form, may have made; 0 when it is none of these."""
    headers, own = request.headers, f"http://{request.host}"
    site = headers.get("sec-fetch-site", "none")
    pages = [page for name in ("origin", "referer") if (page := headers.get(name, ""))]
    if site not in ("none", "same-origin") or any(page != own and not page.startswith(f"{own}/") for page in pages):
        return 403, {"error": f"the control does not answer pages of another site ({pages[0] if pages else site})"}
    type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if (request.method == "POST" or request.body) and type != "application/json":
        return 415, {"error": f"send Content-Type: application/json, not {type or 'none'}, also with an empty body"}
    return 0, None


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
