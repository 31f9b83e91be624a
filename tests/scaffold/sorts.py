"""The sorts of kinds that `make kind` knows: how each is declared, and what its pages at the vendor show.

Texts are filled in by `string.Template`. A word TODO marks what only the vendor's pages can tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stub:
    """A file of outside truth, to be filled in from a page."""

    file: str
    role: str
    operation: str
    method: str
    path: str


@dataclass(frozen=True)
class Sort:
    """Kinds that are declared and called in the same way."""

    summary: str
    suffix: str
    """The last word of their names; "" = any other."""
    pages: dict[str, tuple[Stub, ...]]
    """What each page is about, in the order in which PAGES names them, with the files to fill in from it."""
    declaration: str
    """The file in `pulumi_ci/kinds`, below its first lines."""
    examples: str
    """Right properties by the name of the example."""
    lines: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By file in `pulumi_ci/emulator`: the line before which an entry goes ("" = at the end), and the entry."""
    rest: tuple[str, ...] = ()
    """What the emulator needs besides, in Python."""


def sort_of(last_word: str) -> Sort:
    """The sort of the kinds whose names end in a word."""
    return next((sort for sort in SORTS if sort.suffix == last_word), SETTING)


_FIELD = """
    todo: str | None = None
    \"\"\"TODO: the fields of the page's table in place of this one: meaning, unit and range in one sentence each.\"\"\"
"""
_NO_FIELDS = "minimal: {}\n"

TEMPLATE = Sort(
    "a media template",
    "Template",
    {
        "create": (
            Stub("01-request.xml", "request", "create", "POST", "/template"),
            Stub("02-response.xml", "response", "create", "POST", "/template"),
            Stub("03-table-values.yaml", "table", "create", "POST", "/template"),
        ),
        "update": (
            Stub("01-request.xml", "request", "update", "PUT", "/template/<TemplateId>"),
            Stub("02-response.xml", "response", "update", "PUT", "/template/<TemplateId>"),
        ),
    },
    '''
from pulumi_ci.kinds._fragments import Template, template


class $name(Template):
    """TODO: what a template of this kind is for, one sentence."""

    slug = "$slug"
    pages = ($pages, 178, 179)
    api = template("$tag", body="$tag")
'''
    + _FIELD,
    "minimal: {name: $slug}\nfull: {name: $slug-full, todo: a}\n",
    {
        "templates.yaml": ("", "$tag: {request: TODO, answer: TODO} # $first"),
        "required.yaml": ("nodes:", "  $tag: [] # $first; TODO: the elements that the page requires"),
        "defaults.yaml": ("queue:", "$tag: {} # $first; TODO: the elements with a default below the body"),
    },
)
QUEUE = Sort(
    "a queue that the service makes",
    "Queue",
    {
        "read": (Stub("01-response.xml", "response", "read", "GET", "/TODO"),),
        "update": (
            Stub("01-request.xml", "request", "update", "PUT", "/TODO/<queueId>"),
            Stub("02-response.xml", "response", "update", "PUT", "/TODO/<queueId>"),
            Stub("03-table-values.yaml", "table", "update", "PUT", "/TODO/<queueId>"),
        ),
    },
    '''
from pulumi_ci.kinds._queue import Queue, queue


class $name(Queue):
    """TODO: Takes over which queue of a bucket and keeps its settings."""

    slug = "$slug"
    pages = ($pages,)
    api = queue("/TODO")
'''
    + _FIELD,
    "minimal: {}\nfull: {state: Paused, todo: a}\n",
    {"defaults.yaml": ("Workflow:", "TODO-$slug: *queue # $first; TODO: the path of the service")},
    ("the row of its service in SERVICES of pulumi_ci/emulator/queues.py",),
)
SERVICE = Sort(
    "a service of a bucket",
    "Service",
    {
        "on": (Stub("01-request.http", "request", "create", "POST", "/TODO"),),
        "read": (Stub("01-response.xml", "response", "list", "GET", "/TODO"),),
        "off": (Stub("01-request.http", "request", "delete", "DELETE", "/TODO"),),
    },
    '''
from pulumi_ci.kinds._service import Service, service


class $name(Service):
    """TODO: Switches which service on for a bucket."""

    slug = "$slug"
    pages = ($pages,)
    api = service("/TODO", "TODO")
''',
    _NO_FIELDS,
    rest=("its row in SERVICES of pulumi_ci/emulator/services.py",),
)
SETTING = Sort(
    "a setting of a bucket",
    "",
    {
        "on": (Stub("01-request.http", "request", "create", "PUT", "/?TODO"),),
        "read": (Stub("01-response.xml", "response", "read", "GET", "/?TODO"),),
        "off": (Stub("01-request.http", "request", "delete", "DELETE", "/?TODO"),),
    },
    '''
from pulumi_ci.model.api import Call, Switch
from pulumi_ci.model.kind import BucketKind


class $name(BucketKind):
    """TODO: what the setting does for a bucket, one sentence."""

    slug = "$slug"
    pages = ($pages,)
    api = Switch(
        on=Call("PUT", query="TODO"),
        off=Call("DELETE", query="TODO"),
        read=Call("GET", query="TODO"),
        root="TODO",
    )
''',
    _NO_FIELDS,
    rest=("its routes in ROUTES of pulumi_ci/emulator/switches.py",),
)
SORTS = (TEMPLATE, QUEUE, SERVICE, SETTING)
