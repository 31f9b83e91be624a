"""A provider as the engine meets it: a process of `pulumi.dynamic`, driven over gRPC."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import grpc  # type: ignore[import-untyped]
from google.protobuf import json_format, struct_pb2  # type: ignore[import-untyped]
from pulumi.runtime.proto import provider_pb2 as messages
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from pulumi_ci.state import frozen

PLACE = {"region": "ap-beijing", "bucket": "media-1250000000"}
V = dict[str, Any]
CONFIG: V = {
    "ci:region": PLACE["region"],
    "ci:bucket": PLACE["bucket"],
    "ci:pace": "off",
    "ci:retrySeconds": "1",
}


class Process:
    """One provider process, configured as the engine configures it."""

    def __init__(
        self,
        environ: Mapping[str, str],
        config: V = CONFIG,
        said: IO[bytes] | None = None,
        address: str | None = None,
        folder: Path | None = None,
    ) -> None:
        """`address` is that of the engine; `folder` the one that the run works in."""
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pulumi.dynamic", *filter(None, [address])],
            env={"PULUMI_PROJECT": "project", **environ},
            stdout=subprocess.PIPE,
            stderr=said,
            cwd=folder,
        )
        assert self._process.stdout is not None
        port = int(self._process.stdout.readline())
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        self._stub: Any = ResourceProviderStub(self._channel)
        self._stub.Configure(messages.ConfigureRequest(args=struct(config)))

    def kill(self) -> None:
        """Ends the process without a chance to clear up."""
        self._process.kill()
        self.close()

    def close(self) -> None:
        """Ends the process."""
        self._channel.close()
        self._process.terminate()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def check(self, slug: str, news: V, olds: V | None = None) -> tuple[V, dict[str, str]]:
        """Checked inputs, and the reasons by property path."""
        request = messages.CheckRequest(olds=struct(bag(slug, olds or {})), news=struct(bag(slug, news)))
        answer = self._stub.Check(request)
        return plain(answer.inputs), {failure.property: failure.reason for failure in answer.failures}

    def diff(self, slug: str, id: str, olds: V, news: V) -> tuple[str, list[str]]:
        """What the engine is told: DIFF_UNKNOWN (compare yourself) or DIFF_NONE, and what replaces."""
        request = messages.DiffRequest(id=id, olds=struct(bag(slug, olds)), news=struct(bag(slug, news)))
        answer = self._stub.Diff(request)
        return messages.DiffResponse.DiffChanges.Name(answer.changes), list(answer.replaces)

    def create(self, slug: str, news: V) -> tuple[str, V]:
        """Id and outputs."""
        answer = self._stub.Create(messages.CreateRequest(properties=struct(bag(slug, news))))
        return answer.id, plain(answer.properties)

    def read(self, slug: str, id: str, outs: V) -> tuple[str, V, V | None]:
        """Id, outputs and inputs; None where those of the state stay."""
        answer = self._stub.Read(messages.ReadRequest(id=id, properties=struct(bag(slug, outs))))
        return answer.id, plain(answer.properties), plain(answer.inputs) if answer.HasField("inputs") else None

    def update(self, slug: str, id: str, olds: V, news: V) -> V:
        """Outputs."""
        request = messages.UpdateRequest(id=id, olds=struct(bag(slug, olds)), news=struct(bag(slug, news)))
        return plain(self._stub.Update(request).properties)

    def delete(self, slug: str, id: str, outs: V) -> None:
        """Removes it."""
        self._stub.Delete(messages.DeleteRequest(id=id, properties=struct(bag(slug, outs))))


def struct(values: V) -> struct_pb2.Struct:
    return json_format.ParseDict(values, struct_pb2.Struct())


def bag(slug: str, values: V) -> V:
    return {**values, "__provider": frozen(slug)}


def plain(values: struct_pb2.Struct) -> V:
    """Without `__provider`, which every answer must carry unchanged."""
    found: V = json_format.MessageToDict(values)
    found.pop("__provider", None)
    return found
