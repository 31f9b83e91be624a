"""Every behaviour of the cloud that no page settles, each with its reason, its alternatives and a switch."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError


@dataclass(frozen=True)
class Choices:
    """What the emulator does where the documents are silent or contradict themselves."""

    put_template: Literal["replace", "merge"] = "replace"
    """PUT of a template. The required parts are required again, so `replace`; a peer sends changed parts only, which
    would need `merge` (elements not sent are kept, below blocks too)."""
    answer_form: Literal["nested", "flat"] = "nested"
    """Answers of templates whose request is flat. Table and list examples nest (`TransTpl`); examples of create and
    update put the same blocks beside the envelope: `flat` (create and update only)."""
    unset: Literal["as-sent", "empty-elements", "with-defaults"] = "as-sent"
    """What lists show for elements that were not sent; examples show all three. Create and update echo what came."""
    update_envelope: Literal["full", "sparse"] = "full"
    """Whether the answer to an update has BucketId and Category: the table says so, most examples lack them."""
    name_scope: Literal["bucket", "bucket+tag"] = "bucket"
    """Where template names are unique (1112 gives no scope); the stricter one is assumed."""
    name_limit: int = 64
    """Longest template name; only newer pages state it. 0 = none."""
    template_limit: int = 0
    """Templates of a bucket before 1110; the number is not given. 0 = none."""
    workflow_limit: int = 0
    """Workflows of a bucket before 1120; the number is not given. 0 = none."""
    page_size_max: int = 100
    """Largest page; a larger pageSize is cut to it and the answer says so. Nowhere stated."""
    workflow_state: Literal["Paused", "Active"] = "Paused"
    """State of a workflow created without one; no default is stated."""
    put_active_workflow: Literal["refuse", "allow"] = "refuse"
    """1114 forbids to update an active workflow; the worked example of 103 does it."""
    delete_active_workflow: Literal["refuse", "allow"] = "refuse"
    """The pages are silent; seen refused with 1114 in practice."""
    toggle_answer: Literal["empty", "workflow"] = "empty"
    """Answer to `?active` and `?paused`. 103 shows no body at all; the official Python SDK fails on such an answer, so
    it may have been made for one that holds the workflow."""
    workflow_queues: Literal["fill", "as-sent", "require"] = "fill"
    """Queue ids left out of Start: required by 202, left out and answered in 103. `fill` keeps the old id, or takes the
    bucket's own queue."""
    workflow_events: Literal["as-sent", "start-added"] = "as-sent"
    """Events in lists of workflows: those that were sent, or `WorkflowStart` too, which the answers of 101 show and the
    table of 202 does not know."""
    node_names: Literal["prefixed", "free"] = "prefixed"
    """Whether a node's name must be `<Type>_<suffix>`, as the tables say, or may be anything, as seen in practice."""
    references: Literal["checked", "free"] = "checked"
    """Whether the templates and queues a workflow names must exist in its bucket (1107, 1106)."""
    style_put: Literal["overwrite", "reject", "reject-plain"] = "overwrite"
    """Adding a style whose name exists: no page says that it changes the style, and none has a code for a duplicate
    one. `reject`: refused with 1112, the only code of 201 for a name that is taken; `reject-plain`: with 1015."""
    style_missing: Literal["error", "empty"] = "error"
    """A query for one style that does not exist: error -60967, or an empty list."""
    style_delete_missing: Literal["ok", "error"] = "ok"
    """Deleting a style that does not exist."""
    style_limit: int = 100
    """Styles of a bucket before -60957. Source: 201."""
    hotlink_off: Literal["off", "kept", "bare"] = "off"
    """Answer while hotlink protection is off: Status and Type `off`; `kept`: Status off beside the last Type and Url;
    `bare`: Status alone."""
    bind_again: Literal["ok", "refuse"] = "ok"
    """Binding a bound bucket: idempotent, or 1100 BucketAlreadyBinded."""
    unbinding_reads: int = 0
    """How many reads answer `unbinding` after an unbind, before `off`. The third value is on newer pages."""
    binding_required: Literal["off", "on"] = "off"
    """Whether templates, queues, workflows, styles and switches need a bound bucket (1111). The binding that templates
    need is the media service's, which is another service."""
    queue_ids_max: int = 10
    """Most ids in one read of queues. 0 = none."""
    queue_by_id: Literal["any-category", "category"] = "any-category"
    """Whether a read of media queues by id also keeps to `category` (default Transcoding)."""
    missing_queues: Literal["documented", "text", "block"] = "documented"
    """Shape of NonExistPIDs: per service as the pages show, or one shape for all."""
    speech_category: str = ""
    """Category of a speech queue; the pages show none."""
    run_ends: Literal["at-once", "after-reads", "after-seconds"] = "at-once"
    """When a batch job, an execution of a workflow or an MPS task ends: as it starts, or `run_length` reads or seconds
    later. Until then it is under way. Nothing is said of how long one takes."""
    run_length: int = 3
    """How many reads or seconds a run takes."""
    run_end: Literal["Success", "Failed"] = "Success"
    """How runs end."""
    instance_id: Literal["run-id", "padded"] = "run-id"
    """What 104 answers: the id that 106 knows, or the same with the `=` that its example has at the end."""
    missing_job: Literal["listed", "error"] = "listed"
    """Answer about a batch job that is not there: NonExistJobIds, which the table of 199 has, or 1103."""
    vod_modify: Literal["replace", "merge"] = "replace"
    """ProcessImageConfigure in a Modify of a VOD template: not stated; the examples do not decide it."""
    vod_empty_text: Literal["clears", "ignored"] = "clears"
    """An empty Name or Comment in a Modify of a VOD template: not stated."""
    vod_template_limit: int = 50
    """Templates of a VOD application: 50 by the description, 100 by the error list. 0 = none."""
    vod_missing: Literal["empty", "error"] = "empty"
    """A read of a VOD template that is not there: an empty set, or an error; the page lists both."""
    throttle: Literal["off", "documented"] = "off"
    """Whether calls beyond the documented rates are refused: 1020, RequestLimitExceeded in JSON. No page says how
    strictly they are kept."""
    signed_host: Literal["required", "optional"] = "required"
    """Whether a COS signature must cover the host. The official SDKs sign it unless told not to, and warn that a
    signature without it is good for any bucket; whether the service takes one is not stated."""
    signature_seconds: int = 10_060
    """Longest validity of a COS signature. No page names a limit; this is the longest that an official SDK makes by
    itself (from a minute ago to 10,000 seconds ahead), so a longer one is a mistake. 0 = none."""
    unknown_keys: Literal["refuse", "take"] = "refuse"
    """Keys inside the parameters of a JSON action that no page has; a newer service may know them."""
    mps_missing: Literal[
        "ResourceNotFound.TaskNotFound", "FailedOperation.TaskNotFound", "InvalidParameterValue.TaskId"
    ] = "ResourceNotFound.TaskNotFound"
    """Code of a read of an MPS task that is not there: not stated for this action, others use each of them."""
    mps_failure: Literal["task", "part"] = "task"
    """Where a failed MPS task says so: it has an error of its own, or only its part does."""
    error_code: Literal["name", "number"] = "name"
    """What `Error/Code` holds. Source: 201 lists both."""
    statuses: dict[str, int] = field(default_factory=dict)
    """HTTP status by code where it should differ from `errors.CODES`, such as {"MissingAuthorization": 401}."""

    @classmethod
    def read(cls, path: Path) -> Choices:
        """The choices in a YAML file, such as `pulumi-ci probe --output` writes; what it does not name is as here.

        Raises OSError when there is no such file, ValueError naming what is wrong with it.
        """
        import yaml

        try:
            words = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise ValueError(f"{path} is not a YAML file: {error}") from None
        if not isinstance(words, dict) or not all(isinstance(name, str) for name in words):
            raise ValueError(f"{path} does not map choices to their values")
        try:
            return cls().changed(words)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None

    def changed(self, changes: Mapping[str, Any]) -> Choices:
        """These choices with some of them changed. Raises ValueError naming what is wrong."""
        known = dataclasses.asdict(self)
        unknown = sorted(changes.keys() - known.keys())
        if unknown:
            raise ValueError(f"no such choice: {', '.join(unknown)}; there are {', '.join(sorted(known))}")
        try:
            return TypeAdapter(Choices).validate_python({**known, **changes})
        except ValidationError as error:
            reasons = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
            raise ValueError("; ".join(reasons)) from None
