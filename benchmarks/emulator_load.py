"""How much the emulator bears: requests a second beside moto's server, and what a bucket full of templates costs.

Run as `python -m benchmarks.emulator_load`. The requests are signed once and sent by this process; each server is
another. Servers take turns, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.servers import PAGE, Emulation, Moto, Ours
from benchmarks.traffic import drive

CONNECTIONS = (1, 4, 16)
FEW = 1000
"""Objects in each server while its rate is measured."""
LOOKS = 30
"""Repetitions of a request to a full bucket; the middle one counts."""
TURNS = 3
"""How often everything is measured; the best counts, since whatever else the machine does only makes one slower."""


@dataclass(frozen=True)
class Rate:
    """Answers a second of one server to one kind of request."""

    server: str
    request: str
    connections: int
    rate: float
    ratio: float
    """As a multiple of moto's."""


@dataclass(frozen=True)
class Bucket:
    """A bucket with `n` templates. Times in milliseconds, memory in bytes of the whole server process."""

    store: str
    n: int
    fill: float
    """Seconds to create all of them by the API, over four connections."""
    first_page: float
    last_page: float
    by_id: float
    memory: int


def rates(seconds: float) -> list[Rate]:
    """Every request at every number of connections, `seconds` each."""
    found = []
    with ExitStack() as stack:
        servers: dict[str, Emulation] = {}
        for name, start in _servers().items():
            servers[name] = start()
            stack.callback(servers[name].stop)
        for server in servers.values():
            drive(server.address, server.create, iter(range(FEW)), 4)
        new = itertools.count(FEW)
        for request, connections in itertools.product(("list", "get", "create"), CONNECTIONS):
            turns = [
                {
                    name: drive(server.address, _request(server, request), new, connections, seconds).rate
                    for name, server in servers.items()
                }
                for _ in range(TURNS)
            ]
            best = {name: max(turn[name] for turn in turns) for name in servers}
            found += [Rate(name, request, connections, rate, rate / best["moto"]) for name, rate in best.items()]
    return found


def bucket(store: str, n: int) -> Bucket:
    """Fills a bucket of a fresh emulator and looks at it."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server = Ours(":memory:" if store == "memory" else str(Path(folder) / "cloud.sqlite"))
        stack.callback(server.stop)
        fill = drive(server.address, server.create, iter(range(n)), 4).seconds
        pages = {1: server.page(1), n // PAGE: server.page(n // PAGE)}
        wanted = server.by_id(n - 1)

        def look(request: bytes) -> float:
            turns = [drive(server.address, lambda _: request, iter(range(LOOKS))).median for _ in range(TURNS)]
            return min(turns) * 1000

        return Bucket(store, n, fill, look(pages[1]), look(pages[n // PAGE]), look(wanted), server.memory)


def table(found: Sequence[Rate], buckets: Sequence[Bucket]) -> str:
    """All of it for people."""
    names = list(dict.fromkeys(rate.server for rate in found))
    lines = [f"answers a second ({FEW} objects; a list is a page of {PAGE})", ""]
    lines.append(f"{'':8}{'connections':>12}" + "".join(f"{name:>16}" for name in names) + f"{'ours : moto':>14}")
    for (request, connections), group in itertools.groupby(found, key=lambda rate: (rate.request, rate.connections)):
        row = {rate.server: rate for rate in group}
        shown = "".join(f"{row[name].rate:16.0f}" for name in names)
        lines.append(f"{request:8}{connections:12}{shown}{row['ours'].ratio:14.1f}")
    lines += ["", "a bucket full of templates: seconds to fill, milliseconds to look, MiB of the server", ""]
    heads = ("fill s", "a second", "first page", "last page", "by id", "MiB")
    lines.append(f"{'store':8}{'templates':>12}" + "".join(f"{head:>12}" for head in heads))
    for b in buckets:
        lines.append(
            f"{b.store:8}{b.n:12}{b.fill:12.1f}{b.n / b.fill:12.0f}{b.first_page:12.2f}{b.last_page:12.2f}"
            f"{b.by_id:12.2f}{b.memory / 2**20:12.0f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Reads the arguments and runs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.emulator_load", description=__doc__)
    parser.add_argument("n", nargs="*", type=int, default=[FEW, 100_000], help="templates in a bucket (1000 100000)")
    parser.add_argument("--seconds", type=float, default=1.0, help="seconds for each rate (1)")
    default = Path(__file__).parent / "results" / "emulator-load.json"
    parser.add_argument("--output", type=Path, default=default, help="the file of JSON")
    given = parser.parse_args()
    found = rates(given.seconds)
    buckets = [bucket(store, n) for n in given.n for store in ("memory", "file")]
    print(table(found, buckets))
    record: dict[str, Any] = {"python": platform.python_version(), "machine": platform.machine()}
    record |= {"rates": [asdict(rate) for rate in found], "buckets": [asdict(b) for b in buckets]}
    given.output.parent.mkdir(exist_ok=True)
    fresh = given.output.with_name(f"{given.output.name}.new")
    fresh.write_text(json.dumps(record, indent=2) + "\n")
    fresh.replace(given.output)


def _servers() -> dict[str, Callable[[], Emulation]]:
    """Ours twice: as clients use it, and with a new connection for each request, as moto has it."""
    return {"ours": Ours, "ours, closing": lambda: Ours(closing=True), "moto": Moto}


def _request(server: Emulation, name: str) -> Callable[[int], bytes]:
    return {"list": server.list, "get": server.get, "create": server.create}[name]


if __name__ == "__main__":
    main()
