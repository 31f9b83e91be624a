"""The name of a kind, and what the repository calls the kind by it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """The class name of a kind, such as `NoiseReductionTemplate`. Raises ValueError for one that no kind can have."""

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"([A-Z][a-z0-9]+)+", self.text):
            raise ValueError(
                f"{self.text!r} is not the name of a kind: write words that each begin with one capital letter, "
                "such as NoiseReductionTemplate or ImageOcrTemplate"
            )

    @property
    def words(self) -> list[str]:
        """Its words: Noise, Reduction, Template."""
        return re.findall(r"[A-Z][a-z0-9]+", self.text)

    @property
    def slug(self) -> str:
        """The name in ids and file names: noise-reduction-template."""
        return "-".join(self.words).lower()

    @property
    def module(self) -> str:
        """The name of its file in `pulumi_ci/kinds`, without the ending: noise_reduction_template."""
        return "_".join(self.words).lower()
