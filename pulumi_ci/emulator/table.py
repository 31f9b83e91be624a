"""What the parameters of a JSON action may hold, as a table."""

from __future__ import annotations

from typing import Any

from pulumi_ci.emulator.errors import CloudError


def fits(value: Any, table: Any, path: str, strict: bool = True) -> None:
    """Refuses a value that the table has no room for, and where `strict` a key that it does not name; null is absent.

    A table is a list of allowed texts or numbers; `range`, bounds of a number; `items`, the table of each item of a
    list, with `least` and `most` of them; null for anything; else the table of each key of an object.
    """
    if table is None or value is None:
        return
    if isinstance(table, list):
        same = [str(allowed).lower() for allowed in table]
        if isinstance(value, str) == isinstance(table[0], str) and str(value).lower() in same:
            return
        raise CloudError("InvalidParameterValue", f"{path} {value!r}: one of {', '.join(map(str, table))}")
    if "range" in table:
        low, high = table["range"]
        if isinstance(value, (int, float)) and not isinstance(value, bool) and low <= value <= high:
            return
        raise CloudError("InvalidParameterValue", f"{path} {value!r}: a number from {low} to {high}")
    if "items" in table:
        least, most = table.get("least", 0), table.get("most", 1000)
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise CloudError("InvalidParameterValue", f"{path}: a list of {least} to {most} items")
        for index, item in enumerate(value):
            fits(item, table["items"], f"{path}.{index}", strict)
        return
    if not isinstance(value, dict):
        raise CloudError("InvalidParameter", f"{path}: an object is expected")
    for name, inner in value.items():
        if name not in table and strict:
            raise CloudError("UnknownParameter", f"{path}.{name} is not known")
        fits(inner, table.get(name), f"{path}.{name}", strict)
