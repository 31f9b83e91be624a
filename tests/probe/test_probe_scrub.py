"""Recorded exchanges hold no key, signature, token or account number; secrets are planted in every place."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from probe_rig import SETTINGS, bound, in_use
from world import Wire

from pulumi_ci.api.call import Place
from pulumi_ci.emulator import Emulator
from pulumi_ci.emulator.signature import Account
from pulumi_ci.probe.allowed import Allowed
from pulumi_ci.probe.opening import opened
from pulumi_ci.probe.record import Recorder
from pulumi_ci.probe.run import probe
from pulumi_ci.probe.scrub import HIDDEN, Leak, Scrub

KEY_ID, KEY = "AKIDplantedplantedplanted00000001", "planted/secret+key=="  # + / and = are quoted in addresses
TOKEN = "planted-token-7f3e"
APPID, UIN, APPLICATION = "1398765432", "100012345678", 1500098765
PLACE = Place("ap-beijing", f"holiday-{APPID}")
FORBIDDEN = (KEY_ID, KEY, TOKEN, APPID, UIN, str(APPLICATION), "holiday", "q-signature", "TC3-HMAC", "q-ak")


def scrub() -> Scrub:
    names = {PLACE.bucket: "probe-1250000000", str(APPLICATION): "1250000000"}
    return Scrub((KEY_ID, KEY, TOKEN), names)


PLANTED = {
    "a key": f"<Message>the key {KEY} is wrong</Message>",
    "a key in an address": f"GET /?x={quote(KEY, safe='')} HTTP/1.1",
    "a key in base64": f"<Message>{base64.b64encode(KEY.encode()).decode()}</Message>",
    "a key id": f"<Message>SecretId {KEY_ID}</Message>",
    "a token": f'{{"Message": "token {TOKEN} has expired"}}',
    "the host": f"Host: {PLACE.bucket}.ci.ap-beijing.myqcloud.com",
    "an APPID": f"<BucketId>other-{APPID}</BucketId>",
    "an APPID as it is": f"<AppId>{APPID}</AppId>",
    "an account": f"<Resource>qcs::ci:ap-beijing:uid/{APPID}:uin/{UIN}</Resource>",
    "an application": f'{{"SubAppId": {APPLICATION}}}',
}


@pytest.mark.parametrize("what", PLANTED)
def test_what_is_known_is_taken_out(what: str) -> None:
    text = scrub()(PLANTED[what])
    for word in FORBIDDEN:
        assert word not in text
    assert quote(KEY, safe="") not in text
    assert base64.b64encode(KEY.encode()).decode() not in text


OTHERS = {
    "another's key id": ("<Message>AKIDsomebodyelses0123456789abcdef</Message>", "somebodyelses"),
    "a COS signature": ("GET /?q-sign-algorithm=sha1&q-ak=AKIDx&q-signature=0123abcd&ci HTTP/1.1", "0123abcd"),
    "a signed time": ("q-key-time=1480932292;1481012292&q-header-list=host", "1480932292"),
    "a TC3 signature": ("TC3-HMAC-SHA256 Credential=AKz8/2019-02-25/cvm/tc3_request, Signature=72e494", "72e494"),
    "an element": ("<S3SecretKey>wJalrXUtnFEMI</S3SecretKey>", "wJalrXUtnFEMI"),
    "a key address": ("<HlsEncrypt><UriKey>https-key-in-it</UriKey></HlsEncrypt>", "https-key-in-it"),
    "JSON": ('{"S3SecretId": "wJalr\\"XUtnFEMI", "S3Region": "us-east-1"}', "XUtnFEMI"),
    "a parameter": ("GET /?x-cos-security-token=sts-abc&style HTTP/1.1", "sts-abc"),
    "the query of a callback": ("<Url>https://cb.example/in?auth=opensesame</Url>", "opensesame"),
    "the user of a callback": ("<Url>https://user:opensesame@cb.example/in</Url>", "opensesame"),
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_looks_like_a_secret_is_taken_out(what: str) -> None:
    text, secret = OTHERS[what]
    assert secret not in scrub()(text)


def test_the_rest_stays() -> None:
    exchange = (
        "PUT /template/t1a2b3c4d5e6f708192a3b4c5d6e7f8091 HTTP/1.1\n\n<Request><Tag>Snapshot</Tag><Name>thumbs</Name>"
        "<Snapshot><Count>10000</Count><Start>0.5</Start></Snapshot></Request>\nHTTP/1.1 200 OK\n"
        "x-ci-request-id: NjRhNjM2ZTBfNjI4NDcwYl8xMmM4XzM4YTQ=\n\n<Response><CreateTime>2024-05-06T10:20:30+0800"
        "</CreateTime><Url>https://example.com/ci</Url></Response>"
    )
    assert scrub()(exchange) == exchange
    assert scrub()(f"<Bucket>{PLACE.bucket}</Bucket>") == "<Bucket>probe-1250000000</Bucket>"


def test_a_secret_that_would_come_out_is_refused() -> None:
    broken = Scrub((HIDDEN.strip("()"),), {})  # what stands in the place of a secret holds it
    with pytest.raises(Leak):
        broken("<Message>scrubbed</Message>")


def test_an_exchange_that_cannot_be_scrubbed_is_not_written(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, Scrub((HIDDEN.strip("()"),), {}), lambda: "a call")
    request = requests.Request("GET", f"https://{PLACE.bucket}.ci.ap-beijing.myqcloud.com/?x=scrubbed").prepare()
    response = requests.Response()
    response.status_code = 200
    recorder.write(request, response, b"<Response></Response>")
    (file,) = tmp_path.iterdir()
    assert file.name == "0001-a-call-get.txt"
    assert "is not written" in file.read_text(encoding="utf-8")
    assert "scrubbed" not in file.read_text(encoding="utf-8").replace("to be scrubbed", "")


@pytest.fixture
def cloud() -> Iterator[Emulator]:
    emulator = Emulator(accounts=[Account(KEY_ID, KEY, TOKEN)])
    yield emulator
    emulator.close()


def test_a_whole_probe_is_recorded_and_scrubbed(cloud: Emulator, tmp_path: Path) -> None:
    for make in (bound, in_use):
        make(cloud)
    queue = f"<Queue><Name>{UIN}</Name><State>Active</State><NotifyConfig><Url>https://a.example/?k={KEY}</Url>"
    used = replace(SETTINGS, secret_id=KEY_ID, secret_key=KEY, token=TOKEN, endpoint="http://emulator")
    folder = tmp_path / "exchanges"
    site = opened(
        used,
        PLACE,
        Allowed(switches=True, force=True, runs=True, limits=2, sub_app_id=APPLICATION, mps=True),
        tmp_path / "journal.json",
        record=folder,
        adapter=lambda: Wire(cloud),
        sleep=lambda seconds: None,
    )
    style = f"<AddStyle><StyleName>leaky</StyleName><StyleBody>x?sign={quote(KEY)}&amp;t={TOKEN}</StyleBody></AddStyle>"
    cloud.edit(PLACE.bucket, PLACE.region, "style", name="leaky", xml=style)
    snapshot = "<Request><Tag>Snapshot</Tag><Name>n{}</Name><Snapshot><CIParam>{}</CIParam></Snapshot></Request>"
    for number, text in enumerate((KEY, KEY_ID, APPID, UIN, str(APPLICATION), queue)):
        body = snapshot.format(number, text.replace("<", "&lt;"))
        cloud.edit(PLACE.bucket, PLACE.region, "template", id=f"t{number}", xml=body)
    result = probe(site)
    assert result.cleaned.troubles == []
    files = sorted(folder.iterdir())
    assert len(files) == len(cloud.requests)
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+-(get|put|post|delete)\.txt", file.name)
        assert re.match(r"(GET|PUT|POST|DELETE) /\S* HTTP/1\.1\nHost: ", text)
        assert re.search(r"\nHTTP/1\.1 \d{3}", text)
        for word in FORBIDDEN:
            assert word not in text, file.name
        assert "uthorization" not in text
    together = "".join(file.read_text(encoding="utf-8") for file in files)
    assert "<StyleName>leaky</StyleName>" in together, "what was planted was recorded"
    assert "<Name>n0</Name>" in together
