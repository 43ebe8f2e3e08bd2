"""The runs of a paragraph as Word has them."""

import re
from collections.abc import Iterable
from dataclasses import replace

from reporter.document.text_tree import PRE, Call, Paragraph, Run, Value, Words, runs

SPACES = re.compile(r"[ \t\r\n\f]+")


def word_runs(paragraph: Paragraph) -> list[Run]:
    """The runs of a paragraph with single blanks between words, unless blanks count in it. At its ends are none, nor is
    one before the call of a note: in Word that is a raised number."""
    made: list[Run] = []
    for run in runs(paragraph.inside):
        if isinstance(run.leaf, Call):
            _strip(made, " \u00a0")
        elif isinstance(run.leaf, Words):
            text = run.text if paragraph.sort == PRE else SPACES.sub(" ", run.text)
            before = next((each.text for each in reversed(made) if each.text), " ")
            is_behind_call = bool(made) and isinstance(made[-1].leaf, Call)
            text = text.removeprefix(" ") if before.endswith((" ", "\n")) and not is_behind_call else text
            if not text:
                continue
            made.append(run._replace(leaf=replace(run.leaf, text=text)))
            continue
        made.append(run)
    _strip(made, " \n")
    return made


def alike(line: Iterable[Run]) -> list[Run]:
    """Runs in which neighbours that look alike are one."""
    made: list[Run] = []
    for run in line:
        last = made[-1] if made else None
        if last and isinstance(last.leaf, Words) and _look(run) == _look(last):
            made[-1] = last._replace(leaf=replace(last.leaf, text=last.text + run.text))
        else:
            made.append(run)
    return made


def _look(run: Run) -> object:
    """What words look like; None of what is no word."""
    if not isinstance(run.leaf, Words):
        return None
    return run.leaf.language, [id(each) for each in run.within if not isinstance(each, Value)]


def value_of(run: Run) -> Value | None:
    """The value of observations that a run prints. A note that is called within it is no part of it."""
    found = (each for each in run.within if isinstance(each, Value) and each.observations)
    return None if isinstance(run.leaf, Call) else next(found, None)


def _strip(made: list[Run], signs: str) -> None:
    while made and not isinstance(made[-1].leaf, Call):
        last = made.pop()
        if isinstance(last.leaf, Words) and (text := last.text.rstrip(signs)):
            made.append(last._replace(leaf=replace(last.leaf, text=text)))
            return
