"""An emulated cloud behind TLS with choices drawn at random, a time that only sleeping moves, and what stays of it."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args, get_type_hints

from probe_tls import TlsServer, ToLoopback, authority

from pulumi_ci.api.call import Place, Request
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import Target
from pulumi_ci.api.settings import Settings
from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Choices, Emulator
from pulumi_ci.probe.allowed import Allowed
from pulumi_ci.probe.opening import opened
from pulumi_ci.probe.site import Site
from pulumi_ci.wire import xml

BUCKET, REGION = "media-1250000000", "ap-beijing"
PLACE = Place(REGION, BUCKET)
HOSTS = (
    *(f"{BUCKET}.{family}.{REGION}.myqcloud.com" for family in ("ci", "pic")),
    f"ci.{REGION}.myqcloud.com",
    *(f"{service}.intl.tencentcloudapi.com" for service in ("vod", "mps")),
)
"""Every host that a probe sends to."""
EVERYTHING = Allowed(switches=True, force=True, runs=True, limits=30, sub_app_id=0, mps=True)
SETTINGS = Settings(secret_id=SECRET_ID, secret_key=SECRET_KEY, paced=False)
HISTORY = ("job", "execution", "mps-task")
"""Kinds that no call removes."""
QUEUES = ("/queue", "/picqueue", "/ai_queue", "/asrqueue", "/docqueue")
_NUMBERS: dict[str, Callable[[random.Random], int]] = {
    "name_limit": lambda rng: rng.choice([0, rng.randint(45, 250)]),
    "template_limit": lambda rng: rng.randint(16, 30),
    "workflow_limit": lambda rng: rng.randint(6, 30),
    "page_size_max": lambda rng: rng.randint(3, 500),
    "style_limit": lambda rng: rng.randint(6, 30),
    "unbinding_reads": lambda rng: rng.randint(1, 6),
    "queue_ids_max": lambda rng: rng.choice([0, rng.randint(1, 60)]),
    "run_length": lambda rng: rng.randint(1, 20),
    "vod_template_limit": lambda rng: rng.randint(6, 30),
}
_REFUSED = (
    "TemplateNotFound",
    "ResourceNotFound",
    "QueueNotFound",
    "MissingContent",
    "InvalidContent",
    "InvalidArgument",
)
"""Codes that every probe meets."""


def unbound(emulator: Emulator) -> None:
    """A bucket that nobody has touched."""


def bound(emulator: Emulator) -> None:
    """A bucket that is bound, and nothing else."""
    emulator.edit(BUCKET, REGION, "binding", status="on")


def in_use(emulator: Emulator) -> None:
    """A bucket with a setup of somebody's: objects of each kind, some with nearly a probe's name, and protection."""
    bound(emulator)
    emulator.edit(BUCKET, REGION, "guetzli", status="on")
    emulator.edit(
        BUCKET,
        REGION,
        "hotlink",
        xml="<Hotlink><Status>on</Status><Type>white</Type><Url>a.example</Url><Url>b.example</Url></Hotlink>",
    )
    snapshot = "<Request><Tag>Snapshot</Tag><Name>{}</Name><Snapshot><Count>1</Count></Snapshot></Request>"
    for number, name in enumerate(
        ["thumbs", "pulumi-ci-probe", "pulumi-ci-probe-mine", "x-pulumi-ci-probe-12345678-a"]
    ):
        emulator.edit(BUCKET, REGION, "template", id=f"t{number}", xml=snapshot.format(name))
    style = "<AddStyle><StyleName>card</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
    emulator.edit(BUCKET, REGION, "style", name="card", xml=style)
    flow = "<Request><MediaWorkflow><Name>publish</Name><State>Active</State></MediaWorkflow></Request>"
    emulator.edit(BUCKET, REGION, "workflow", id="w1", xml=flow)


def drawn(seed: int) -> Choices:
    """Choices at random, each with another value than its default where it has one."""
    rng, hints = random.Random(seed), get_type_hints(Choices)
    words: dict[str, Any] = {"speech_category": rng.choice(["Asr", "Speech"])}
    words["statuses"] = {code: rng.choice([402, 410, 418, 422, 451]) for code in rng.sample(_REFUSED, 3)}
    for field in dataclasses.fields(Choices):
        if others := [value for value in get_args(hints[field.name]) if value != field.default]:
            words.setdefault(field.name, rng.choice(others))
    words |= {name: draw(rng) for name, draw in _NUMBERS.items()}
    return Choices().changed(words)


class Time:
    """A time that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def sleep(self, seconds: float) -> None:
        """Moves it."""
        self.now += seconds


@dataclasses.dataclass
class Rig:
    """A cloud, and the way to it under its real names."""

    emulator: Emulator
    time: Time
    server: TlsServer
    adapter: Callable[[], ToLoopback]
    folder: Path

    @property
    def journal(self) -> Path:
        """The file that outlives a killed probe."""
        return self.folder / "journal.json"

    def site(self, allowed: Allowed = EVERYTHING, record: Path | None = None) -> Site:
        """The bucket, for one probe."""
        time = self.time
        words: dict[str, Any] = {"adapter": self.adapter, "clock": lambda: time.now, "sleep": time.sleep}
        return opened(SETTINGS, PLACE, allowed, self.journal, record=record, **words)

    def client(self) -> Client:
        """A client that is no probe's."""
        return Client(SETTINGS, sleep=self.time.sleep, adapter=self.adapter)


@contextmanager
def rig(folder: Path, choices: Choices) -> Iterator[Rig]:
    """A cloud with these choices."""
    time = Time()
    emulator = Emulator(choices=choices, clock=lambda: time.now)
    held = authority(folder, HOSTS)
    server = TlsServer(emulator, held)
    with server:
        yield Rig(emulator, time, server, lambda: ToLoopback(server.port, held.authority), folder)
    emulator.close()


def content(emulator: Emulator) -> dict[tuple[str, ...], str]:
    """Everything that is stored but history; a switch that is off is as good as one that never was.

    Of a queue what counts is what a read shows, see `queues`; it stands here by its name alone.
    """
    found: dict[tuple[str, ...], str] = {}
    for one in emulator.objects:
        is_off = one.kind in ("binding", "guetzli", "origin-protect", "hotlink") and ">on<" not in one.xml
        if one.kind not in HISTORY and not is_off:
            text = "" if one.kind == "queue" else one.xml
            found[(one.region, one.bucket, one.kind, one.id, one.name, one.tag)] = text
    return found


def going_on(emulator: Emulator) -> list[str]:
    """Runs that have not ended."""
    words = (">Running<", ">Submitted<", '"PROCESSING"', '"WAITING"')
    return [one.id for one in emulator.objects if one.kind in HISTORY and any(word in one.xml for word in words)]


def queues(client: Client) -> list[str]:
    """What anybody sees of the bucket's queues."""
    shown = []
    for path in QUEUES:
        query = {"category": "CateAll"} if path == "/queue" else {}
        root = client.send(Request(Target("test", ""), "read", "GET", "ci", PLACE, path, query)).root
        assert root is not None
        shown.append(timeless(xml.write(root).decode()))
    return shown


def timeless(text: str) -> str:
    """An answer without the times and ids of the call."""
    return re.sub(r"<(UpdateTime|RequestId)>[^<]*</\1>", "", text)
