"""The programs that are held side by side: ours, two whose resources do nothing, and one as it is written by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Program:
    """A Pulumi program that declares as many screenshot templates as it is asked for, and the modules beside it."""

    name: str
    source: str
    """Text of `__main__.py`; `{n}` is how many."""
    modules: Mapping[str, str] = field(default_factory=dict)
    """Further files by name."""
    most: int | None = None
    """How many resources it can be asked for in a sensible time; None = any number."""

    @property
    def bucket(self) -> str:
        """The bucket it has for itself."""
        return f"{self.name}-1250000000"


OURS = Program(
    "ours",
    textwrap.dedent("""
    import pulumi_ci as ci

    for number in range({n}):
        ci.SnapshotTemplate(f"thumbs-{{number}}", mode="Interval", time_interval=10, count=6, width=640)
    """),
)

_NOTHING_MODULE = textwrap.dedent("""
    from pulumi import dynamic


    class Provider(dynamic.ResourceProvider):
        serialize_as_secret_always = False

        def create(self, props):
            return dynamic.CreateResult("nothing", props)

        def read(self, id_, props):
            return dynamic.ReadResult(id_, props)


    class Nothing(dynamic.Resource, module="bench", name="Nothing"):
        def __init__(self, name, props):
            super().__init__(Provider(), name, props)
    """)

BARE = Program(
    "bare",
    textwrap.dedent("""
    from nothing import Nothing

    for number in range({n}):
        Nothing(f"thumbs-{{number}}", {{"mode": "Interval", "time_interval": 10, "count": 6, "width": 640}})
    """),
    {"nothing.py": _NOTHING_MODULE},
)
"""Resources that do nothing, with the four inputs that our program gives: what Pulumi itself costs."""

NOTHING = Program(
    "nothing",
    textwrap.dedent("""
    from nothing import Nothing

    place = {{"region": "ap-beijing", "bucket": "nothing-1250000000"}}
    for number in range({n}):
        name = f"thumbs-{{number}}-dc4a444"
        what = {{"mode": "Interval", "time_interval": 10, "count": 6, "width": 640}}
        Nothing(f"thumbs-{{number}}", {{**place, "name": name, **what}})
    """),
    {"nothing.py": _NOTHING_MODULE},
)
"""Resources that do nothing, with the seven inputs that ours have in the state: what such a stack costs the engine.

The engine writes every property of every resource anew at each step, so the number of properties is most of the time.
"""

NAIVE = Program(
    "naive",
    textwrap.dedent("""
    import os
    import sys
    import xml.etree.ElementTree as ET

    import requests
    from pulumi import dynamic
    from qcloud_cos import CosConfig
    from qcloud_cos.cos_auth import CosS3Auth

    sys.setrecursionlimit(100_000)  # Pulumi's SDK nests one call deeper for every class that it pickles by value
    FIELDS = {{"mode": "Mode", "time_interval": "TimeInterval", "count": "Count", "width": "Width"}}


    def call(method, path, params=None, body=None):
        id_, key = os.environ["TENCENTCLOUD_SECRET_ID"], os.environ["TENCENTCLOUD_SECRET_KEY"]
        config = CosConfig(Region="ap-beijing", SecretId=id_, SecretKey=key, Scheme="http")
        answer = requests.request(
            method,
            os.environ["PULUMI_CI_ENDPOINT"] + path,
            params=params,
            data=body,
            headers={{"Host": "naive-1250000000.ci.ap-beijing.myqcloud.com"}},
            auth=CosS3Auth(config, path, params=params or {{}}),
            timeout=10,
        )
        answer.raise_for_status()
        return ET.fromstring(answer.content) if answer.content else None


    def body(props):
        fields = "".join(f"<{{tag}}>{{props[name]:g}}</{{tag}}>" for name, tag in FIELDS.items() if name != "mode")
        mode = f"<Mode>{{props['mode']}}</Mode>"
        name = f"<Tag>Snapshot</Tag><Name>{{props['name']}}</Name>"
        return f"<Request>{{name}}<Snapshot>{{mode}}{{fields}}</Snapshot></Request>"


    class Provider(dynamic.ResourceProvider):
        def create(self, props):
            id_ = call("POST", "/template", body=body(props)).findtext("Template/TemplateId")
            return dynamic.CreateResult(id_, props)

        def read(self, id_, props):
            found = call("GET", "/template", {{"ids": id_}}).find("TemplateList/Snapshot")
            live = {{name: found.findtext(tag) for name, tag in FIELDS.items()}}
            live = {{name: text if name == "mode" else float(text) for name, text in live.items()}}
            return dynamic.ReadResult(id_, {{**props, **live}}, {{"name": props["name"], **live}})

        def delete(self, id_, props):
            call("DELETE", f"/template/{{id_}}")


    class Template(dynamic.Resource, module="bench", name="Template"):
        def __init__(self, name, props):
            super().__init__(Provider(), name, {{**props, "name": name}})


    for number in range({n}):
        Template(f"thumbs-{{number}}", {{"mode": "Interval", "time_interval": 10, "count": 6, "width": 640}})
    """),
    most=100,
)
"""As the guides show it: a class in the program, pickled by value, that reads each object with a call of its own.

Pickling it takes Pulumi's SDK longer for each resource than for the one before, and would fail beyond some 230.
"""

PROGRAMS = (BARE, NOTHING, OURS, NAIVE)
