"""What of a file has a part in the pages and exports of an edition: of `reporter.yaml` not whom it is sent to."""

from collections.abc import Mapping

from reporter.files.workspace import MARKER

# How it is sent, to whom, by when, and what may go to the public: when that changes, no page does.
OUTSIDE = (b"mail:", b"recipients:", b"deadlines:", b"publish_small_counts:")
INDENTED = (b" ", b"\t", b"#")


def essence(name: str, content: bytes) -> bytes:
    """A file of a workspace without the lines that no page depends on; all of it but for `reporter.yaml`."""
    return _settings(content) if name == MARKER else content


def essences(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same of several files, by their paths in the workspace."""
    return {name: essence(name, content) for name, content in files.items()}


def _settings(content: bytes) -> bytes:
    """The lines of a YAML file without some of its keys: a line that is not indented begins the next key."""
    kept, outside = [], False
    for line in content.splitlines(keepends=True):
        if line.strip() and not line.startswith(INDENTED):
            outside = line.startswith(OUTSIDE)
        kept += [] if outside else [line]
    return b"".join(kept)
