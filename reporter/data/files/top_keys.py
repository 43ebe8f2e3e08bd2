"""The lines of a file by its first keys, without reading them."""

from collections.abc import Callable

INDENTED = (b" ", b"\t", b"#")


def lines_of_keys(content: bytes, keep: Callable[[bytes], bool]) -> bytes:
    """The lines of some keys of a file of YAML. They are told by the first of each. A line that is not indented begins
    the next key; what stands before any is kept."""
    kept, is_kept = [], keep(b"")
    for line in content.splitlines(keepends=True):
        if line.strip() and not line.startswith(INDENTED):
            is_kept = keep(line)
        kept += [line] if is_kept else []
    if kept and not kept[-1].endswith(b"\n"):
        kept.append(b"\n")
    return b"".join(kept)
