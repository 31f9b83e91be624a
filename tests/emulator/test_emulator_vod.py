"""The official VOD client as a foreign client of the emulator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from official import Act, acting, client, code
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.vod.v20180717 import models
from tencentcloud.vod.v20180717.vod_client import VodClient

from pulumi_ci.emulator import SECRET_ID, SECRET_KEY, Account, Choices, Emulator, Server

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcfromtimestamp:DeprecationWarning")
SEEDS = Path(__file__).parents[1] / "seeds"
CONFIGURE = {"EncodeConfig": {"Format": "PNG"}, "EnhanceConfig": {"Denoise": {"Switch": "ON", "Type": "weak"}}}


def seed(page: str, name: str = "01-request.json") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SEEDS / f"vod-{page}" / name).read_text())
    return found


@pytest.fixture
def act(ci_emulator: Server) -> Act:
    return acting(VodClient, models, server=ci_emulator, host="vod")


@pytest.mark.parametrize("host", ["vod", "vod.intl"])
def test_whole_life(act: Act, host: str) -> None:
    made = act("CreateProcessImageAsyncTemplate", {"Name": "one", "ProcessImageConfigure": CONFIGURE}, host=host)
    assert made["RequestId"]
    definition = made["Definition"]
    assert definition > 10000
    read = {"Definitions": [definition]}
    answer = act("DescribeProcessImageAsyncTemplates", read, host=host)
    (item,) = answer["ProcessImageAsyncTemplateSet"]
    assert (item["Definition"], item["Type"], item["Name"], item["Comment"]) == (definition, "Custom", "one", "")
    assert item["ProcessImageConfigure"]["EnhanceConfig"]["Denoise"] == {"Switch": "ON", "Type": "weak"}
    assert answer["TotalCount"] == 1
    changed = {"Definition": definition, "Name": "two", "Comment": "c"}
    act("ModifyProcessImageAsyncTemplate", changed, host=host)
    (item,) = act("DescribeProcessImageAsyncTemplates", read, host=host)["ProcessImageAsyncTemplateSet"]
    assert (item["Name"], item["Comment"]) == ("two", "c")
    assert item["ProcessImageConfigure"]["EncodeConfig"]["Format"] == "PNG"
    act("DeleteProcessImageAsyncTemplate", {"Definition": definition}, host=host)
    assert act("DescribeProcessImageAsyncTemplates", read, host=host)["ProcessImageAsyncTemplateSet"] == []
    missing = "ResourceNotFound.TemplateNotExist"
    assert code(act, "DeleteProcessImageAsyncTemplate", {"Definition": definition}, host=host) == missing


def test_seed_bodies(act: Act) -> None:
    definition = act("CreateProcessImageAsyncTemplate", seed("CreateProcessImageAsyncTemplate"))["Definition"]
    modify = {**seed("ModifyProcessImageAsyncTemplate"), "Definition": definition}
    assert code(act, "ModifyProcessImageAsyncTemplate", modify) == "ResourceNotFound.TemplateNotExist"
    modify.pop("SubAppId")  # applications do not share their templates
    assert act("ModifyProcessImageAsyncTemplate", modify).keys() == {"RequestId"}


def test_unset_objects_are_null(ci_emulator: Server, act: Act) -> None:
    act("CreateProcessImageAsyncTemplate", {"ProcessImageConfigure": CONFIGURE})
    act("DescribeProcessImageAsyncTemplates", {})
    (item,) = json.loads(ci_emulator.emulator.requests[-1].answer)["Response"]["ProcessImageAsyncTemplateSet"]
    assert item["ProcessImageConfigure"]["EnhanceConfig"]["SuperResolution"] is None
    assert item["ProcessImageConfigure"]["BeautyConfig"] is None


def test_pages_and_applications(act: Act) -> None:
    for number in range(12):
        words = {"SubAppId": 7, "Name": f"n{number}", "ProcessImageConfigure": CONFIGURE}
        act("CreateProcessImageAsyncTemplate", words)
    first = act("DescribeProcessImageAsyncTemplates", {"SubAppId": 7})
    rest = act("DescribeProcessImageAsyncTemplates", {"SubAppId": 7, "Offset": 10, "Limit": 100})
    assert (first["TotalCount"], rest["TotalCount"]) == (12, 12)
    assert len(first["ProcessImageAsyncTemplateSet"]) == 10
    assert [item["Name"] for item in rest["ProcessImageAsyncTemplateSet"]] == ["n10", "n11"]
    assert act("DescribeProcessImageAsyncTemplates", {})["TotalCount"] == 0


@pytest.mark.parametrize("limit", [50, 100])
def test_limit(limit: int) -> None:
    emulator = Emulator(choices=Choices(vod_template_limit=limit))
    with Server(emulator) as server:
        vod = client(VodClient, server, "vod")
        request = models.CreateProcessImageAsyncTemplateRequest()
        request.from_json_string(json.dumps({"ProcessImageConfigure": CONFIGURE}))
        for _ in range(limit):
            vod.CreateProcessImageAsyncTemplate(request)
        with pytest.raises(TencentCloudSDKException, match="TooMuchTemplate"):
            vod.CreateProcessImageAsyncTemplate(request)


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("Create", {}, "MissingParameter"),
    ("Create", {"Name": "x" * 65, "ProcessImageConfigure": CONFIGURE}, "InvalidParameterValue.Name"),
    ("Create", {"Comment": "x" * 257, "ProcessImageConfigure": CONFIGURE}, "InvalidParameterValue.Comment"),
    ("Create", {"ProcessImageConfigure": {"EncodeConfig": {"Format": "GIF"}}}, "InvalidParameterValue"),
    ("Create", {"ProcessImageConfigure": {"EncodeConfig": {"Quality": 101}}}, "InvalidParameterValue"),
    ("Modify", {"Definition": 7, "Name": "mine"}, "UnauthorizedOperation"),
    ("Modify", {"Name": "mine"}, "MissingParameter"),
    ("Delete", {"Definition": 7}, "UnauthorizedOperation"),
    ("Describe", {"Definitions": list(range(101))}, "InvalidParameter"),
    ("Describe", {"Limit": 101}, "InvalidParameter"),
]


@pytest.mark.parametrize(("verb", "parameters", "expected"), REFUSED)
def test_refused(act: Act, verb: str, parameters: dict[str, Any], expected: str) -> None:
    assert code(act, f"{verb}ProcessImageAsyncTemplate{'s' * (verb == 'Describe')}", parameters) == expected


def test_unknown_action_and_version(ci_emulator: Server) -> None:
    vod = client(VodClient, ci_emulator, "vod")
    with pytest.raises(TencentCloudSDKException, match="InvalidAction"):
        vod.call("ForgetEverything", {})
    vod._apiVersion = "2018-01-01"
    with pytest.raises(TencentCloudSDKException, match="NoSuchVersion"):
        vod.call("DescribeProcessImageAsyncTemplates", {})
    vod._apiVersion = "2018-07-17"
    with pytest.raises(TencentCloudSDKException, match="UnknownParameter"):
        vod.call("DescribeProcessImageAsyncTemplates", {"Name": "x"})


def test_signatures(act: Act) -> None:
    assert code(act, "DescribeProcessImageAsyncTemplates", {}, key="wrong") == "AuthFailure.SignatureFailure"
    assert code(act, "DescribeProcessImageAsyncTemplates", {}, token="stray") == "AuthFailure.TokenFailure"
    emulator = Emulator([Account("someone", "else", "token"), Account(SECRET_ID, SECRET_KEY, "token")])
    with Server(emulator) as server:
        assert act("DescribeProcessImageAsyncTemplates", {}, server=server, token="token")["TotalCount"] == 0
        emulator.offset = 301
        late = code(act, "DescribeProcessImageAsyncTemplates", {}, server=server, token="token")
    assert late == "AuthFailure.SignatureExpire"
    with Server(Emulator([Account("someone", "else")])) as server:
        assert code(act, "DescribeProcessImageAsyncTemplates", {}, server=server) == "AuthFailure.SecretIdNotFound"


@pytest.mark.parametrize(
    ("choices", "formats", "comment"),
    [
        (Choices(), {"SuperResolution": {"Switch": "ON"}}, ""),
        (Choices(vod_modify="merge", vod_empty_text="ignored"), {"Denoise", "SuperResolution"}, "c"),
    ],
)
def test_choices_of_modify(act: Act, choices: Choices, formats: Any, comment: str) -> None:
    with Server(Emulator(choices=choices)) as server:
        words = {"Comment": "c", "ProcessImageConfigure": CONFIGURE}
        definition = act("CreateProcessImageAsyncTemplate", words, server=server)["Definition"]
        other = {"EnhanceConfig": {"SuperResolution": {"Switch": "ON"}}}
        sent = {"Definition": definition, "Comment": "", "ProcessImageConfigure": other}
        act("ModifyProcessImageAsyncTemplate", sent, server=server)
        (item,) = act("DescribeProcessImageAsyncTemplates", {}, server=server)["ProcessImageAsyncTemplateSet"]
    enhance = item["ProcessImageConfigure"]["EnhanceConfig"]
    assert {name for name, value in enhance.items() if value} == set(formats)
    assert item["Comment"] == comment


def test_missing_as_an_error(act: Act) -> None:
    with Server(Emulator(choices=Choices(vod_missing="error"))) as server:
        got = code(act, "DescribeProcessImageAsyncTemplates", {"Definitions": [30001]}, server=server)
    assert got == "ResourceNotFound.TemplateNotExist"
