"""Settings and services of a bucket that are on or off, with or without a body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_ci.api.call import Answer, Place
from pulumi_ci.api.errors import (
    AccessDenied,
    ApiError,
    CiError,
    NoAnswer,
    NotFound,
    NotSent,
    RateLimited,
    ServerFault,
)
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
        self._make(place, inputs, adopt, original)
        if self.api.read is None:
            return self.created(str(place), inputs, {}, original)
        return self.created(str(place), inputs, self.read_after(str(place), lambda: self._live(place), live), original)

    def _make(self, place: Place, inputs: Values, adopt: str | None, original: Values | None) -> None:
        """Switches on; after an unclear answer it looks first. What nothing reads refuses to be switched on twice."""
        unclear = False

        def send() -> None:
            nonlocal unclear
            try:
                self._on(place, "create", inputs, again=False)
            except (NoAnswer, ServerFault) as error:
                unclear |= not isinstance(error, NotSent)
                raise

        def look() -> str | None:
            live = self._live(place)
            return str(place) if live is not None and self.same(inputs, live) else None

        try:
            self.make(inputs, "", send, look, ADVICE, original=original and hide(self.kind, original))
        except (AccessDenied, NotFound, RateLimited, ServerFault):
            raise
        except ApiError as error:
            if self.api.read is not None:
                raise
            if not unclear and (adopt or self.session.adopt) != "match":
                raise CiError(f"{error}. If it is on already, take it over with adopt='match'") from None
            log.warning("%s in %s: taken to be on already, since: %s", self.kind.__name__, place, error)

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
        self._on(place, "update", news)
        filled = self.filled_in(olds, before or {})
        differs = before is None or not self.same(news, before)
        live = self.read_after(id, lambda: self._live(place), before, differs=differs)
        if live is not None:
            filled = self.refilled(id, filled, before or {}, news, live)
        return self.outs(news, live, filled, olds.get("original"))

    def _delete(self, id: str, outs: Mapping[str, Any]) -> None:
        place, _ = self.locate(id)
        original = outs.get("original")
        try:
            if isinstance(original, Mapping):
                if self.api.form is not None:
                    self._on(place, "put back", {**original})
                return
            if self.api.off is None:
                log.warning("%s %s: left on, since no API switches it off", self.kind.__name__, id)
                return
            body = self.api.off_body.encode() or None
            self._call(place, self.api.off, "delete", body)
            self._settled(place)
            self.removed(str(place))
        except NotFound:
            return

    def _live(self, place: Place) -> Values | None:
        """The setting when it is on, after any change in progress; None when it is off."""
        status, root = self._settled(place)
        return self._values(root) if status in self.api.ons and root is not None else None

    def _settled(self, place: Place) -> tuple[str, Element | None]:
        for pause in (*_WAIT_SECONDS, None):
            status, root = self._read(place)
            if status not in self.api.changing:
                return status, root
            if pause is not None:
                self.session.sleep(pause)
        raise CiError(f"{self.kind.__name__} in {place}: is still {status} after {sum(_WAIT_SECONDS):g} s; try later")

    def _read(self, place: Place) -> tuple[str, Element | None]:
        if self.api.read is None:
            return "off", None
        try:
            root = self._look(place, self.api.read)
        except NotFound:
            return "off", None
        if self.api.listed:
            item = next((i for i in root.findall(self.api.listed) if i.findtext("BucketId") == place.bucket), None)
            return ("off", None) if item is None else ("on", item)
        text = root.findtext(self.api.status) if self.api.status else root.text
        return (text or "off").strip(), root

    def _look(self, place: Place, call: Call) -> Element:
        if self.api.listed:
            query = {"regions": place.region, "bucketNames": place.bucket, "pageNumber": "1", "pageSize": "100"}
            root = self.send(place, "read", call.method, call.path, query, host="ci-region", root=self.api.root).root
        else:
            root = self._call(place, call, "read").root
        assert root is not None
        return root

    def _on(self, place: Place, operation: str, values: Values, again: bool = True) -> None:
        body = None
        if self.api.form is not None:
            body = xml.write(xml.encode(self.kind, values, self.api.form))
        assert self.api.on is not None
        self._call(place, self.api.on, operation, body, again)

    def _call(self, place: Place, call: Call, operation: str, body: bytes | None = None, again: bool = True) -> Answer:
        query = {call.query: ""} if call.query else {}
        return self.send(place, operation, call.method, call.path, query, body, again=again, root=self.api.root)

    def _values(self, root: Element) -> Values:
        return xml.decode(self.kind, root, self.api.form or Form())[0]
