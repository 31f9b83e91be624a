"""The words of a kind: which calls of the API create, read, change and delete one object, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Host = Literal["pic", "ci", "ci-region"]
"""`pic`: bucket switches and styles; `ci`: everything else of a bucket; `ci-region`: the account's bucket lists."""


@dataclass(frozen=True)
class Call:
    """One call: method, path and a query key without a value (`style`, `unbind`)."""

    method: Literal["GET", "PUT", "POST", "DELETE"]
    path: str = "/"
    query: str = ""


@dataclass(frozen=True)
class Form:
    """How a body is nested.

    `root` is the path of elements down to the fields beside the body, `body` the element that holds the rest in a
    request ("" = none), `answers` the elements tried in this order in an answer ("" = none), `constants` elements
    with a fixed text beside the body.
    """

    root: str = "Request"
    body: str = ""
    answers: tuple[str, ...] = ("",)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    """Elements of the envelope that are known and of no interest (BucketId, Category)."""


@dataclass(frozen=True)
class Pause:
    """An object that may refuse to be changed or deleted while it runs: the field and the two toggles."""

    field: str
    running: str
    paused: str
    activate: str
    """Query key of the call that makes it run."""
    pause: str
    """Query key of the call that pauses it."""
    refusals: tuple[str, ...] = ()
    """Codes by which a change or delete of a running object is refused; only then it is paused for it."""


@dataclass(frozen=True)
class Collection:
    """Objects with an id of the server: POST, PUT of the whole body, DELETE, read by `ids=` or page by page."""

    path: str
    id: str
    """Element with the server's id."""
    id_field: str
    """The id's name as an output (`template_id`)."""
    one: str
    """Path of the object in the answer of create and update, below the root."""
    many: str
    """Repeated element of the list."""
    form: Form = Form()
    query: Mapping[str, str] = field(default_factory=dict)
    """Query of the list call that keeps to this kind."""
    key: str = "name"
    """The field that a lost create is found again by."""
    unique: bool = True
    """Whether the server refuses a second object with the same key."""
    pause: Pause | None = None
    absent: str = ""
    """Repeated element of an answer by ids that names those which are not there; "" = there is none."""
    missing: tuple[str, ...] = ()
    """Codes by which a call about one object says that it is not there."""
    host: Host = "ci"
    page_size: int = 100


@dataclass(frozen=True)
class Named:
    """Objects named by the user; all of a bucket come in one list."""

    put: Call
    delete: Call
    read: Call
    many: str
    """Path of the items in the list."""
    root: str
    """Root of the list."""
    key: str
    """The field that holds the name."""
    delete_root: str
    """Root of the delete body, which holds the name alone."""
    read_root: str
    """Root of the body that asks for some of the list, by name."""
    exists: tuple[str, ...] = ()
    """Codes by which a PUT is refused because the name is taken, where the service does not overwrite."""
    missing: tuple[str, ...] = ()
    """Codes by which a call about one object says that it is not there."""
    form: Form = Form()
    host: Host = "pic"


@dataclass(frozen=True)
class Adopted:
    """Objects that exist already: taken over and changed, never made or deleted."""

    path: str
    id: str
    id_field: str
    one: str
    many: str
    select: str = ""
    """The field that tells the objects of a bucket apart when no id is given; "" = the bucket has one."""
    select_element: str = ""
    """Where the object says so."""
    select_default: str = ""
    """What is looked for when the field is left out."""
    id_in_body: str = ""
    """Element that repeats the id in the body of an update; "" = the path alone holds it."""
    absent: str = ""
    """Repeated element of an answer by ids that names those which are not there; "" = there is none."""
    missing: tuple[str, ...] = ()
    """Codes by which a call about one object says that it is not there."""
    form: Form = Form()
    query: Mapping[str, str] = field(default_factory=dict)
    host: Host = "ci"
    page_size: int = 100


