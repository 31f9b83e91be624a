"""Answers of more than one shape that mean the same."""

from __future__ import annotations

import pytest

from pulumi_ci.kinds.transcode_template import TranscodeTemplate
from pulumi_ci.kinds.watermark_template import WatermarkTemplate
from pulumi_ci.kinds.workflow import Workflow
from pulumi_ci.model.shape import Leaf
from pulumi_ci.wire import xml

MIX = "<{0}><AudioSource>https://h/{1}.mp3</AudioSource></{0}>"
HEAD = "<Template><Tag>Transcode</Tag><TemplateId>t1</TemplateId><Name>n</Name>"


def transcode(body: str) -> xml.Values:
    values, carried = xml.decode(TranscodeTemplate, xml.parse(f"{HEAD}{body}</Template>"), TranscodeTemplate.api.form)
    assert carried == {}
    return values


def test_single_audio_mix_is_a_list_of_one() -> None:
    assert transcode(MIX.format("AudioMix", "a"))["audio_mix"] == [{"audio_source": "https://h/a.mp3"}]


@pytest.mark.parametrize("names", [("AudioMix", "AudioMixArray"), ("AudioMixArray", "AudioMix")])
def test_audio_mix_array_wins(names: tuple[str, str]) -> None:
    mixed = transcode("".join(MIX.format(name, name) for name in names))["audio_mix"]
    assert mixed == [{"audio_source": "https://h/AudioMixArray.mp3"}]


def test_audio_mix_is_written_as_array() -> None:
    values = transcode(MIX.format("AudioMix", "a"))
    root = xml.encode(TranscodeTemplate, values, TranscodeTemplate.api.form)
    assert root.find("AudioMix") is None
    assert root.findtext("AudioMixArray/AudioSource") == "https://h/a.mp3"


@pytest.mark.parametrize(("text", "value"), [("5", 5), ("5s", 5), ("2.5s", 2.5), ("5m", "5m"), ("s", "s")])
def test_seconds_may_carry_their_unit(text: str, value: object) -> None:
    body = f"<Container><Format>hls</Format><ClipConfig><Duration>{text}</Duration></ClipConfig></Container>"
    assert transcode(body)["container"] == {"format": "hls", "clip_config": {"duration": value}}


@pytest.mark.parametrize("wrap", ["{}", "<TransTpl>{}</TransTpl>"])
def test_flat_and_nested_transcode_read_alike(wrap: str) -> None:
    body = "<Audio><Samplerate>44100</Samplerate><Channels>3</Channels></Audio><Video/>"
    assert transcode(wrap.format(body)) == {"name": "n", "audio": {"samplerate": 44100, "channels": 3}, "video": {}}


def test_absent_stream_stays_absent() -> None:
    assert transcode("<Container><Format>mp3</Format></Container>").keys() == {"name", "container"}


def test_nodes_of_unknown_type_are_carried() -> None:
    text = (
        "<MediaWorkflow><Name>w</Name><WorkflowId>w1</WorkflowId><Topology><Dependencies><Start> New_a , New_b</Start>"
        "</Dependencies><Nodes><Start><Type>Start</Type><Input><ObjectPrefix>p</ObjectPrefix><Later>x</Later></Input>"
        "</Start><New_a><Type>New</Type><Operation><Deep>1</Deep></Operation></New_a></Nodes></Topology></MediaWorkflow>"
    )
    values, carried = xml.decode(Workflow, xml.parse(text), Workflow.api.form)
    assert values["nodes"] == {"Start": {"type": "Start", "object_prefix": "p"}}
    assert values["dependencies"] == {"Start": ["New_a", "New_b"]}
    root = xml.encode(Workflow, values, Workflow.api.form, carried)
    assert root.findtext("MediaWorkflow/Topology/Nodes/New_a/Operation/Deep") == "1"
    assert root.findtext("MediaWorkflow/Topology/Nodes/Start/Input/Later") == "x"
    assert root.find("MediaWorkflow/WorkflowId") is None


def test_addresses_are_compared_decoded() -> None:
    shape = WatermarkTemplate.fields()["image"].shape
    url = shape.nodes[0].fields()["url"].shape if not isinstance(shape, Leaf) else None  # type: ignore[union-attr]
    assert isinstance(url, Leaf)
    assert url.normal("http://h/a%20b.png") == url.normal("http://h/a b.png") != url.normal("http://h/a%2520b.png")
