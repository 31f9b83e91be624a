"""Right answers that are changed on request, as the bytes that a plain client sees."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from by_hand import Raw, exchange, tc3, vod, xml
from conftest import BUCKET, REGION

from pulumi_ci.emulator import Server

ID = "ZW11bGF0b3ItMDAwMDAwMDE="
"""Request id of the first call."""
ROW = (
    "<TemplateList><TemplateId>t{0}</TemplateId><Name>{1}</Name><Tag>Snapshot</Tag><BucketId>demo-1250000000</BucketId>"
    "<Category>Custom</Category><Snapshot><Count>{0}</Count><Black>true</Black></Snapshot>"
    "<CreateTime>1970-01-01T08:00:00+0800</CreateTime><UpdateTime>1970-01-01T08:00:00+0800</UpdateTime></TemplateList>"
)
HEAD = f"<RequestId>{ID}</RequestId><TotalCount>2</TotalCount><PageNumber>1</PageNumber><PageSize>10</PageSize>"
LIST = f"<Response>{HEAD}{ROW.format(1, 'a')}{ROW.format(2, '640')}</Response>"
ITEM = (
    '{{"Definition": {0}, "Type": "Custom", "Name": "{1}", "Comment": "", "CreateTime": "1970-01-01T00:00:00Z", '
    '"UpdateTime": "1970-01-01T00:00:00Z", "ProcessImageConfigure": {{"EncodeConfig": {{"Quality": 80, "On": "ON", '
    '"Sure": true}}, "EnhanceConfig": null, "BeautyConfig": null, "AiCutOutConfig": null}}}}'
)
SET = (
    f'{{"Response": {{"TotalCount": 2, "ProcessImageAsyncTemplateSet": [{ITEM.format(30001, "a")}, '
    f'{ITEM.format(30002, "640")}], "RequestId": "{ID}"}}}}'
)
HOTLINK = "<Hotlink><Status>on</Status><Type>white</Type><Url>a.com</Url></Hotlink>"


@pytest.fixture
def cloud(ci_emulator: Server) -> Server:
    """Two templates of each kind of service, and a switch."""
    emulator = ci_emulator.emulator
    emulator.frozen = 0.0
    template = (
        "<Request><Tag>Snapshot</Tag><Name>{1}</Name><Snapshot><Count>{0}</Count><Black>true</Black></Snapshot>"
        "</Request>"
    )
    body = '{{"Name":"{}","ProcessImageConfigure":{{"EncodeConfig":{{"Quality":80,"On":"ON","Sure":true}}}}}}'
    for number, name in ((1, "a"), (2, "640")):
        emulator.edit(BUCKET, REGION, "template", id=f"t{number}", xml=template.format(number, name))
        emulator.edit("0", "", "vod-template", id=str(30_000 + number), xml=body.format(name))
    emulator.edit(BUCKET, REGION, "hotlink", xml=HOTLINK)
    return ci_emulator


def in_xml(cloud: Server) -> str:
    answer = xml(cloud, "GET", "/template")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/xml")
    return answer.body.decode()


def in_json(cloud: Server) -> str:
    answer = vod(cloud, "Describe")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    return answer.body.decode()


def hotlink(cloud: Server) -> str:
    return xml(cloud, "GET", "/?hotlink", family="pic").body.decode()


def test_unchanged(cloud: Server) -> None:
    assert in_xml(cloud) == LIST
    assert in_json(cloud).replace("MDI=", "MDE=") == SET
    assert hotlink(cloud) == HOTLINK


def test_without_request_id(cloud: Server) -> None:
    cloud.emulator.faults.add("anonymous")
    answers = [
        xml(cloud, "GET", "/template"),
        vod(cloud, "Describe"),
        xml(cloud, "GET", "/?hotlink", family="pic"),
        xml(cloud, "DELETE", "/template/none"),
        vod(cloud, "Delete", Definition=40_000),
        xml(cloud, "DELETE", "/template/t1"),
    ]
    bodies = [answer.body.decode() for answer in answers]
    assert bodies[0] == LIST.replace(f"<RequestId>{ID}</RequestId>", "")
    assert bodies[1] == SET.replace(f', "RequestId": "{ID}"', "")
    assert bodies[2] == HOTLINK
    assert bodies[3] == (
        "<Error><Code>TemplateNotFound</Code><Message>the bucket has no template none</Message>"
        "<Resource>/template/none</Resource></Error>"
    )
    assert json.loads(bodies[4])["Response"].keys() == {"Error"}
    assert bodies[5] == "<Response><TemplateId>t1</TemplateId></Response>"
    assert [answer.status for answer in answers] == [200, 200, 200, 404, 200, 200]
    assert not [name for answer in answers for name in answer.headers if name.endswith(("request-id", "trace-id"))]
    assert [item.id for item in cloud.emulator.objects if item.kind == "template"] == ["t2"], "the call is done"


@pytest.mark.parametrize(
    ("form", "rows", "items"),
    [
        ("", [1, 1, 2, 2], [1, 1, 2, 2]),
        ("twice", [1, 1, 2, 2], [1, 1, 2, 2]),
        ("reversed", [2, 1], [2, 1]),
    ],
)
def test_rows(cloud: Server, form: str, rows: list[int], items: list[int]) -> None:
    cloud.emulator.faults.add("rows", form=form)
    names = {1: "a", 2: "640"}
    assert in_xml(cloud) == f"<Response>{HEAD}{''.join(ROW.format(row, names[row]) for row in rows)}</Response>"
    found = json.loads(in_json(cloud))["Response"]
    assert [item["Definition"] - 30_000 for item in found["ProcessImageAsyncTemplateSet"]] == items
    assert found["TotalCount"] == 2
    assert hotlink(cloud) == HOTLINK


def test_rows_of_a_list_of_styles(cloud: Server) -> None:
    for name in "ab":
        body = f"<AddStyle><StyleName>{name}</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></AddStyle>"
        cloud.emulator.edit(BUCKET, REGION, "style", name=name, xml=body)
    cloud.emulator.faults.add("rows", form="reversed")
    rule = "<StyleRule><StyleName>{}</StyleName><StyleBody>imageMogr2/rotate/90</StyleBody></StyleRule>"
    answer = xml(cloud, "GET", "/?style", family="pic").body.decode()
    assert answer == f"<StyleList>{rule.format('b')}{rule.format('a')}</StyleList>"


def test_rows_are_those_of_reads(cloud: Server) -> None:
    cloud.emulator.faults.add("rows")
    made = xml(
        cloud,
        "POST",
        "/template",
        "<Request><Tag>Snapshot</Tag><Name>c</Name><Snapshot><Count>1</Count></Snapshot></Request>",
    )
    assert made.body.count(b"<Template>") == 1
    missing = xml(cloud, "GET", "/template?ids=t1,none").body
    assert (missing.count(b"<TemplateList>"), missing.count(b"<NonExistTIDs>")) == (2, 1)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0", "0"),
        ("-1", "-1"),
        ("1000000", "1000000"),
        ("9" * 5_000, "9" * 5_000),
        ("²", '"²"'),
        ("01", '"01"'),
        ("many", '"many"'),
        (" 2", '" 2"'),
    ],
)
def test_wrong_counts(cloud: Server, text: str, written: str) -> None:
    cloud.emulator.faults.add("count", text=text)
    assert in_xml(cloud) == LIST.replace("<TotalCount>2</TotalCount>", f"<TotalCount>{text}</TotalCount>")
    assert in_json(cloud).replace("MDI=", "MDE=") == SET.replace('"TotalCount": 2', f'"TotalCount": {written}')
    assert hotlink(cloud) == HOTLINK


def test_no_count(cloud: Server) -> None:
    cloud.emulator.faults.add("count", text="")
    assert in_xml(cloud) == LIST.replace("<TotalCount>2</TotalCount>", "")
    assert in_json(cloud).replace("MDI=", "MDE=") == SET.replace('"TotalCount": 2, ', "")


@pytest.mark.parametrize(
    ("form", "in_text", "status", "in_number"),
    [
        ("upper", {"true": "TRUE"}, "ON", {"true": '"TRUE"'}),
        ("title", {"true": "True"}, "On", {"true": '"True"', '"ON"': '"On"'}),
        ("decimal", {">1<": ">1.0<", ">2<": ">2.0<", ">10<": ">10.0<"}, "on", {" 2,": " 2.0,", " 80,": " 80.0,"}),
        ("zeros", {">1<": ">01<", ">2<": ">02<", ">10<": ">010<"}, "on", {" 2,": ' "02",', " 80,": ' "080",'}),
        ("plus", {">1<": ">+1<", ">2<": ">+2<", ">10<": ">+10<"}, "on", {" 2,": ' "+2",', " 80,": ' "+80",'}),
    ],
)
def test_other_spellings(
    cloud: Server, form: str, in_text: dict[str, str], status: str, in_number: dict[str, str]
) -> None:
    cloud.emulator.faults.add("spelling", form=form)
    wanted, item = LIST, SET
    for old, new in in_text.items():
        wanted = wanted.replace(old, new)
    for old, new in in_number.items():
        item = item.replace(old, new)
    assert in_xml(cloud) == wanted, "names and ids stay"
    assert in_json(cloud).replace("MDI=", "MDE=") == item
    assert hotlink(cloud) == HOTLINK.replace("on<", f"{status}<")
    assert (
        xml(cloud, "GET", "/").body.decode()
        == f'{{"CIStatus": "{ {"upper": "OFF", "title": "Off"}.get(form, "off") }"}}'
    )


def test_fractions_and_negative_numbers(cloud: Server) -> None:
    cloud.emulator.edit(BUCKET, REGION, "template", id="t1", set={"Snapshot/Black": "-2.5"})
    for form, text in {"decimal": "-2.50", "zeros": "-02.5", "plus": "-2.5"}.items():
        cloud.emulator.faults.clear()
        cloud.emulator.faults.add("spelling", form=form)
        assert f"<Black>{text}</Black>" in in_xml(cloud)


def test_unknown_elements(cloud: Server) -> None:
    cloud.emulator.faults.add("unknown")
    assert in_xml(cloud) == (
        LIST.replace("<Response>", "<Response><Unknown>1</Unknown>")
        .replace("<TemplateList>", "<TemplateList><Unknown>1</Unknown>")
        .replace("<Snapshot>", "<Snapshot><Unknown>1</Unknown>")
        .replace("</Response>", "<UnknownBlock><Unknown>1</Unknown></UnknownBlock></Response>")
    )
    found = json.loads(in_json(cloud))["Response"]
    item = found["ProcessImageAsyncTemplateSet"][0]
    blocks = [found, item, item["ProcessImageConfigure"], item["ProcessImageConfigure"]["EncodeConfig"]]
    assert [block["Unknown"] for block in blocks] == ["1"] * 4
    assert found["UnknownBlock"] == {"Unknown": "1"}
    assert hotlink(cloud) == HOTLINK.replace("<Hotlink>", "<Hotlink><Unknown>1</Unknown>").replace(
        "</Hotlink>", "<UnknownBlock><Unknown>1</Unknown></UnknownBlock></Hotlink>"
    )


def test_an_unknown_element_is_no_node_of_a_workflow(cloud: Server) -> None:
    flow = (
        "<Request><MediaWorkflow><Name>f</Name><State>Paused</State><Topology><Dependencies><Start>SCF_1</Start>"
        "<SCF_1>End</SCF_1></Dependencies><Nodes><SCF_1><Type>SCF</Type></SCF_1></Nodes></Topology></MediaWorkflow></Request>"
    )
    cloud.emulator.edit(BUCKET, REGION, "workflow", id="w1", xml=flow)
    cloud.emulator.faults.add("unknown")
    answer = xml(cloud, "GET", "/workflow").body.decode()
    assert "<Dependencies><Start>SCF_1</Start><SCF_1>End</SCF_1></Dependencies>" in answer
    assert "<Nodes><SCF_1><Unknown>1</Unknown><Type>SCF</Type></SCF_1></Nodes>" in answer


def marked(text: str, cut: Callable[[str], str]) -> str:
    """The XML with every text and block marked."""
    parts = text.replace("<", "\n<").replace(">", ">\n").split("\n")
    opened = {index for index, part in enumerate(parts) if part.startswith("<") and not part.startswith("</")}
    return "".join(cut(part) if index - 1 in opened else part for index, part in enumerate(parts))


@pytest.mark.parametrize(("form", "mark"), [("comments", "<!-- 0 -->"), ("instructions", "<?other 0?>")])
def test_comments_and_instructions(cloud: Server, form: str, mark: str) -> None:
    cloud.emulator.faults.add("syntax", form=form)
    start = f'<?xml version="1.0" encoding="UTF-8"?>{mark}'
    assert in_xml(cloud) == start + marked(LIST, lambda text: text[: len(text) // 2] + mark + text[len(text) // 2 :])
    assert f"<Name>6{mark}40</Name>" in in_xml(cloud)
    assert json.loads(in_json(cloud)).keys() == {"Response"}
    assert hotlink(cloud).startswith(f"{start}<Hotlink>{mark}<Status>o{mark}n</Status>")


def test_cdata_and_escapes(cloud: Server) -> None:
    cloud.emulator.edit(BUCKET, REGION, "template", id="t1", set={"Snapshot/Black": "a]]>b"})
    cloud.emulator.faults.add("syntax")
    text = in_xml(cloud)
    assert "<Name><![CDATA[640]]></Name>" in text
    assert "<Snapshot><Count><![CDATA[1]]></Count><Black><![CDATA[a]]]]><![CDATA[>b]]></Black></Snapshot>" in text
    assert ET.fromstring(text).findtext("TemplateList/Snapshot/Black") == "a]]>b"  # noqa: S314
    escaped = in_json(cloud)
    assert r'"\u0054\u006f\u0074\u0061\u006c\u0043\u006f\u0075\u006e\u0074": 2' in escaped
    assert r'"\u0036\u0034\u0030"' in escaped
    assert json.loads(escaped)["Response"]["ProcessImageAsyncTemplateSet"][1]["Name"] == "640"


def test_a_byte_order_mark(cloud: Server) -> None:
    cloud.emulator.faults.add("syntax", form="bom")
    assert xml(cloud, "GET", "/template").body == b"\xef\xbb\xbf" + LIST.encode()
    assert vod(cloud, "Describe").body.replace(b"MDI=", b"MDE=") == b"\xef\xbb\xbf" + SET.encode()


@pytest.mark.parametrize(("amount", "levels"), [(0, 2_000), (3, 3), (20_000, 20_000)])
def test_nests(cloud: Server, amount: int, levels: int) -> None:
    cloud.emulator.faults.add("nest", amount=amount)
    nest = "<Unknown>" * levels + "</Unknown>" * levels
    wanted = LIST
    for block in ("</Response>", "</TemplateList>", "</Snapshot>"):
        wanted = wanted.replace(block, nest + block)
    assert in_xml(cloud) == wanted
    inner = '{"Unknown": ' * levels + "null" + "}" * levels
    assert in_json(cloud).count(f'"Unknown": {inner}') == 1 + 2 * 3


def test_answers_without_a_body_stay_empty(cloud: Server) -> None:
    for effect in ("anonymous", "rows", "count", "spelling", "unknown", "syntax", "nest"):
        cloud.emulator.faults.clear()
        cloud.emulator.faults.add(effect)
        answer: Raw = xml(cloud, "PUT", "/?guetzli", family="pic")
        assert (answer.status, answer.body) == (200, b"")


def test_a_deep_body_is_refused(cloud: Server) -> None:
    def code(levels: int) -> Any:
        body = f"<Request><Tag>Snapshot</Tag><Name>d{levels}</Name><Snapshot><Count>1</Count>{{}}</Snapshot></Request>"
        nest = body.format("<A>" * levels + "</A>" * levels)
        answer = xml(cloud, "POST", "/template", nest).body
        return ET.fromstring(answer).findtext("Code")  # noqa: S314

    assert (code(50), code(200), code(20_000)) == (None, "InvalidContent", "InvalidContent")
    deep = b'{"Offset": ' * 100_000
    answer = exchange(cloud, "POST", "/", tc3(body=deep), deep)
    assert json.loads(answer.body)["Response"]["Error"]["Code"] == "InvalidParameter"
