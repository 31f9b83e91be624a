"""`pulumi-ci demo`: the quickstart's whole life against the emulator, with a real engine, each step checked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.console import Console

from pulumi_ci.api.call import Place, Request
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import Target
from pulumi_ci.api.settings import Settings
from pulumi_ci.cli.stage import Stage, play
from pulumi_ci.emulator import SECRET_ID, SECRET_KEY
from pulumi_ci.model.kind import kind_of
from pulumi_ci.wire import xml

REGION, BUCKET = "ap-beijing", "media-1250000000"


def run(keep: bool = False, console: Console | None = None) -> bool:
    """Runs every step and prints a summary. Returns whether each held."""
    steps = [
        ("up", "A bucket from nothing: binding, hotlink, styles, queue, templates and a workflow.", _up),
        (
            "drift",
            "Somebody uses the web console: another width for the thumbnails, another bitrate for the video, and the "
            "style 'avatar' is deleted. The preview shows exactly that.",
            _drift,
        ),
        ("repair", "`up --refresh` puts the three things back; a second preview is quiet.", _repair),
        (
            "rename a template",
            "The thumbnails get a name and a count of 9: in place, same id; the workflow that uses them is untouched.",
            _rename_template,
        ),
        ("rename a style", "'card' becomes 'product': the new one first, then the old one goes.", _rename_style),
        ("destroy", "Everything goes, and the queue gets back the settings it had before.", _destroy),
    ]
    return play("quickstart", ["dev"], steps, keep, console)


def _up(stage: Stage) -> str:
    stage.known["queues"] = _queues(stage)
    stage.emulator.forget_requests()
    if stage.pulumi("up", "--yes", "--skip-preview").returncode:
        return "up failed"
    stage.known.update(stage.outputs())
    kinds = Counter(item.kind for item in stage.emulator.objects)
    missing = Counter({"template": 3, "style": 2, "workflow": 1, "hotlink": 1}) - kinds
    return f"the emulator lacks {dict(missing)}" if missing else ""


def _drift(stage: Stage) -> str:
    templates = stage.known["templates"]
    _edit(stage, "template", id=templates["thumbs"], set={"Snapshot/Width": "320"})
    _edit(stage, "template", id=templates["hls"], set={"Video/Bitrate": "900"})
    _edit(stage, "style", name="avatar", delete=True)
    wanted = {
        "ci:SnapshotTemplate::thumbs": ("update", ["width"]),
        "ci:TranscodeTemplate::hls": ("update", ["video.bitrate"]),
        "ci:ImageStyle::avatar": ("create", []),
    }
    found = stage.changes("--refresh")
    stage.emulator.forget_requests()
    stage.pulumi("preview", "--refresh", "--diff")
    return "" if found == wanted else f"the preview shows {found}"


def _repair(stage: Stage) -> str:
    if stage.pulumi("up", "--refresh", "--yes", "--skip-preview").returncode:
        return "up failed"
    thumbs = stage.object("template", id=stage.known["templates"]["thumbs"])
    if "<Width>640</Width>" not in thumbs.xml or stage.object("style", name="avatar") is None:
        return "something was not put back"
    quiet = stage.changes("--refresh")
    return f"the second preview shows {quiet}" if quiet else ""


def _rename_template(stage: Stage) -> str:
    workflow = stage.object("workflow", id=stage.known["workflow"])
    stage.edit_program(('"thumbs", mode="Interval", time_interval=10, count=6', _RENAMED))
    if stage.pulumi("up", "--yes", "--skip-preview", "--diff").returncode:
        return "up failed"
    template = stage.object("template", id=stage.known["templates"]["thumbs"])
    if template is None or template.name != "previews" or "<Count>9</Count>" not in template.xml:
        return "the template was not changed in place"
    return "" if stage.object("workflow", id=stage.known["workflow"]) == workflow else "the workflow was touched"


def _rename_style(stage: Stage) -> str:
    stage.edit_program(('style_name="card"', 'style_name="product"'))
    if stage.pulumi("up", "--yes", "--skip-preview", "--diff").returncode:
        return "up failed"
    writes = [
        (request.method, "product" if "product" in request.body else "card")
        for request in stage.emulator.requests
        if request.query.startswith("style") and request.method != "GET"
    ]
    return "" if writes == [("PUT", "product"), ("DELETE", "card")] else f"the calls were {writes}"


def _destroy(stage: Stage) -> str:
    if stage.pulumi("destroy", "--yes", "--skip-preview").returncode:
        return "destroy failed"
    off = (">off<", "<Type>off")
    left = [item for item in stage.emulator.objects if item.kind != "queue" and not any(o in item.xml for o in off)]
    if left:
        return f"left behind: {', '.join(f'{item.kind} {item.name}' for item in left)}"
    return "" if _queues(stage) == stage.known["queues"] else "the queue was not restored"


def _edit(stage: Stage, kind: str, **change: Any) -> None:
    """Changes an object as somebody does in the web console."""
    stage.emulator.edit(BUCKET, REGION, kind, **change)


_RENAMED = '"thumbs", name="previews", mode="Interval", time_interval=10, count=9'


def _queues(stage: Stage) -> list[dict[str, Any]]:
    """The settings of the bucket's queues, which come into being when somebody first looks."""
    settings = Settings(endpoint=stage.endpoint, secret_id=SECRET_ID, secret_key=SECRET_KEY)
    target, kind = Target("MediaQueue", f"{REGION}/{BUCKET}"), kind_of("media-queue")
    query = {"category": "CateAll"}
    answer = Client(settings).send(Request(target, "list", "GET", "ci", Place(REGION, BUCKET), "/queue", query))
    rows = [] if answer.root is None else answer.root.findall("QueueList")
    return [xml.decode(kind, row, kind.api.form)[0] for row in rows if kind.api.form]
