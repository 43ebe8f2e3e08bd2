"""The settings on which pages and exports depend.

To whom an edition is sent is not among them.
"""

# How it is sent, to whom, by when, and what may go to the public: when that changes, no page does.
OUTSIDE = (b"mail:", b"recipients:", b"deadlines:", b"publish_small_counts:")
INDENTED = (b" ", b"\t", b"#")


def page_settings(content: bytes) -> bytes:
    """The lines of `reporter.yaml` on which pages depend.

    A line that is not indented begins the next key.
    """
    kept, outside = [], False
    for line in content.splitlines(keepends=True):
        if line.strip() and not line.startswith(INDENTED):
            outside = line.startswith(OUTSIDE)
        kept += [] if outside else [line]
    return b"".join(kept)
