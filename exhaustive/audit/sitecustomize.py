"""Writes down every file of a workspace that a process opens; Python loads this where it stands on its path."""

import os
import sys

ROOT, LOG = os.environ.get("AUDIT_ROOT", ""), os.environ.get("AUDIT_LOG", "")


def _hear(event: str, arguments: tuple) -> None:
    if event != "open" or not isinstance(arguments[0], (str, bytes)):
        return
    path, mode = os.path.abspath(os.fsdecode(arguments[0])), arguments[1]
    flags = arguments[2] if len(arguments) > 2 and isinstance(arguments[2], int) else 0
    writes = any(sign in (mode or "") for sign in "wax+") or flags & (os.O_WRONLY | os.O_RDWR)
    if path.startswith(f"{ROOT}/") and not writes and not flags & os.O_DIRECTORY:
        # One write, so that lines of several processes do not mix.
        file = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, f"{path.removeprefix(ROOT + '/')}\n".encode())
        os.close(file)


if ROOT and LOG:
    sys.addaudithook(_hear)
