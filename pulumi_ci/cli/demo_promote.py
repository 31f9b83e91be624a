"""`pulumi-ci demo --promote`: what was tried in one environment goes to another one, each step checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from rich.console import Console

from pulumi_ci.cli.stage import Stage, play
from pulumi_ci.emulator.store import Stored

DEV, PROD = ("ap-beijing", "media-dev-1250000000"), ("ap-shanghai", "media-1250000000")
LIVE_DEV, LIVE_PROD = (f"live:{region}/{bucket}" for region, bucket in (DEV, PROD))
_ID = re.compile(r"\b(?:t1|w|p)[0-9a-f]{32}\b")
_POSTER = "t1" + "0123456789abcdef" * 2
_FILE, _RELEASE, _PLAN = "media.yaml", "release.yaml", "plan.json"


def run(keep: bool = False, console: Console | None = None) -> bool:
    """Runs every step and prints a summary. Returns whether each held."""
    steps = [
        (
            "two environments",
            "One file, media.yaml, and two stacks: dev in Beijing and prod in Shanghai, each with its own bucket, "
            "address and width.",
            _up,
        ),
        (
            "a change by hand",
            "Somebody tries something in dev's web console: more thumbnails, and a new template 'poster' that the "
            "workflow uses. `drift` shows exactly that.",
            _drift,
        ),
        ("export", "dev as a file: ids became references, and what belongs to dev became variables.", _export),
        (
            "compare",
            "What prod lacks, told by names. Another address, or another width, is no difference.",
            _compare,
        ),
        ("plan", "How media.yaml has to change, for a review. Nothing is written but the plan.", _plan),
        ("apply", "The plan edits the file; comments and order stay. A second run has nothing to do.", _apply),
        ("up prod", "`up` brings prod there, with ids of its own.", _up_prod),
        ("up dev", "dev's stack takes over what was made by hand, without a write.", _up_dev),
        ("in sync", "No difference either way, and no preview has anything to do.", _in_sync),
    ]
    return play("promote", ["dev", "prod"], steps, keep, console)


def _up(stage: Stage) -> str:
    for stack in ("dev", "prod"):
        if stage.pulumi("up", "--stack", stack, "--yes", "--skip-preview").returncode:
            return f"up of {stack} failed"
    return _differing(stage)


def _drift(stage: Stage) -> str:
    region, bucket = DEV
    thumbs, flow = (_named(_objects(stage, DEV, kind), name) for kind, name in (("template", "thumbs"), _FLOW))
    stage.emulator.edit(bucket, region, "template", id=thumbs.id, set={"Snapshot/Count": "9"})
    stage.emulator.edit(
        bucket,
        region,
        "template",
        id=_POSTER,
        xml=thumbs.xml.replace(thumbs.name, "poster").replace(thumbs.id, _POSTER),
    )
    stage.emulator.edit(bucket, region, "template", id=_POSTER, set={"Snapshot/Width": "1920", "Snapshot/Count": "1"})
    topology = "MediaWorkflow/Topology"
    stage.emulator.edit(
        bucket,
        region,
        "workflow",
        id=flow.id,
        set={
            f"{topology}/Dependencies/Start": "Snapshot_thumbs,Snapshot_poster",
            f"{topology}/Dependencies/Snapshot_poster": "End",
        },
        add={
            f"{topology}/Nodes": "<Snapshot_poster><Type>Snapshot</Type><Operation>"
            f"<TemplateId>{_POSTER}</TemplateId><Output><Region>{region}</Region><Bucket>{bucket}</Bucket>"
            "<Object>poster/${RunId}-${Number}.jpg</Object></Output></Operation></Snapshot_poster>"
        },
    )
    stage.ci("drift", "stack:dev")
    report = json.loads(stage.ci("drift", "stack:dev", "--format", "json", show=False).stdout)
    found = {one["name"]: sorted(change["path"] for change in one["differences"]) for one in report["changed"]}
    wanted = {
        "thumbs": ["count"],
        "publish": ["dependencies.Snapshot_poster", "dependencies.Start", "nodes.Snapshot_poster"],
    }
    if found != wanted:
        return f"it shows {found}"
    unmanaged = [one["name"] for one in report["unmanaged"] if one["kind"].endswith("Template")]
    return "" if unmanaged == ["poster"] and not report["missing"] else f"it shows {unmanaged} and {report['missing']}"


def _export(stage: Stage) -> str:
    stage.ci("export", LIVE_DEV, "--to", _RELEASE)
    text = (stage.project / _RELEASE).read_text(encoding="utf-8")
    foreign = _of_dev(text)
    return f"it holds {', '.join(foreign)}" if foreign else ""


def _compare(stage: Stage) -> str:
    ends = (_RELEASE, f"{_FILE}@prod")
    stage.ci("compare", *ends)
    told = json.loads(stage.ci("compare", *ends, "--format", "json", show=False).stdout)
    return "" if told["counts"] == {"add": 1, "change": 2, "remove": 0} else f"it shows {told['counts']}"


def _plan(stage: Stage) -> str:
    before = (stage.project / _FILE).read_text(encoding="utf-8")
    done = stage.ci("promote", _RELEASE, f"{_FILE}@prod", "--plan", _PLAN)
    if done.returncode != 1:
        return "there is no plan"
    steps = [(step["action"], step["name"]) for step in json.loads((stage.project / _PLAN).read_text())["steps"]]
    if sorted(steps) != [("create", "poster"), ("update", "publish"), ("update", "thumbs")]:
        return f"it has the steps {steps}"
    return "" if (stage.project / _FILE).read_text(encoding="utf-8") == before else "the file was changed"


def _apply(stage: Stage) -> str:
    before = (stage.project / _FILE).read_text(encoding="utf-8")
    if stage.ci("apply", _PLAN, "--yes").returncode:
        return "it failed"
    after = (stage.project / _FILE).read_text(encoding="utf-8")
    stage.ci("apply", _PLAN, "--yes", show=False)
    if (stage.project / _FILE).read_text(encoding="utf-8") != after:
        return "the second run changed something"
    lost = [line for line in before.splitlines() if line.lstrip().startswith("#") and line not in after]
    if lost or _of_dev(after):
        return f"comments were lost: {lost}" if lost else f"the file holds {_of_dev(after)}"
    return "" if "count: 9" in after and "${poster.template_id}" in after else "the file does not say what dev does"


def _up_prod(stage: Stage) -> str:
    if stage.pulumi("up", "--stack", "prod", "--yes", "--skip-preview").returncode:
        return "up failed"
    dev, prod = _objects(stage, DEV), _objects(stage, PROD)
    if common := _ids(dev) & _ids(prod):
        return f"both have the ids {common}"
    if foreign := [word for item in prod for word in _of_dev(item.xml, _ids(dev))]:
        return f"prod's objects hold {', '.join(foreign)}"
    return "" if _named(prod, "poster").id in _named(prod, "publish").xml else "the workflow does not use the template"


def _up_dev(stage: Stage) -> str:
    words = ("--refresh", "--yes", "--skip-preview", "--config", "ci:adopt=identical")
    if stage.pulumi("up", "--stack", "dev", *words).returncode:
        return "up failed"
    writes = [f"{request.method} {request.path}" for request in stage.emulator.requests if request.method != "GET"]
    return f"it wrote: {', '.join(writes)}" if writes else ""


def _in_sync(stage: Stage) -> str:
    if wrong := _differing(stage):
        return wrong
    for stack in ("dev", "prod"):
        if stage.pulumi("preview", "--stack", stack, "--refresh", "--expect-no-changes", "--diff").returncode:
            return f"the preview of {stack} has something to do"
    return ""


def _differing(stage: Stage) -> str:
    """Which environment is not as the file says for the other one; what is a variable there may be anything."""
    for source, target in ((LIVE_DEV, f"{_FILE}@prod"), (LIVE_PROD, f"{_FILE}@dev")):
        if stage.ci("compare", source, target).stdout != "in sync\n":
            return f"{source} and {target} differ"
    return ""


_FLOW = ("workflow", "publish")


def _objects(stage: Stage, place: tuple[str, str], kind: str = "") -> list[Stored]:
    """What the emulator holds in a bucket."""
    found: Iterable[Any] = stage.emulator.objects
    return [item for item in found if (item.region, item.bucket) == place and kind in ("", item.kind)]


def _named(items: Iterable[Stored], name: str) -> Stored:
    """The object of this name, or of one made up from it."""
    return next(item for item in items if item.name == name or re.fullmatch(rf"{name}-[0-9a-f]{{7}}", item.name))


def _ids(items: Iterable[Stored]) -> set[str]:
    return {item.id for item in items if _ID.fullmatch(item.id)}


def _of_dev(text: str, ids: Iterable[str] = ()) -> list[str]:
    """What belongs to dev alone and stands in a text: its bucket, its address, its ids (any id when none is given)."""
    own = [word for word in (DEV[1], "dev.example.com", *ids) if word in text]
    return own if ids else [*own, *_ID.findall(text)]
