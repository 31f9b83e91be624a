"""What the emulator refuses, as the cloud would: hosts, paths, parameters and bodies."""

import base64
import hashlib
from typing import Any

import pytest
import requests
from conftest import BUCKET, REGION, Send, parse

from pulumi_ci.emulator import Choices, Server

SNAPSHOT = "<Request><Tag>Snapshot</Tag><Name>a</Name><Snapshot><Count>1</Count></Snapshot></Request>"


def code(answer: requests.Response) -> str:
    return parse(answer.content).findtext("Code") or ""


def template(tag: str = "Snapshot", name: str = "a", body: str = "<Snapshot><Count>1</Count></Snapshot>") -> str:
    return f"<Request><Tag>{tag}</Tag><Name>{name}</Name>{body}</Request>"


@pytest.mark.parametrize(
    ("method", "path", "body", "family", "refusal"),
    [
        ("POST", "/template", "", "ci", "MissingContent"),
        ("POST", "/template", "<Request>", "ci", "InvalidContent"),
        ("POST", "/template", "no xml", "ci", "InvalidContent"),
        ("POST", "/template", "<Other/>", "ci", "InvalidContent"),
        ("POST", "/template", "<!DOCTYPE a [<!ENTITY b 'c'>]>" + SNAPSHOT, "ci", "InvalidContent"),
        ("POST", "/template", template(tag=""), "ci", "InvalidArgument"),
        ("POST", "/template", template(tag="Nonsense"), "ci", "InvalidArgument"),
        ("POST", "/template", template(name=""), "ci", "InvalidArgument"),
        ("POST", "/template", template(name="a b"), "ci", "InvalidArgument"),
        ("POST", "/template", template(name="a" * 65), "ci", "InvalidArgument"),
        ("POST", "/template", template(body=""), "ci", "InvalidArgument"),
        ("POST", "/template", template(body="<Snapshot><Count></Count></Snapshot>"), "ci", "InvalidArgument"),
        ("POST", "/template?tag=Snapshot", SNAPSHOT, "ci", "InvalidArgument"),
        ("PUT", "/template/t1none", SNAPSHOT, "ci", "TemplateNotFound"),
        ("DELETE", "/template/t1none", "", "ci", "TemplateNotFound"),
        ("GET", "/template?tag=Nonsense", "", "ci", "InvalidArgument"),
        ("GET", "/template?category=Mine", "", "ci", "InvalidArgument"),
        ("GET", "/template?pageNumber=0", "", "ci", "InvalidArgument"),
        ("GET", "/template?pageSize=many", "", "ci", "InvalidArgument"),
        ("GET", "/template?size=10", "", "ci", "InvalidArgument"),
        ("GET", "/queue?state=Broken", "", "ci", "InvalidArgument"),
        ("GET", "/queue?category=Nonsense", "", "ci", "InvalidArgument"),
        ("GET", "/docqueue?category=CateAll", "", "ci", "InvalidArgument"),
        ("GET", "/queue?queueIds=1,2,3,4,5,6,7,8,9,10,11", "", "ci", "InvalidArgument"),
        ("PUT", "/queue/pnone", "<Request/>", "ci", "QueueNotFound"),
        ("PUT", "/workflow/wnone?paused", "", "ci", "ResourceNotFound"),
        ("DELETE", "/workflow/wnone", "", "ci", "ResourceNotFound"),
        ("POST", "/workflow", "<Request/>", "ci", "InvalidArgument"),
        ("PUT", "/?style", "", "pic", "MissingContent"),
        ("PUT", "/?style", "<AddStyle><StyleName>a</StyleName></AddStyle>", "pic", "InvalidArgument"),
        ("PUT", "/?style", "<DeleteStyle><StyleName>a</StyleName></DeleteStyle>", "pic", "InvalidContent"),
        ("GET", "/?style&style-name=none", "", "pic", "-60967"),
        ("PUT", "/?hotlink", "<Hotlink><Type>grey</Type></Hotlink>", "pic", "InvalidArgument"),
        ("PUT", "/?hotlink", "<Hotlink><Type>white</Type></Hotlink>", "pic", "InvalidArgument"),
        ("PUT", "/?hdr", "", "pic", "NotImplemented"),
        ("GET", "/picbucket", "", "ci", "NotImplemented"),
        ("GET", "/a.jpg?ci-process=ImageInspect", "", "cos", "NotImplemented"),
    ],
)
def test_refused(send: Send, method: str, path: str, body: str, family: str, refusal: str) -> None:
    answer = send(method, path, body, family)
    assert code(answer) == refusal
    assert answer.status_code == {"NotImplemented": 501}.get(refusal, 404 if refusal.endswith("NotFound") else 400)


