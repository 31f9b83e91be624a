"""What a run has begun is found again, whatever the texts are that name the object."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_ci.lifecycle.journal import Journal


@pytest.mark.parametrize("text", ["thumbs", "缩略图", "\x00", "a\nb", "\ud800"])
@pytest.mark.parametrize("on_disk", [True, False])
def test_a_record_is_found_and_ended_under_any_text(text: str, on_disk: bool, tmp_path: Path) -> None:
    """A name from a state or an answer may hold half a surrogate pair, which UTF-8 has no bytes for."""
    folder = tmp_path if on_disk else None
    journal = Journal(folder)
    journal.begin("create", "image-style", text, text, note=text)
    later = Journal(folder) if on_disk else journal
    found = later.find("create", "image-style", text, text)
    assert found is not None
    assert (found.key, found.owner, found.note) == (text, text, {"note": text})
    later.end("create", "image-style", text, text)
    assert later.find("create", "image-style", text, text) is None
    assert list(tmp_path.iterdir()) == []
