"""Settings of the bucket: how they are, how they are put back, and a change of them that a kill cannot hide.

Names: `binding`; `hotlink`, `origin-protect`, `guetzli` as in the query; the path of a service, such as `/mediabucket`;
`queue <path>/<id>` for a queue. How a setting is stands in one text.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager

from pulumi_ci.model.api import Host
from pulumi_ci.probe.finding import Unclear, reason
from pulumi_ci.probe.site import Site
from pulumi_ci.wire import xml

SWITCHES = ("hotlink", "origin-protect", "guetzli")
"""Settings of which one that is on is in use by somebody."""
CHANGING = "unbinding"
"""Status of a binding that is about to go."""
LOOKS = (0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 1.0, 2.0, 2.0, 4.0, 4.0, *[8.0] * 10)
"""Seconds before each look while a binding goes."""
_QUEUE = ("Name", "State", "NotifyConfig")


def shown(site: Site, name: str) -> str:
    """How a setting is now. Raises CiError or Unclear when that cannot be seen."""
    if name.startswith("/"):
        region, bucket = site.place.region, site.place.bucket
        query = {"regions": region, "bucketNames": bucket, "pageNumber": "1", "pageSize": "100"}
        reply = _must(site, "GET", name, query, host="ci-region")
        return "on" if any(bucket == text.text for text in reply.iter("BucketId")) else "off"
    if name.startswith("queue "):
        path, _, id = name.removeprefix("queue ").rpartition("/")
        query = {"queueIds": id, **({"category": "CateAll"} if path == "/queue" else {})}
        row = _must(site, "GET", path, query).find("QueueList")
        if row is None:
            raise Unclear(f"queue {id} is not shown")
        return _queue_text(row)
    root = _must(site, "GET", "/", {} if name == "binding" else {name: ""}, host="pic")
    return xml.write(root).decode() if name == "hotlink" else (root.text or "").strip()


def is_on(name: str, text: str) -> bool:
    """Whether a setting that is shown so is on."""
    return (xml.parse(text).findtext("Status") if name == "hotlink" else text) == "on"


def off(name: str) -> str:
    """How a setting that is off is shown at least."""
    return "<Hotlink><Status>off</Status></Hotlink>" if name == "hotlink" else "off"


def put_back(site: Site, name: str, was: str) -> None:
    """Makes a setting what it was. Raises CiError or Unclear when it is something else in the end."""
    if _is(name, shown(site, name), was):
        return
    if name == "hotlink":
        _put_hotlink(site, was)
    elif name == "binding":
        site.must("PUT", "/", {} if was == "on" else {"unbind": ""}, host="pic")
        if was != "on":
            gone(site)
    elif name.startswith("queue "):
        path, _, id = name.removeprefix("queue ").rpartition("/")
        body = f"<Request><QueueID>{id}</QueueID>{was.removeprefix('<Queue>').removesuffix('</Queue>')}</Request>"
        site.must("PUT", f"{path}/{id}", body=body)
    elif name.startswith("/"):
        site.must("POST" if was == "on" else "DELETE", name)
    else:
        site.must("PUT" if was == "on" else "DELETE", "/", {name: ""}, host="pic")
    if not _is(name, now := shown(site, name), was):
        raise Unclear(f"{name} was {was} and is {now}")


@contextmanager
def changing(site: Site, *names: str) -> Iterator[dict[str, str]]:
    """Gives how settings are, lets them be changed, and puts them back; what they were stands in the journal before."""
    before = {name: shown(site, name) for name in names}
    fresh = site.journal.opened(before)
    try:
        yield before
    finally:
        for name, was in before.items():
            put_back(site, name, was)
            if name in fresh:
                site.journal.closed(name)


def gone(site: Site) -> int:
    """Waits until an unbound bucket says so; how many looks it took. Raises Unclear when it never does."""
    for number, seconds in enumerate(LOOKS):
        site.sleep(seconds)
        now = shown(site, "binding")
        if now == "off":
            return number
        if now != CHANGING:
            raise Unclear(f"a bucket that was unbound says {now!r}")
    raise Unclear(f"the bucket is still {CHANGING} after {sum(LOOKS):g} seconds")


def restore(site: Site) -> list[str]:
    """Puts back every setting that the journal holds, the binding last; what went wrong in words."""
    troubles = []
    for name in sorted(site.journal.settings, key=lambda name: name == "binding"):
        try:
            put_back(site, name, site.journal.settings[name])
        except Exception as error:
            troubles.append(f"{name} could not be put back to {site.journal.settings[name]}: {reason(error)}")
        else:
            site.journal.closed(name)
    return troubles


def _is(name: str, now: str, was: str) -> bool:
    """Whether a setting is what it was. Of a hotlink protection that is off the service may show more than before."""
    plainly_off = name == "hotlink" and not is_on(name, was) and "<Url>" not in was
    return not is_on(name, now) if plainly_off else now == was


def _must(site: Site, method: str, path: str, query: dict[str, str], host: Host = "ci") -> ET.Element:
    root = site.must(method, path, query, host=host).root
    if root is None:
        raise Unclear(f"{method} {path} was answered with nothing")
    return root


def _queue_text(row: ET.Element) -> str:
    root = ET.Element("Queue")
    root.extend(element for name in _QUEUE for element in row.findall(name))
    return xml.write(root).decode()


def _put_hotlink(site: Site, was: str) -> None:
    """An answer may show type and domains although the protection is off: those are put back as well."""
    root = xml.parse(was)
    kind, urls = root.findtext("Type"), "".join(xml.write(url).decode() for url in root.findall("Url"))
    if urls:
        site.must("PUT", query={"hotlink": ""}, body=f"<Hotlink><Type>{kind}</Type>{urls}</Hotlink>", host="pic")
    if root.findtext("Status") != "on":
        site.must("PUT", query={"hotlink": ""}, body="<Hotlink><Type>off</Type></Hotlink>", host="pic")
