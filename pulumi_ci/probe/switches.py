"""Experiments that change settings of the bucket and put them back. Source: 002-006."""

from __future__ import annotations

from pulumi_ci.probe import bodies
from pulumi_ci.probe.experiment import Answers, experiment, tried
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.settings import changing, gone, shown
from pulumi_ci.probe.site import Site
from pulumi_ci.wire import xml

_UNBOUND = ("MediaBucketUnBinded", "PicBucketUnBinded")


@experiment(
    "hotlink_off",
    does="switches hotlink protection on, for one domain that does not exist, and off",
    needs=("switches",),
)
def hotlink(site: Site) -> Answers:
    """What is shown of a hotlink protection that was switched off."""
    domain = f"{site.name('hotlink')}.invalid"
    on = f"<Hotlink><Type>black</Type><Url>{domain}</Url></Hotlink>"
    with changing(site, "hotlink"):
        site.must("PUT", query={"hotlink": ""}, body=on, host="pic")
        site.must("PUT", query={"hotlink": ""}, body="<Hotlink><Type>off</Type></Hotlink>", host="pic")
        yield "hotlink_off", tried(lambda: _off(shown(site, "hotlink")))


@experiment(
    *("bind_again", "unbinding_reads", "binding_required"),
    does="binds the bucket again, unbinds it, looks whether it still takes templates and styles, and binds it again",
    needs=("switches",),
)
def binding(site: Site) -> Answers:
    """What a second binding is answered with, how an unbind goes, and what an unbound bucket refuses."""
    with changing(site, "binding") as before:
        if before["binding"] != "on":
            site.must("PUT", host="pic")
        again = site.ask("PUT", host="pic")
        wrong = not again.ok and again.code != "BucketAlreadyBinded"
        yield "bind_again", Unclear(again.refusal) if wrong else "ok" if again.ok else "refuse"
        site.must("PUT", query={"unbind": ""}, host="pic")
        yield "unbinding_reads", tried(lambda: gone(site))
        yield "binding_required", tried(lambda: _required(site))


def _off(text: str) -> str:
    """What of a hotlink protection that was switched off is shown."""
    status, kind, url = (xml.parse(text).findtext(name) for name in ("Status", "Type", "Url"))
    if status != "off":
        raise Unclear(f"a hotlink protection that was switched off says {status!r}")
    if url or kind == "black":
        return "kept"
    if kind not in ("off", None):
        raise Unclear(f"a hotlink protection that was switched off has the type {kind!r}")
    return "bare" if kind is None else "off"


def _required(site: Site) -> str:
    """Whether an unbound bucket refuses: a read and a create on `ci`, a read and an add on `pic`."""
    name = site.name("unbound")
    replies = {
        "a list of templates": site.ask("GET", "/template", {"pageSize": "1"}),
        "a list of styles": site.ask("GET", query={"style": ""}, host="pic"),
        "a template": site.template(bodies.snapshot(name)),
        "a style": site.style(name, bodies.RULE),
    }
    refused = {what for what, reply in replies.items() if reply.code in _UNBOUND}
    odd = [reply.refusal for reply in replies.values() if not reply.ok and reply.code not in _UNBOUND]
    if odd:
        raise Unclear(odd[0])
    if refused and len(refused) < len(replies):
        taken = ", ".join(sorted(replies.keys() - refused))
        raise Unclear(f"an unbound bucket refuses {', '.join(sorted(refused))} and takes {taken}")
    return "on" if refused else "off"


EXPERIMENTS = (hotlink, binding)