def test_what_is_not_emulated_is_named(send: Send) -> None:
    assert "PUT /?hdr on pic" in send("PUT", "/?hdr", "", "pic").text


def test_hosts(ci_emulator: Server, send: Send, session: requests.Session) -> None:
    assert code(session.get(f"{ci_emulator.url}/template")) == "InvalidHost"
    assert code(send("GET", "/template", headers={"Host": "example.com"})) == "InvalidHost"
    assert code(send("GET", "/template", bucket="")) == "InvalidHost"
    assert send("GET", "/template", headers={"Host": f"{BUCKET}.ci.{REGION}.myqcloud.com:80"}).status_code == 200


def test_a_wrong_digest_and_a_wrong_type_are_refused(send: Send) -> None:
    digest = base64.b64encode(hashlib.md5(SNAPSHOT.encode(), usedforsecurity=False).digest()).decode()
    assert code(send("POST", "/template", SNAPSHOT, headers={"Content-MD5": digest[::-1]})) == "InvalidContent"
    assert code(send("POST", "/template", SNAPSHOT, headers={"Content-Type": "text/plain"})) == "InvalidContentType"
    assert send("POST", "/template", SNAPSHOT, headers={"Content-MD5": digest}).status_code == 200


def test_a_changed_request_does_not_match_its_signature(
    ci_emulator: Server, send: Send, session: requests.Session
) -> None:
    request = send("GET", "/template?tag=All&name=a").request
    assert request.url is not None
    for url in (request.url.replace("tag=All", "tag=Snapshot"), request.url.replace("/template", "/workflow")):
        changed = requests.Request("GET", url, headers=dict(request.headers)).prepare()
        assert code(session.send(changed)) == "InvalidAuthorization"
    for text in ("q-sign-algorithm=sha1", "Basic abc", request.headers["Authorization"].replace("sha1", "md5")):
        changed = requests.Request("GET", request.url, headers={**request.headers, "Authorization": text}).prepare()
        assert code(session.send(changed)) == "InvalidAuthorization"


def test_an_empty_parameter_is_absent(send: Send) -> None:
    answer = send("GET", "/template?tag=&category=&ids=&name=&pageNumber=&pageSize=")
    assert parse(answer.content).findtext("PageSize") == "10"


def test_a_name_is_taken_once(ci_emulator: Server, send: Send) -> None:
    other = template("Watermark", "a", _watermark())
    made = parse(send("POST", "/template", SNAPSHOT).content).findtext("Template/TemplateId")
    for again in (SNAPSHOT, other):
        answer = send("POST", "/template", again)
        assert (code(answer), answer.status_code) == ("TemplateNameDuplicate", 409)
    assert send("PUT", f"/template/{made}", SNAPSHOT).status_code == 200
    assert code(send("PUT", f"/template/{made}", other)) == "InvalidArgument"
    ci_emulator.emulator.choices = Choices(name_scope="bucket+tag")
    assert send("POST", "/template", other).status_code == 200


def _watermark() -> str:
    leaves = {"Type": "Text", "Pos": "Top", "LocMode": "Absolute", "Dx": "1", "Dy": "1"}
    return "<Watermark>" + "".join(f"<{name}>{text}</{name}>" for name, text in leaves.items()) + "</Watermark>"