@dataclass(frozen=True)
class Switch:
    """A setting or service of a bucket that is on or off, with or without a body."""

    on: Call | None
    """None when only the web console can switch it on."""
    off: Call | None
    """None when nothing can switch it off."""
    read: Call | None
    """None when nothing tells whether it is on."""
    status: str = ""
    """Path of the status text below the root of the answer; "" = the root's own text."""
    root: str = "Response"
    """Root of the answer."""
    listed: str = ""
    """Repeated element of an account-wide list, which names the bucket in `BucketId` while it is on."""
    ons: tuple[str, ...] = ("on",)
    offs: tuple[str, ...] = ("off",)
    """Status texts, in lower case; any other one says nothing."""
    changing: tuple[str, ...] = ()
    """Status texts of a change in progress, to be waited for."""
    off_body: str = ""
    """Text of the body that switches off, when the off call needs one."""
    opens: Literal["bucket", "service", ""] = ""
    """What needs it: everything else of its bucket, or what is no setting or service of it; "" = nothing."""
    form: Form | None = None
    """How the body of the on call is nested; None when it has none."""
    host: Host = "pic"
    console: str = ""
    """Where in the web console to do what has no call."""


@dataclass(frozen=True)
class JsonCollection:
    """Objects of a JSON API with an id of the server, a number: one action each to create, read, change, delete."""

    service: str
    """First label of the host: `vod`."""
    version: str
    create: str
    read: str
    """Reads by ids, or lists page by page."""
    update: str
    """Takes the whole object."""
    delete: str
    id: str
    """Parameter and key with the server's id."""
    id_field: str
    """The id's name as an output (`definition`)."""
    ids: str
    """Parameter of the read by ids."""
    many: str
    """Key of the objects in an answer."""
    own: str
    """The field that tells the account's own objects from presets of the system."""
    own_value: str
    """What that field holds for an object of the account's own."""
    presets_below: int
    """Ids below are those of presets, which nobody can change."""
    key: str = "name"
    """The field that a lost create is found again by."""
    unique: bool = False
    """Whether the server refuses a second object with the same key."""
    scope: Mapping[str, str] = field(default_factory=dict)
    """Parameters of every call, with the scope field that they are taken from; not sent while that is left out."""
    missing: tuple[str, ...] = ()
    """Codes by which a call about one object says that it is not there."""
    page_size: int = 100
    form: None = None
    """There is no nesting besides that of the fields themselves."""


@dataclass(frozen=True, kw_only=True)
class Action:
    """Runs: started by one call, read while they go on, never changed and never deleted."""

    id: str
    """Element or key with the server's id."""
    id_field: str
    """The id's name as an output (`job_id`)."""
    state: str
    """The output that says how far it is."""
    ends: tuple[str, ...]
    """States that never change again; a run in any other one still goes on."""
    success: str
    """The end that was wished for."""
    failure: str = ""
    """The output that is empty unless the run failed; "" = the state says so."""
    parts: str = ""
    """The output that lists the parts of a run, each of which has a `failure` as well; "" = there are none."""
    reasons: tuple[str, ...] = ("code", "message")
    """Outputs that say why it failed."""
    missing: tuple[str, ...] = ()
    """Codes by which a call about one run says that it is not known."""


@dataclass(frozen=True, kw_only=True)
class XmlAction(Action):
    """Runs of the XML API, which lists them."""

    start: Call
    path: str
    """Path of the list, and with `/<id>` of one run."""
    one: str
    """Path of the run in the answer to a read of one."""
    many: str
    """Repeated element of the list."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Query of the start, with the fields that it is taken from; with none of them the start has a body."""
    answered: str = ""
    """Path of the id in the answer to the start, when that does not show the run; "" = `one` and `id`."""
    padding: str = ""
    """Text that the answer to the start puts after the id, and nothing else does."""
    same: Mapping[str, str]
    """Query of the list with the fields that it is taken from, by which a run whose start was not answered is looked
    for."""
    newest: Mapping[str, str] = field(default_factory=dict)
    """Query of the list for its newest page."""
    cancel: str = ""
    """Query key of the call that cancels; "" = there is none."""
    absent: str = ""
    """Element of an answer that names a run which is not known; "" = there is none."""
    form: Form = Form()
    host: Host = "ci"


@dataclass(frozen=True, kw_only=True)
class JsonAction(Action):
    """Runs of a JSON API: one action starts a run, another one reads it; none lists or cancels them."""

    service: str
    """First label of the host: `mps`."""
    version: str
    start: str
    read: str
    """Takes the id alone."""
    same: tuple[str, ...] = ()
    """Fields that the read shows as they were sent, by which the answer to another start is known as such."""
    form: None = None
    """There is no nesting besides that of the fields themselves."""


Api = Collection | Named | Adopted | Switch | JsonCollection | XmlAction | JsonAction
