"""VOD templates: objects with an id of the server, in JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pulumi_ci.api.call import Place
from pulumi_ci.api.errors import CiError, Target
from pulumi_ci.api.evidence import Tally, about_in_json, lists_in_json
from pulumi_ci.api.json_call import JsonCall
from pulumi_ci.lifecycle.collection import CollectionLifecycle
from pulumi_ci.lifecycle.meaning import Values
from pulumi_ci.lifecycle.removal import taken_away
from pulumi_ci.model.api import JsonCollection
from pulumi_ci.wire import json
from pulumi_ci.wire.json import Object


class JsonCollectionLifecycle(CollectionLifecycle):
    """One action each to create, read, change and delete. Presets of the system are left alone."""

    api: JsonCollection

    def decode(self, row: Object) -> tuple[Values, json.Carried]:
        return json.decode(self.kind, row)

    def key_of(self, row: Object) -> str:
        return str(self._values(row).get(self.api.key) or "")

    def pages(self, place: Place, key: str = "") -> Iterator[dict[str, Object]]:
        tally = Tally()
        for _ in range(10_000):
            page = {"Offset": tally.rows, "Limit": self.api.page_size}
            answer = self._call(place, "list", self.api.read, page, lacks=lists_in_json(self.api.many))
            ids = [str(item.get(self.api.id) or "") for item in answer[self.api.many] or [] if isinstance(item, dict)]
            tally.add(ids, answer["TotalCount"])
            yield self._items(answer)
            if not ids or tally.rows >= answer["TotalCount"]:
                tally.check(Target(self.kind.__name__, f"application {place}"))
                return
        raise CiError(f"{self.kind.__name__} in {place}: the list does not end")

    def row(self, place: Place, id: str) -> Object | None:
        lacks = about_in_json(id, self.api.many, self.api.id)
        words = {self.api.ids: [int(id)]}
        return self._items(self._call(place, "read", self.api.read, words, about=id, lacks=lacks)).get(id)

    def post(self, place: Place, inputs: Values, key: str) -> str:
        parameters = json.encode(self.kind, inputs)
        answer = self._call(place, "create", self.api.create, parameters, about=key, again=False)
        return str(answer.get(self.api.id) or "")

    def is_written(self, id: str, before: Values, news: Values) -> bool:
        self._refuse_preset(id, before, "update")
        return True

    def put(self, place: Place, id: str, values: Values, carried: json.Carried, seen: Values) -> bool:
        whole = json.encode(self.kind, taken_away(self.kind, seen, values), carried)
        self._call(place, "update", self.api.update, {self.api.id: int(id), **whole}, about=id)
        return True  # the request id is all that a good answer holds

    def remove(self, place: Place, id: str, outs: Mapping[str, Any]) -> None:
        if int(id) < self.api.presets_below:
            row = self._fresh(place, id)
            if row is None:
                return
            self._refuse_preset(id, self._values(row), "delete")
        self._call(place, "delete", self.api.delete, {self.api.id: int(id)}, about=id)

    def is_own(self, id: str, live: Values) -> bool:
        """Some ids of an account's own objects are low as well, so the id alone does not make a preset."""
        return int(id) >= self.api.presets_below or live.get(self.api.own) == self.api.own_value

    def _refuse_preset(self, id: str, live: Values, operation: str) -> None:
        if not self.is_own(id, live):
            own = f"{self.api.own} {live.get(self.api.own)}"
            raise CiError(
                f"{self.kind.__name__} {id}: {operation} refused: it is a preset of the system ({own}), which nobody "
                "can change. Make one of your own, or look it up with get() only"
            )

    def _items(self, answer: Object) -> dict[str, Object]:
        items = answer.get(self.api.many) or []
        return {str(item[self.api.id]): item for item in items if isinstance(item, dict) and self.api.id in item}

    def _call(
        self,
        place: Place,
        operation: str,
        action: str,
        parameters: Mapping[str, Any],
        about: str = "",
        again: bool = True,
        lacks: Callable[[Mapping[str, Any]], str] = lambda content: "",
    ) -> Object:
        target = Target(self.kind.__name__, f"application {place}", about)
        scope = self.scope(place)
        where = {name: scope[field] for name, field in self.api.scope.items() if field in scope}
        api = self.api
        words = {**where, **parameters}
        missing = api.missing if operation in ("read", "delete") else ()  # others hold more than the id
        request = JsonCall(
            target, operation, api.service, api.version, action, words, again, lacks=lacks, missing=missing
        )
        return self.session.client.call(request)
