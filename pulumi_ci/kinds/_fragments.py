"""Parts that several kinds share: names, times, the template envelope, call-backs of queues and workflows."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit

from pulumi_ci.model.api import Collection, Form
from pulumi_ci.model.kind import BucketKind
from pulumi_ci.model.marks import (
    AutoName,
    Computed,
    Grammar,
    Joined,
    Length,
    Matches,
    PerEnvironment,
    Range,
    ServerDefault,
    Unordered,
    Wire,
)
from pulumi_ci.model.node import Node, rule

_WORD = r"[A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff*-]+"

Words = Matches(_WORD, "Chinese characters, Latin letters, digits, _, - and *", "thumbs-1")
"""The alphabet of names and of texts that are painted into videos."""


# The grammar of rules is loaded by the first rule: most kinds have none, and each run begins by loading its kinds.
def _style_failure(body: str) -> str | None:
    from pulumi_ci import image

    errors = [finding for finding in image.validate(body) if finding.severity == "error"]
    return "; ".join(str(error) for error in errors) or None


def _style_normal(body: str) -> str:
    from pulumi_ci import image

    return image.normal_form(body)


StyleBody = Grammar(
    failure=_style_failure,
    normal=_style_normal,
    words="an image-processing rule such as imageMogr2/thumbnail/640x",
    examples=("imageMogr2/thumbnail/640x/quality/85", "imageMogr2/format/png", "imageMogr2/rotate/90"),
)
"""Image processing of one picture, as `pulumi_ci.image` builds it. Source: 010-043."""


def _address_failure(text: str) -> str | None:
    parts = urlsplit(text)
    whole = parts.scheme in ("http", "https") and parts.hostname and parts.path.strip("/")
    return None if whole else f"{text!r} is no address of an object, such as https://BUCKET.cos.REGION.myqcloud.com/KEY"


ObjectAddress = Grammar(
    failure=_address_failure,
    normal=unquote,
    words="the address of an object, with http:// or https://",
    examples=("https://media-1250000000.cos.ap-beijing.myqcloud.com/brand/logo.png", "http://h/a%20b", "http://h/b"),
)
"""Address of an object in the bucket; percent-encoded or not, it means the same. Source: 170, 176."""

Pixels = Range(128, 4096, unit="px")
Seconds = Range(ge=0, unit="seconds")


def template(tag: str, body: str = "", answers: tuple[str, ...] | None = None) -> Collection:
    """The calls of a media template: one path for all kinds, told apart by `Tag`. Source: 165-195."""
    return Collection(
        path="/template",
        id="TemplateId",
        id_field="template_id",
        one="Template",
        many="TemplateList",
        form=Form(
            body=body,
            answers=answers if answers is not None else (body,),
            constants={"Tag": tag},
            ignored=("TemplateId", "BucketId", "Category", "State", "UpdateTime"),
        ),
        query={"tag": tag, "category": "Custom"},
        absent="NonExistTIDs",
        missing=("TemplateNotFound", "1107"),
    )


class Template(BucketKind):
    """A media template."""

    name: Annotated[str, Wire("/Name"), Words, Length(64), AutoName()]
    """Name, unique in the bucket: Chinese characters, letters, digits, `_`, `-`, `*`. Changed in place."""
    create_time: Annotated[str | None, Wire("/CreateTime"), Computed()] = None
    """When it was made, such as `2024-05-06T10:20:30+0800`."""


Event = Literal["TaskFinish", "WorkflowFinish", "WorkflowStart"]


class NotifyConfig(Node):
    """Where and when the service reports: an HTTP address or a TDMQ topic. Source: 073, 202."""

    state: Annotated[Literal["On", "Off"] | None, ServerDefault("Off")] = None
    """Whether anything is sent at all."""
    event: Annotated[list[Event] | None, Joined(), Unordered()] = None
    """What is reported."""
    result_format: Annotated[Literal["XML", "JSON"] | None, ServerDefault("XML")] = None
    """Format of the report."""
    type: Literal["Url", "TDMQ"] | None = None
    """Whether `url` or the three `mq_` fields say where to."""
    url: Annotated[str | None, PerEnvironment("callback_url")] = None
    """Public address that receives the report by POST."""
    mq_mode: Annotated[Literal["Queue", "Topic"] | None, ServerDefault("Queue")] = None
    """Whether the TDMQ name is a queue or a topic."""
    mq_region: Literal["sh", "bj", "gz", "cd", "hk"] | None = None
    """Region of the TDMQ."""
    mq_name: Annotated[str | None, PerEnvironment("callback_topic")] = None
    """Name of the TDMQ topic or queue."""

    @rule("event", "state")
    def _on_needs_event(event: list[str] | None, state: str | None) -> str | None:
        """`event` is required while `state` is On."""
        return "is required while state is On" if state == "On" and not event else None

    @rule("type", "state")
    def _on_needs_type(type: str | None, state: str | None) -> str | None:
        """`type` is required while `state` is On."""
        return "is required while state is On: Url or TDMQ" if state == "On" and type is None else None

    @rule("url", "type", "state")
    def _url_needs_address(url: str | None, type: str | None, state: str | None) -> str | None:
        """`url` is required for type Url while `state` is On."""
        return "is required for type Url" if state == "On" and type == "Url" and not url else None

    @rule("mq_region", "type", "state")
    def _tdmq_needs_region(mq_region: str | None, type: str | None, state: str | None) -> str | None:
        """`mq_region` is required for type TDMQ while `state` is On."""
        return "is required for type TDMQ" if state == "On" and type == "TDMQ" and mq_region is None else None

    @rule("mq_name", "type", "state")
    def _tdmq_needs_name(mq_name: str | None, type: str | None, state: str | None) -> str | None:
        """`mq_name` is required for type TDMQ while `state` is On."""
        return "is required for type TDMQ" if state == "On" and type == "TDMQ" and not mq_name else None
