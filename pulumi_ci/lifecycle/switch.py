"""Settings and services of a bucket that are on or off, with or without a body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_ci.api.call import Answer, Place
from pulumi_ci.api.errors import (
    AccessDenied,
    ApiError,
    CannotTell,
    CiError,
    NoAnswer,
    NotBound,
    NotSent,
    RateLimited,
    ServerFault,
    Target,
)
from pulumi_ci.api.evidence import Lacks, one_of, sought, status
from pulumi_ci.lifecycle.lifecycle import ADVICE, Lifecycle, Stored, log
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.observe import hide
from pulumi_ci.model.api import Call, Form, Switch
from pulumi_ci.wire import xml
from pulumi_ci.wire.xml import Element

_WAIT_SECONDS = (0.5, 1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 30, 30)


class SwitchLifecycle(Lifecycle):
    """Switches on, and off again only what it switched on: `original` says what was on before."""

    api: Switch
    delete_before_replace = True
    keeps_original = True

    def _create(self, inputs: Values, adopt: str | None) -> Stored:
        place = self.place(inputs)
        original: Values | None = None
        self.unclaimed(str(place))
        live, begun = self._existing(place), self.begun(inputs, "")
        if live is not None:
            original = dict(live) if begun is None else begun.note.get("original")
            if self.same(inputs, live):
                if (adopt or self.session.adopt) != "never":
                    original = None  # taken over for good: destroying the resource switches it off
                return self.created(str(place), inputs, live, original)
            if begun is None:
                self.may_adopt(inputs, live, "", str(place), adopt)
        if self.api.on is None:
            raise CiError(
                f"{self.kind.__name__}: the service is off for {place}, and no API switches it on. "
                f"Do it in the web console ({self.api.console}), then run this again"
            )
        told = self._make(place, inputs, adopt, original)
        if self.api.read is None:
            return self.created(str(place), inputs, {}, original)
        seen = self.read_after(str(place), lambda: self._live(place), live, confirmed=told)
        return self.created(str(place), inputs, seen, original)

    def _make(self, place: Place, inputs: Values, adopt: str | None, original: Values | None) -> bool | None:
        """Switches on; after an unclear answer it looks first. What nothing reads refuses to be switched on twice.

        Returns whether the answer shows it; None where answers do not.
        """
        unclear = False

        def send() -> bool | None:
            nonlocal unclear
            try:
                return self._on(place, "create", inputs, again=False)
            except (NoAnswer, ServerFault) as error:
                unclear |= not isinstance(error, NotSent)
                raise

        def look() -> str | None:
            live = self._live(place)
            return str(place) if live is not None and self.same(inputs, live) else None

        try:
            told, found = self.make(inputs, "", send, look, ADVICE, original=original and hide(self.kind, original))
            return told if found is None else True
        except (AccessDenied, NotBound, RateLimited, ServerFault):
            raise
        except ApiError as error:
            if self.api.read is not None:
                raise
            if not unclear and (adopt or self.session.adopt) != "match":
                raise CiError(f"{error}. If it is on already, take it over with adopt='match'") from None
            log.warning("%s in %s: taken to be on already, since: %s", self.kind.__name__, place, error)
            return None

    def _existing(self, place: Place) -> Values | None:
        """The setting when it is on before a create; one that this run switched off may look so for a while."""
        if not self.was_removed(str(place)):
            return self._live(place)
        return self.patiently(lambda: self._live(place), lambda live: live is None)

    def look_up(self, id: str, outs: Mapping[str, Any]) -> Stored | None:
        place, _ = self.locate(id)
        if self.api.read is None:
            inputs = self.declared(outs)
            return Stored(id, inputs, self.outs(inputs, outs, self.filled_in(outs, {})))
        live = self._live(place)
        return None if live is None else self.observed(id, outs, live)

    def present(self, place: Place) -> Mapping[str, Values]:
        live = self._live(place)
        return {} if live is None else {str(place): live}

    def update(self, id: str, olds: Mapping[str, Any], news: Values) -> Values:
        place, _ = self.locate(id)
        before = self._live(place)
        if self.api.read is None or (before is not None and self.same(news, before)):  # no setting has changed
            return self.outs(news, before or {}, self.filled_in(olds, before or {}), olds.get("original"))
        self._on(place, "update", news)
        filled = self.filled_in(olds, before or {})
        live = self.read_after(id, lambda: self._live(place), before)
        if live is not None:
            filled = self.refilled(id, filled, before or {}, news, live)
        return self.outs(news, live, filled, olds.get("original"))

    def _delete(self, id: str, outs: Mapping[str, Any]) -> None:
        place, _ = self.locate(id)
        if outs.get("on_delete") == "leave":
            log.info("%s %s: left as it is", self.kind.__name__, id)
            return
        original = outs.get("original")
        if isinstance(original, Mapping):
            if self.api.form is not None:
                self._on(place, "put back", {**original})
            return
        if self.api.off is None:
            log.warning("%s %s: left on, since no API switches it off", self.kind.__name__, id)
            return
        try:
            self._call(place, self.api.off, "delete", self.api.off_body.encode() or None)
            self._settled(place, (*self.api.changing, *self.api.ons))
        except NotBound:
            if self._live(place) is not None:  # a binding and a service are off then, and say so; nothing else does
                raise
        self.removed(str(place))

    def _live(self, place: Place) -> Values | None:
        """The setting when it is on, after any change in progress; None when it is off. Raises CannotTell otherwise."""
        told, root = self._settled(place)
        return self._values(root) if told in self.api.ons and root is not None else None

    def _settled(self, place: Place, passing: tuple[str, ...] | None = None) -> tuple[str, Element | None]:
        """The status once it is none of those that pass: a change in progress, and after a change what was before."""
        for pause in (*_WAIT_SECONDS, None):
            told, root = self._read(place)
            if told not in (self.api.changing if passing is None else passing):
                return told, root
            if pause is not None:
                self.session.sleep(pause)
        raise CiError(f"{self.kind.__name__} in {place}: is still {told} after {sum(_WAIT_SECONDS):g} s; try later")

    def _read(self, place: Place) -> tuple[str, Element | None]:
        read = self.api.read
        if read is None:
            return "off", None
        if self.api.listed:
            item = sought(lambda: self._lists(place, read), place.bucket)
            return ("off", None) if item is None else ("on", item)
        words = {*self.api.ons, *self.api.offs, *self.api.changing}
        root = self._call(place, read, "read", lacks=one_of(self.api.status, words)).root
        return status(root, self.api.status), root

    def _lists(self, place: Place, read: Call) -> Iterator[dict[str, Element]]:
        """The account's list, asked for this bucket. Raises CannotTell in the end for one that is about others."""
        query, others = {"regions": place.region, "bucketNames": place.bucket}, set[str]()
        for page in self.listed(place, query, read.path, self.api.listed, "BucketId", "ci-region"):
            yield page
            others |= page.keys() - {place.bucket}
        if others:
            target = Target(self.kind.__name__, str(place))
            raise CannotTell(target, "read", f"the list is about {', '.join(sorted(others))}, which nobody asked for")

    def _on(self, place: Place, operation: str, values: Values, again: bool = True) -> bool | None:
        """Sends a body, or switches on; whether the answer shows the bucket of a service, None where answers do not."""
        body = None
        if self.api.form is not None:
            body = xml.write(xml.encode(self.kind, values, self.api.form))
        assert self.api.on is not None
        root = self._call(place, self.api.on, operation, body, again).root
        if not self.api.listed:
            return None
        return root is not None and any(child.findtext("BucketId") == place.bucket for child in root)

    def _call(
        self,
        place: Place,
        call: Call,
        operation: str,
        body: bytes | None = None,
        again: bool = True,
        lacks: Lacks = lambda root: "",
    ) -> Answer:
        query = {call.query: ""} if call.query else {}
        words = (place, operation, call.method, call.path, query, body)
        return self.send(*words, again=again, root=self.api.root, lacks=lacks)

    def _values(self, root: Element) -> Values:
        return xml.decode(self.kind, root, self.api.form or Form())[0]
