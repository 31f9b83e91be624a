"""Each default of a server is left out in some object that the probe makes."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "conformance")]

from generate import outlines  # noqa: E402
from probe_rig import rig  # noqa: E402

from pulumi_ci.emulator import Choices  # noqa: E402
from pulumi_ci.model.kind import kinds  # noqa: E402
from pulumi_ci.probe.run import probe  # noqa: E402


def test_each_default_is_left_out_once(tmp_path: Path) -> None:
    declared = {
        f"{kind.__name__}.{'.'.join(step.strip('{}') for step in outline if step != '[]')}"
        for kind in kinds().values()
        for outline, field, _ in outlines(kind)
        if field.server_default is not None and field.wire is not None
    }
    with rig(tmp_path, Choices(unset="with-defaults")) as found:
        result = probe(found.site())
    seen = {finding.about: finding for finding in result.defaults}
    missing = {name for name in declared - seen.keys() if not name.startswith(("BatchJob.", "ProcessImage."))}
    assert missing == {"ImageSearchService.max_qps"}, "what is left alone; of runs one is played"
    filled = {name for name, finding in seen.items() if finding.verdict == "agrees"}
    assert {"TranscodeTemplate.trans_config.is_check_reso", "Workflow.nodes.Segment.hls_encrypt.is_encrypt"} <= filled
    assert {"MediaQueue.notify_config.result_format", "SnapshotTemplate.sprite_snapshot_config.margin"} <= filled
    assert len(filled) > 100