def _flow(edges: dict[str, str], nodes: dict[str, str], **start: str) -> str:
    output = "<Output><Region>r</Region><Bucket>b</Bucket><Object>o</Object></Output>"
    needs = {
        "SCF": "<SCF><Region>r</Region><FunctionName>f</FunctionName></SCF>",
        "Segment": f"<Segment><Format>mp4</Format></Segment>{output}",
    }
    texts = []
    for name, type in nodes.items():
        if name == "Start":
            given = "".join(f"<{key}>{text}</{key}>" for key, text in start.items())
            texts.append(f"<Start><Type>{type}</Type><Input><ObjectPrefix>in/</ObjectPrefix>{given}</Input></Start>")
        else:
            body = needs.get(type, f"{output}")
            texts.append(f"<{name}><Type>{type}</Type><Operation>{body}</Operation></{name}>")
    lines = "".join(f"<{name}>{targets}</{name}>" for name, targets in edges.items())
    topology = f"<Dependencies>{lines}</Dependencies><Nodes>{''.join(texts)}</Nodes>"
    return f"<Request><MediaWorkflow><Name>a</Name><Topology>{topology}</Topology></MediaWorkflow></Request>"


GOOD: dict[str, Any] = {
    "edges": {"Start": "Transcode_1", "Transcode_1": "Segment_1, SCF_1", "Segment_1": "End", "SCF_1": "End"},
    "nodes": {"Start": "Start", "Transcode_1": "Transcode", "Segment_1": "Segment", "SCF_1": "SCF"},
}


@pytest.mark.parametrize(
    ("edges", "nodes", "reason"),
    [
        ({}, {"Start": "Transcode"}, "V1: Type of Start"),
        ({"Start": ""}, {}, "V2: no successor of Start"),
        ({}, {"Transcode_1": "Concat"}, "V3: prefix and Type differ"),
        ({}, {"SCF_1": "Nonsense"}, "an unknown Type"),
        ({"SCF_1": None}, {}, "V4: a node that is no key"),
        ({"SCF_2": "End"}, {}, "V4: a key that is no node"),
        ({"SCF_1": "SCF_9"}, {}, "V4: an edge to nowhere"),
        ({"Segment_1": "SCF_1"}, {}, "V5: SCF may not follow Segment"),
        ({"Start": "End"}, {}, "V5: Start may not end"),
        ({"SCF_1": "Transcode_1,End"}, {}, "V6: End stands alone"),
        ({"SCF_1": "Transcode_1"}, {}, "V7: a cycle"),
        ({"Transcode_1": "Segment_1"}, {}, "V7: a node out of reach"),
        (
            {"Start": "StreamPackConfig_1,StreamPackConfig_2"}
            | {f"StreamPackConfig_{n}": f"VideoStream_{n}" for n in (1, 2)}
            | {f"VideoStream_{n}": f"StreamPack_{n}" for n in (1, 2)}
            | {f"StreamPack_{n}": "End" for n in (1, 2)},
            {f"{type}_{n}": type for type in ("StreamPackConfig", "VideoStream", "StreamPack") for n in (1, 2)},
            "V8: one StreamPackConfig",
        ),
    ],
)
def test_topologies(send: Send, edges: dict[str, Any], nodes: dict[str, str], reason: str) -> None:
    assert send("POST", "/workflow", _flow(**GOOD)).status_code == 200
    merged = {name: targets for name, targets in {**GOOD["edges"], **edges}.items() if targets is not None}
    answer = send("POST", "/workflow", _flow(merged, {**GOOD["nodes"], **nodes}))
    assert code(answer) == "InvalidArgument", reason


def test_references(ci_emulator: Server, send: Send) -> None:
    body = _flow(**GOOD).replace("<Operation><Output>", "<Operation><TemplateId>t1none</TemplateId><Output>")
    assert code(send("POST", "/workflow", body)) == "TemplateNotFound"
    assert code(send("POST", "/workflow", _flow(**GOOD, QueueId="pnone"))) == "QueueNotFound"
    ci_emulator.emulator.choices = Choices(references="free")
    assert send("POST", "/workflow", body).status_code == 200
