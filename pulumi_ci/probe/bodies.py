"""Request bodies of the experiments, written out as the pages show them. Source: 030, 100, 165, 168, 170, 196."""

from __future__ import annotations

RULE, OTHER_RULE = "imageMogr2/rotate/90", "imageMogr2/rotate/180"
"""Bodies of styles."""


def snapshot(name: str, more: str = "") -> str:
    """A template for screenshots."""
    inner = f"<Mode>Average</Mode><Count>1</Count>{more}" if more else "<Count>1</Count>"
    return f"<Request><Tag>Snapshot</Tag><Name>{name}</Name><Snapshot>{inner}</Snapshot></Request>"


def animation(name: str) -> str:
    """A template for animations."""
    return f"<Request><Tag>Animation</Tag><Name>{name}</Name><Container><Format>hgif</Format></Container></Request>"


def transcode(name: str) -> str:
    """A template for transcoding, whose request is flat."""
    return (
        f"<Request><Tag>Transcode</Tag><Name>{name}</Name><Container><Format>mp4</Format></Container>"
        "<Video><Codec>H.264</Codec></Video><Audio><Codec>aac</Codec></Audio>"
        "<TransConfig><IsHdr2Sdr>true</IsHdr2Sdr></TransConfig></Request>"
    )


def flow(
    name: str, folder: str, bucket: str, region: str, *, template: str, queue: str, state: str, node: str, notify: str
) -> str:
    """A workflow that takes screenshots of what is put into a folder."""
    state = f"<State>{state}</State>" if state else ""
    queue = f"<QueueId>{queue}</QueueId>" if queue else ""
    return (
        f"<Request><MediaWorkflow><Name>{name}</Name>{state}<Topology>"
        f"<Dependencies><Start>{node}</Start><{node}>End</{node}></Dependencies><Nodes>"
        f"<Start><Type>Start</Type><Input>{queue}<ObjectPrefix>{folder}</ObjectPrefix>{notify}</Input></Start>"
        f"<{node}><Type>Snapshot</Type><Operation><TemplateId>{template}</TemplateId><Output><Region>{region}</Region>"
        f"<Bucket>{bucket}</Bucket><Object>{folder}out-${{Number}}.jpg</Object></Output></Operation></{node}>"
        "</Nodes></Topology></MediaWorkflow></Request>"
    )


NOTIFY = (
    "<NotifyConfig><State>On</State><Type>Url</Type><Url>http://callback.invalid/</Url><Event>TaskFinish</Event>"
    "</NotifyConfig>"
)
"""A callback that reaches nobody."""


def job(name: str, folder: str, queue: str) -> str:
    """A batch job for the objects in a folder."""
    return (
        f"<Request><Name>{name}</Name><Type>Job</Type><Input><Prefix>{folder}</Prefix></Input><Operation>"
        f"<Tag>MediaInfo</Tag><JobParam></JobParam><QueueId>{queue}</QueueId></Operation></Request>"
    )
