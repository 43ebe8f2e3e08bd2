"""What is remembered of chapters and cannot be read is found out again."""

from pathlib import Path

import pytest

from reporter.pdf.memory import Memory


@pytest.mark.parametrize("kept", [b"", b"[1]", b"\xff", b'{"a": '])
def test_what_is_remembered_and_cannot_be_read_is_found_out_again(kept: bytes, tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    assert {"a": "rule"} == memory.recall("told", lambda: {"a": "rule"})
    (path,) = tmp_path.iterdir()
    assert {"a": "rule"} == memory.recall("told", dict)
    path.write_bytes(kept)
    assert {"a": "another"} == memory.recall("told", lambda: {"a": "another"})
    assert {"a": "another"} == memory.recall("told", dict)
