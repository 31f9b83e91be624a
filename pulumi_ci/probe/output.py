"""The file of a probe: the choices that were seen, as the emulator takes them."""

from __future__ import annotations

import yaml

from pulumi_ci.api.call import Place
from pulumi_ci.probe.finding import Finding
from pulumi_ci.probe.run import Result


def text_of(result: Result, place: Place) -> str:
    """The text of the file for `pulumi-ci emulator start --choices`, without the name of the bucket."""
    differing = [finding for finding in result.choices if finding.verdict == "differs"]
    untold = [finding for finding in result.choices if finding.verdict == "could not tell"]
    lines = [
        f"# What a bucket in {place.region} does, by `pulumi-ci probe`; for `pulumi-ci emulator start --choices`.",
        f"# Otherwise than the emulator assumes: {', '.join(one.about for one in differing) or 'nothing'}.",
        *(["# What could not be told is left out:"] if untold else []),
        *(f"#   {finding.about}: {_line(finding)}" for finding in untold),
    ]
    head = "\n".join(lines).replace(place.bucket, "BUCKET")
    return head + "\n" + yaml.safe_dump(result.told, sort_keys=False, allow_unicode=True)


def _line(finding: Finding) -> str:
    return " ".join(finding.reason.split())
