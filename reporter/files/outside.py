"""A file from elsewhere that somebody names: its bytes, within a limit."""

from pathlib import Path

from reporter.errors import UsageError

LARGEST_OUTSIDE = 100_000_000


def read_outside(path: Path, shown: str, kind: str) -> bytes:
    """Read a file that a person names. `kind` says which it should be. Raises UsageError when there is none, or it
    cannot be read or is too large."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is no file" if path.exists() else "does not exist"
        raise UsageError(f"{shown} {what}", hint=f"name {kind}")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_OUTSIDE + 1)
    except OSError as problem:
        raise UsageError(f"{shown} cannot be read: {problem.strerror}", hint="mend its rights") from None
    if len(content) > LARGEST_OUTSIDE:
        raise UsageError(f"{shown} is larger than {LARGEST_OUTSIDE // 1_000_000} MB", hint=f"name {kind} itself")
    return content
