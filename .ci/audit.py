"""Says what `pip-audit --format json` found, and for how many packages it had no verdict at all.

Reads the report on standard input. Exits with 1 when a package has a known vulnerability. pip-audit itself ends well,
and prints "No known vulnerabilities found", also when its source knows none of the packages.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def verdict(report: str) -> tuple[list[str], int]:
    """The lines to print and the exit code."""
    try:
        packages: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return ["NO VERDICT: pip-audit gave no report; nothing is known of any package"], 0
    unknown = [package for package in packages if "skip_reason" in package]
    hurt = [package for package in packages if package.get("vulns")]
    lines = [
        f"{package['name']} {package['version']}: {vulnerability['id']}"
        + (f", mended in {', '.join(vulnerability['fix_versions'])}" if vulnerability.get("fix_versions") else "")
        for package in hurt
        for vulnerability in package["vulns"]
    ]
    known = len(packages) - len(unknown)
    lines.append(f"{known} of {len(packages)} packages audited, {len(hurt)} with a known vulnerability")
    if unknown:
        lines.append(f"NO VERDICT on {len(unknown)}, such as: {unknown[0]['skip_reason']}")
    return lines, 1 if hurt else 0


if __name__ == "__main__":
    said, code = verdict(sys.stdin.read())
    sys.stdout.write("\n".join(said) + "\n")
    sys.exit(code)
