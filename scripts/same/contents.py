"""What the program makes, as a table of contents: a room is a workspace and the command lines typed in it, one after
another. Every file that a command writes or changes is an output, and so are its two streams and its exit code. Adding
an output is adding a line.

A line that begins with @ is no command, but what a person does in between: see ACTS in room.py.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """The command lines typed in a workspace, or in each that a pattern names. The quick form leaves a `slow` room out,
    and PDFs everywhere."""

    workspace: str
    lines: tuple[str, ...]
    slow: bool = False


CHECKS = ("check XX --format json", "check XX -v")

ROOMS: dict[str, Room] = {
    "lithuania-2020": Room(
        "lithuania",
        (
            "build LT 2020 --format pdf,html,docx,xlsx -j 1",
            "build LT 2020 --format html,xlsx --audience restricted --lang lt -j 1",
            "compare LT 2019 2020 --format pdf,html -j 1",
        ),
    ),
    "lithuania-2012": Room(
        "lithuania",
        (
            "build LT 2012 --format pdf,html,docx,xlsx -j 1",
            "compare LT 2012 2015 2018 2020 --format html -j 1",
        ),
    ),
    "neighbours": Room(
        "lithuania",
        (
            "build LV 2019 --format pdf,html,docx,xlsx -j 1",
            "build EE 2022 --format pdf,html,docx,xlsx -j 1",
            "compare LT LV EE --year 2019 --format pdf,html -j 1",
        ),
    ),
    "draft": Room(
        "lithuania",
        (
            "new LT 2021",
            "build LT 2021 --format pdf,html,docx,xlsx -j 1",
        ),
    ),
    "ruritania": Room(
        "ruritania",
        ("build XX 2022 --format pdf,html,docx,xlsx -j 1",),
    ),
    # A workspace for each rule, and for each further thing that a rule finds.
    "broken": Room("broken/*", CHECKS),
    "broken-further": Room("broken-further/*", CHECKS, slow=True),
}
