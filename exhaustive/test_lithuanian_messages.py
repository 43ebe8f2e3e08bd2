"""Whatever is wrong with a file is said in Lithuanian: no words of a library, and none of ours in English."""

import random
import re
from pathlib import Path

import pytest

from reporter.data.errors import DataError, Finding
from reporter.data.files.sources import NO_SOURCES, Sources, known_countries
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import Locale
from reporter.data.i18n.refresh import translated_problem
from reporter.data.read.dataset import load_dataset
from reporter.workbench.server.shell import Shell
from tests import agencies, small

FILES = {
    path: content
    for path, content in (small.FILES | small.FINAL | agencies.WITH_AGENCIES).items()
    if path.endswith(".yaml")
}
VALUE = re.compile(r"(?<=: )[^\n{}\[\],]+|[\w.]+(?=:)")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
BITS = (
    *(
        "\t",
        '"',
        "'",
        "{",
        "}",
        "[",
        "]",
        "*x",
        "&a b",
        "!tag x",
        "%YAML 9.1\n",
        "---\n",
        "|9\n",
        "> 0",
        "|+ 3x",
        "# x",
    ),
    *('"\\q"', '"\\x4"', "\x07", "@x", "`x", "? a", "- -", "- a\nb", "a: b: c", ": ", "...", "<<: *a", "!<x> y", "{}"),
    *("1e999", "2020-13-45", "12:30:45", ".inf", "~", "null", "yes", "0x10", "-5", "1.5", "12,5", "[1, 2", "{a: b"),
    *("\ufeff", "\u2028", "a: 1\na: 1\n", '"unclosed', "'unclosed", "[{}]", "x" * 300, "{a: {b: {c: {d: {e: f}}}}}"),
)


def broken(chance: random.Random) -> dict[str, str]:
    path = chance.choice(sorted(FILES))
    text = FILES[path]
    for _ in range(chance.choice((1, 1, 2))):
        found = chance.choice([*VALUE.finditer(text)]) if chance.random() < 0.6 else None
        start, end = found.span() if found else [chance.randrange(len(text))] * 2
        text = text[:start] + chance.choice(BITS) + text[end + chance.choice((0, 0, 0, 2)) :]
    return {path: text}


def findings(sources: Sources) -> tuple[Finding, ...]:
    try:
        return load_dataset(sources, known_countries(sources)).findings
    except DataError as problem:
        return problem.findings


def in_english(text: str, locale: Locale) -> bool:
    said = translated_problem(text, locale)
    is_same = said == text and re.search(r"([a-z]{3,} ){2}[a-z]{3,}", QUOTED.sub("", text))
    return bool(text) and (getattr(said, "language", "") == "en" or bool(is_same))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_wrong_with_a_file_is_said_in_lithuanian(tmp_path: Path, seed: int) -> None:
    locale, chance = Shell(NO_SOURCES, {}).locales["lt"], random.Random(seed)
    sources = Workspace(small.write(tmp_path, FILES)).snapshot()
    made = (broken(chance) for _ in range(250))
    found = [
        (files, text)
        for files in made
        for each in findings(sources.overlay({path: text.encode() for path, text in files.items()}))
        for text in (each.message, each.hint)
    ]
    assert len(found) > 250
    assert [] == [each for each in found if in_english(each[1], locale)]
