"""An environment as a Python program registers what the environment's file registers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import pulumi_ci as ci
from environment.catalogue import catalogue
from environment.registered import SECRET, Registered, by_name, registered
from environment.test_load import CONFIG, MEDIA
from pulumi_ci.environment.environment import Environment, Options, Resource, Setting
from pulumi_ci.environment.expression import Reference, Text, Variable
from pulumi_ci.environment.program import program
from pulumi_ci.environment.read import read
from pulumi_ci.environment.write import write
from pulumi_ci.model.examples import examples
from pulumi_ci.model.kind import kind_of

SHEET = kind_of("snapshot-template")
JOB = kind_of("batch-job")
VOD = kind_of("process-image-async-template")
PLACE = {"ci:region": "ap-beijing", "ci:bucket": "media-1250000000", "ci:subAppId": "1250000001"}


def run(source: str, config: Mapping[str, str], preview: bool = False) -> dict[str, Registered]:
    code = compile(source, "__main__.py", "exec")
    return by_name(registered(lambda: exec(code, {"__name__": "__main__"}), config, preview=preview))  # noqa: S102 - ours


def alike(environment: Environment, folder: Path, config: Mapping[str, str], preview: bool = False) -> str:
    """The program, after both forms were found to register the same, and after the formatter had its say."""
    path, source = folder / "media.yaml", program(environment)
    write(path, environment)
    loaded = by_name(registered(lambda: ci.load(path), config, preview=preview))
    assert set(loaded) == set(environment.resources)
    assert run(source, config, preview) == loaded
    file = folder / "__main__.py"
    file.write_text(source, encoding="utf-8")
    for words in (["format", "--check"], ["check", "--select=E,F,W,B,UP,SIM,RET,N,C4,PIE,A", "--ignore=E501"]):
        command = [sys.executable, "-m", "ruff", *words, "--isolated", "--target-version=py310", str(file)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}{source}"
    return source


@pytest.mark.all_kinds
def test_every_example_of_every_kind(tmp_path: Path) -> None:
    alike(catalogue(), tmp_path, PLACE, preview=True)  # since runs are waited for in an `up`


def test_references_variables_secrets_and_options(tmp_path: Path) -> None:
    source = alike(read(MEDIA), tmp_path, CONFIG)
    assert source.startswith(
        'import pulumi\nimport pulumi_ci as ci\n\nplace = pulumi.Config("ci")\nregion = place.require("region")\n'
    )
    assert 'hls_key = config.require_secret("hls_key")\n' in source
    assert 'width = config.get_int("width", 640)\n' in source
    assert '"template_id": hls_720.template_id,' in source
    assert 'f"https://{bucket}.cos.{region}.myqcloud.com/a-{width}.mp3"' in source
    assert "opts=pulumi.ResourceOptions(depends_on=[binding], protect=True)" in source


NAMES = [
    "class",
    "list",
    "ci2",
    "pulumi",
    "config",
    "place",
    "match",
    "a-b",
    "a_b",
    "a_b_2",
    "bucket",
    "视频",
    "ﬁ",
    "fi",
    "_x",
]


def test_names_become_identifiers(tmp_path: Path) -> None:
    resources = {name: Resource(name, SHEET, {"count": 3, "name": Variable("ci.bucket")}) for name in NAMES}
    resources["last"] = Resource("last", SHEET, {"count": 3}, Options(depends_on=tuple(NAMES)))
    settings = {"a-b": Setting(), "import": Setting()}
    config = {**PLACE, "site:a-b": "x", "site:import": "y"}
    assert "class_2 = ci.SnapshotTemplate(" in alike(Environment(resources, settings), tmp_path, config)


SETTINGS = {
    "text": Setting(),
    "count": Setting("integer"),
    "ratio": Setting("number"),
    "flag": Setting("boolean"),
    "key": Setting(secret=True),
    "number": Setting("integer", 7, secret=True),
    "off": Setting("boolean", False, secret=True),
    "braces": Setting("string", "{x} \"'\\"),
}
VALUES = {"site:text": "t", "site:count": "5", "site:ratio": "0.5", "site:flag": "true", "site:key": "hidden"}


@pytest.mark.parametrize(
    ("secret", "text"), [(False, "t/5/0.5/true/{x} \"'\\/"), (True, "t/5/0.5/true/hidden/7/false/{x} \"'\\/")]
)
def test_texts_of_several_parts(tmp_path: Path, secret: bool, text: str) -> None:
    job, vod = (dict(next(iter(examples(kind.slug).values()))) for kind in (JOB, VOD))
    start = '{a} \'b\' "c" "d" \\ '
    used = [Variable(name) for name, setting in SETTINGS.items() if secret or not setting.secret]
    referred = Text((Reference("a", "name"), "-", Reference("v", "definition")))
    resources = {
        "a": Resource("a", JOB, {**job, "user_data": Text((start, *(part for one in used for part in (one, "/"))))}),
        "b": Resource("b", JOB, {**job, "user_data": referred}),
        "v": Resource("v", VOD, {**vod, "comment": Text(("of ", Variable("ci.sub_app_id")))}),
    }
    environment = Environment(resources, SETTINGS)
    config = {**PLACE, **VALUES}
    found = run(program(environment), config)
    assert found["a"].inputs["user_data"] == (SECRET if secret else "") + start + text
    assert found["v"].inputs["comment"] == "of 1250000001"
    alike(environment, tmp_path, config)


def test_remarks_are_comments(tmp_path: Path) -> None:
    notes = {"": "found so", "name": "a remark that goes on " * 6}
    environment = Environment({"a": Resource("a", SHEET, {"count": 3, "name": "x"}, notes=notes)})
    assert alike(environment, tmp_path, PLACE).startswith(
        "import pulumi_ci as ci\n\n# found so\n# name: a remark that goes on a remark"
    )


def test_an_empty_environment_is_an_empty_program() -> None:
    assert program(Environment({})) == ""
    assert program(Environment({}, {"a": Setting()})).endswith('a = config.require("a")\n')
