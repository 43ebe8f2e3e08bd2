"""What of the settings has a part in pages and exports: not whom an edition is sent to."""

# How it is sent, to whom, by when, and what may go to the public: when that changes, no page does.
OUTSIDE = (b"mail:", b"recipients:", b"deadlines:", b"publish_small_counts:")
INDENTED = (b" ", b"\t", b"#")


def page_settings(content: bytes) -> bytes:
    """The lines of `reporter.yaml` without the keys that no page depends on.

    A line that is not indented begins the next key.
    """
    kept, outside = [], False
    for line in content.splitlines(keepends=True):
        if line.strip() and not line.startswith(INDENTED):
            outside = line.startswith(OUTSIDE)
        kept += [] if outside else [line]
    return b"".join(kept)
