"""What the docstrings below fields say, read from the source when somebody asks: most processes never do."""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import textwrap
from collections.abc import Mapping


@functools.cache
def docs(owner: type) -> Mapping[str, str]:
    """The docstrings by field, those of parent classes included; empty for a class that has no source."""
    found: dict[str, str] = {}
    for parent in reversed(owner.__mro__):
        if vars(parent).get("__annotations__") or "__annotate_func__" in vars(parent):
            found.update(_own(parent))
    return found


def _own(owner: type) -> Mapping[str, str]:
    try:
        source = textwrap.dedent(inspect.getsource(owner))
    except (OSError, TypeError):  # made by a call, or at a prompt
        return {}
    (declared,) = ast.parse(source).body
    assert isinstance(declared, ast.ClassDef), owner
    return {
        field.target.id: text.value.value
        for field, text in itertools.pairwise(declared.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
