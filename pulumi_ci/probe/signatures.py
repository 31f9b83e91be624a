"""What the probe leaves untried of signatures, since it would have to make unsafe ones to find out."""

from __future__ import annotations

from pulumi_ci.probe.experiment import Answers, experiment
from pulumi_ci.probe.finding import Unclear
from pulumi_ci.probe.site import Site

UNSAFE = "the probe makes no signature that is good for any bucket, and none that holds longer than needed"
"""Why neither is known."""


@experiment("signed_host", "signature_seconds", does="")
def signatures(site: Site) -> Answers:
    """Whether the service takes signatures that cover no host, or that hold for days."""
    yield "signed_host", Unclear(UNSAFE)
    yield "signature_seconds", Unclear(UNSAFE)


EXPERIMENTS = (signatures,)
