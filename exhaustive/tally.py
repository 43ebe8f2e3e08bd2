"""How many faults were tried, as the tests that try them count: the figures of docs/reliability.md."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from filelock import FileLock

FIGURES = Path(__file__).parent / "golden" / "faults.json"
KILLED, FULL, BARRED, LOST, CLOCK, AT_ONCE = "killed", "full disk", "read-only", "lost network", "clock", "at once"
MAKING = ("build", "publish", "corrigendum", "publish for both", "corrigendum for both", "package", "sign")
SENDING = ("send by mail", "send to a folder", "receipt")
KEEPING = ("backup", "restore", "save", "begin", "take back")
# What is tried at which fault; a test for each of them says how often.
TRIED: Mapping[str, tuple[str, ...]] = {
    KILLED: (*MAKING, *SENDING, *KEEPING),
    FULL: (*MAKING, *SENDING, *KEEPING),
    BARRED: (*MAKING, *SENDING, *KEEPING),
    LOST: ("sign a PDF", "sign a package", "send by mail"),
    CLOCK: ("build", "corrigendum", "package", "sign", "send by mail", "backup", "save"),
    AT_ONCE: ("build", "publish", "corrigendum", "package", "sign", *SENDING, "backup", "restore", "save"),
}

Survived = Callable[[str, str, int], None]


@pytest.fixture
def survived(request: pytest.FixtureRequest) -> Survived:
    """`survived(fault, what, times)`: so many were tried, as it is written down; or writes it down."""
    update = request.config.getoption("--update-golden") or os.environ.get("UPDATE_GOLDEN") == "1"

    def compare(fault: str, what: str, times: int) -> None:
        if update:
            # Tests run side by side, and each knows one figure.
            with FileLock(Path(tempfile.gettempdir()) / "reporter-faults.lock"):
                known = figures()
                known.setdefault(fault, {})[what] = times
                ordered = {
                    each: {name: known[each][name] for name in TRIED[each] if name in known[each]}
                    for each in TRIED
                    if each in known
                }
                FIGURES.write_text(json.dumps(ordered, indent=2) + "\n", encoding="utf-8")
        assert figures()[fault][what] == times

    return compare


def figures() -> dict[str, dict[str, int]]:
    """What is written down."""
    return dict(json.loads(FIGURES.read_text(encoding="utf-8"))) if FIGURES.is_file() else {}


# What people call what was tried.
DONE = {
    "build": "`build`",
    "publish": "`publish`",
    "corrigendum": "`publish --corrigendum`",
    "publish for both": "`publish` for two audiences",
    "corrigendum for both": "`publish --corrigendum` for two audiences",
    "package": "`package`",
    "sign": "`sign`",
    "sign a PDF": "`sign --tsa`, a PDF",
    "sign a package": "`sign --tsa`, a package",
    "send by mail": "`send`, by mail",
    "send to a folder": "`send`, into a folder",
    "receipt": "`outbox receipt`",
    "backup": "`backup make`",
    "restore": "`backup restore`",
    "save": "workbench: a value is changed",
    "begin": "workbench: a text is started",
    "take back": "workbench: a change is undone",
}


def rows() -> str:
    """The rows of the table in docs/reliability.md, and their sums."""
    known = figures()
    told = [(words, [known[fault].get(name, 0) for fault in TRIED]) for name, words in DONE.items()]
    told.append(("all", [sum(known[fault].values()) for fault in TRIED]))
    return "".join(f"| {words} | {' | '.join(str(each or '') for each in counts)} |\n" for words, counts in told)
