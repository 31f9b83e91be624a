"""Where a probe works: one bucket, calls as they are without a lifecycle around them, and what it made there."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pulumi_ci.api.call import Place, Request
from pulumi_ci.api.client import Client
from pulumi_ci.api.errors import AccessDenied, ApiError, CiError, RateLimited, ServerFault, Target
from pulumi_ci.api.json_call import JsonCall
from pulumi_ci.emulator.errors import CODES
from pulumi_ci.model.api import Host
from pulumi_ci.probe.allowed import Allowed
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.journal import Journal
from pulumi_ci.wire.xml import Element

VOD = ("vod", "2018-07-17")
MPS = ("mps", "2019-06-12")
"""Service and version of the JSON APIs."""
_ROOTS = {
    "": "CIStatus",
    "style": "StyleList",
    "hotlink": "Hotlink",
    "origin-protect": "OriginProtectStatus",
    "guetzli": "GuetzliStatus",
}
"""Root of the answer to a read on `pic`, by the key in its query; everywhere else it is `Response`."""
_NAMES = {str(number): name for name, (number, _) in CODES.items() if number > 0}


@dataclass(frozen=True)
class Reply:
    """What came back from one call: a good answer, or a refusal with its code by name, in whatever form it came."""

    root: Element | None = None
    content: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""
    refusal: str = ""
    """The whole refusal in words; "" = the call went well."""

    @property
    def ok(self) -> bool:
        """Whether the call went well."""
        return not self.refusal

    def text(self, path: str) -> str:
        """The text at a path below the root; "" when there is none."""
        return ((self.root.findtext(path) if self.root is not None else "") or "").strip()


@dataclass
class Site:
    """What experiments work with. Objects that they make have names with the prefix and are noted as `made`."""

    client: Client
    impatient: Client
    """Sends each call at once and once."""
    place: Place
    journal: Journal
    allowed: Allowed
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    about: str = ""
    """The experiment that is being played."""
    made: list[tuple[str, str]] = field(default_factory=list)
    """Kind and id of what the experiment made; see `leftovers.py` for the kinds."""
    codes: dict[str, tuple[str, int]] = field(default_factory=dict)
    """By name of a code, the form in which it last came and its HTTP status, from refusals of the XML API."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def name(self, label: str) -> str:
        """The name for an object of this run."""
        return f"{self.journal.prefix}{label}"

    def fresh(self) -> str:
        """A name that no other object of this run has; short, since names have limits."""
        return self.name(f"k{next(self._numbers)}")

    def nobody(self, letters: str) -> str:
        """An id of the right form that no object has."""
        return letters + hashlib.sha256(f"{self.journal.prefix}{letters}".encode()).hexdigest()[:32]

    @property
    def folder(self) -> str:
        """A prefix of keys that no object in the bucket has."""
        return f"{self.journal.prefix.rstrip('-')}/"

    # -- calls --------------------------------------------------------------------------------------------------

    def ask(
        self,
        method: str,
        path: str = "/",
        query: Mapping[str, str] | None = None,
        body: str = "",
        host: Host = "ci",
        client: Client | None = None,
    ) -> Reply:
        """The reply to one call, which is not sent twice unless it is a read.

        A refusal is a reply too. Raises CiError for one that says nothing about the call: no permission, too many
        calls, a service that failed.
        """
        target, data = Target("Probe", str(self.place), self.about), body.encode() or None
        request = Request(
            target, f"{method} {path}", method, host, self.place, path, query or {}, data, method == "GET"
        )
        try:
            return Reply((client or self.client).send(request).root)
        except ApiError as error:
            name = _NAMES.get(error.code, error.code)
            if error.code:
                self.codes[name] = (error.code, error.status)
            if isinstance(error, (AccessDenied, RateLimited, ServerFault)):
                raise
            return Reply(code=name, refusal=str(error))

    def must(
        self,
        method: str,
        path: str = "/",
        query: Mapping[str, str] | None = None,
        body: str = "",
        host: Host = "ci",
    ) -> Reply:
        """As `ask`. Raises Unclear when the call is refused."""
        reply = self.ask(method, path, query, body, host)
        if not reply.ok:
            raise Unclear(reply.refusal)
        return reply

    def act(
        self, api: tuple[str, str], action: str, parameters: Mapping[str, Any], client: Client | None = None
    ) -> Reply:
        """The reply to one action of a JSON API; VOD acts in the application that is allowed."""
        where: dict[str, Any] = {"SubAppId": self.allowed.sub_app_id} if api == VOD and self.allowed.sub_app_id else {}
        region = self.place.region if api == MPS else ""
        target, again = Target("Probe", str(self.place), self.about), action.startswith("Describe")
        call = JsonCall(target, action, *api, action, {**where, **parameters}, again, region)
        try:
            return Reply(content=(client or self.client).call(call))
        except (AccessDenied, RateLimited, ServerFault):
            raise
        except ApiError as error:
            return Reply(code=error.code, refusal=str(error))

    # -- objects ------------------------------------------------------------------------------------------------

    def template(self, body: str) -> Reply:
        """The reply to the create of a template; one that was made is noted."""
        reply = self.ask("POST", "/template", body=body)
        if reply.ok:
            self.made.append(("template", _id(reply, "Template/TemplateId")))
        return reply

    def workflow(self, body: str) -> Reply:
        """The reply to the create of a workflow; one that was made is noted."""
        reply = self.ask("POST", "/workflow", body=body)
        if reply.ok:
            self.made.append(("workflow", _id(reply, "MediaWorkflow/WorkflowId")))
        return reply

    def style(self, name: str, body: str) -> Reply:
        """The reply to the adding of a style; one that was added is noted."""
        text = f"<AddStyle><StyleName>{name}</StyleName><StyleBody>{body}</StyleBody></AddStyle>"
        reply = self.ask("PUT", query={"style": ""}, body=text, host="pic")
        if reply.ok:
            self.made.append(("style", name))
        return reply

    def vod_template(self, name: str, **parameters: Any) -> Reply:
        """The reply to the create of a VOD template; one that was made is noted."""
        reply = self.act(VOD, "CreateProcessImageAsyncTemplate", {"Name": name, **parameters})
        if reply.ok:
            self.made.append(("vod-template", str(reply.content.get("Definition") or "")))
        return reply

    def one(self, path: str, item: str, id: str) -> Element:
        """One template or workflow as a read by its id shows it. Raises Unclear when it is not shown."""
        root = self.must("GET", path, {"ids": id}).root
        found = root.find(item) if root is not None else None
        if found is None:
            raise Unclear(f"a read of {id} does not show it")
        return found

    def queue(self, path: str = "/queue", category: str = "") -> str:
        """Id of a queue of the bucket; "" when there is none."""
        reply = self.ask("GET", path, {"category": category} if category else {})
        return reply.text("QueueList/QueueId") if reply.ok else ""


def known(reply: Reply) -> Reply:
    """The reply, when the call went well. Raises Unclear when it was refused."""
    if not reply.ok:
        raise Unclear(reply.refusal)
    return reply


def _id(reply: Reply, path: str) -> str:
    found = reply.text(path)
    if not found:
        raise CiError(f"the answer to a create has no {path}")
    return found
