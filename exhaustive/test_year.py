"""A life as it is typed: the year of an adviser, in one language."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.fixtures import LITHUANIA

YEAR = "data/LT/2021.yaml"
# What she finds out, in the order in which the file asks.
ANSWERS = (
    "14", "6", "4", "2", "1", "1", "30", "18", "10", "2", "15", "13", "2", "14", "190", "150", "40", "100", "1",
    "[LT, DE, UK]", "at least 1", "at least 3", "at least 80", "at least 100", "at least 120",
)  # fmt: skip
# What she writes anew: the sections whose words of the year before no longer hold.
WORDS = {
    "at_a_glance": "In {{ year }}, {{ investigations.opened }} investigations were opened.",
    "assistance_and_support": "Persons assisted: {{ assistance.persons }}.",
    "assistance": "In {{ year }}, {{ assistance.persons }} persons were assisted.",
    "justice": "Each step of justice counts other cases.",
    "investigation": "In {{ year }}, {{ investigations.opened }} investigations were opened.",
    "forms": "{{ figure('forms_over_years') }} shows the forms.",
    "victims": "In {{ year }}, {{ victims.identified }} victims were identified.",
    "criminal_justice": "In {{ year }}, {{ persons.convicted }} persons were convicted.",
}


def typed(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reporter", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=600)


def answer(root: Path) -> None:
    waiting = iter(ANSWERS)
    text = (root / YEAR).read_text(encoding="utf-8").replace("source: unanswered", "source: commission_page")
    text = re.sub(r": unanswered(?=  #)", lambda _: f": {next(waiting)}", text)
    assert [] == list(waiting)
    # Article 19a asks for figures that no year before had.
    text = re.sub(r": unanswered$", ": not collected", text, flags=re.M)
    (root / YEAR).write_text(text, encoding="utf-8")


def write(root: Path) -> None:
    path = root / "data/LT/text/en/2021.md"
    text = path.read_text(encoding="utf-8")
    for code, words in WORDS.items():
        text = text.replace(f"# {code}\n", f"# {code}\n\n{words.replace(chr(39), chr(34))}\n\n", 1)
    path.write_text(text, encoding="utf-8")


def decide(root: Path, told: str) -> None:
    """Pastes the lines that confirm what still holds, with her name and the day."""
    pasted = re.findall(r"    - texts: \[.*\]\n.*\n.*\n", told)
    assert pasted
    lines = "".join(pasted).replace('"[your name]"', "R. Petraitė").replace('"[the day]"', "2022-03-01")
    with (root / YEAR).open("a", encoding="utf-8") as file:
        file.write(f"still_holds:\n{lines}")


def test_the_year_of_an_adviser_takes_eight_commands_and_none_fails_unexpectedly(tmp_path: Path) -> None:
    root = Path(shutil.copytree(LITHUANIA, tmp_path / "lt"))
    settings = root / "reporter.yaml"
    english = settings.read_text(encoding="utf-8").replace("languages: [en, lt]", "languages: [en]")
    settings.write_text(english.replace("language: lt", "language: en"), encoding="utf-8")
    # In Lithuanian this was confirmed for the year before, in English it was written for it.
    before = root / "data/LT/2020.yaml"
    before.write_text(before.read_text(encoding="utf-8").replace(" at_a_glance,", ""), encoding="utf-8")
    said = [typed(root, "new", "LT", "2021"), typed(root, "check", "LT", "2021")]
    assert [0, 1] == [each.returncode for each in said]  # the words of the year before name their year
    assert {"year-of-text"} == set(re.findall(r"error.*\[([a-z-]+)\]", said[1].stdout))
    assert said[1].stdout.count("\n") < 24
    answer(root)
    write(root)
    said = [typed(root, "check", "LT", "2021"), typed(root, "build", "LT", "2021", "--format", "html")]
    assert [(0, ""), (0, "")] == [(each.returncode, "".join(re.findall(r".*error:.*", each.stdout))) for each in said]
    assert "LT-2021-en.html" in {path.name for path in (root / "build/LT/2021/draft").iterdir()}
    decide(root, said[0].stdout)
    (root / YEAR).write_text((root / YEAR).read_text(encoding="utf-8").replace("status: draft", "status: final"))
    said = [
        typed(root, "protect", "LT", "2021"),
        typed(root, "check", "LT", "2021"),
        typed(root, "build", "LT", "2021", "--format", "html"),
        typed(root, "status", "LT", "2021"),
    ]
    assert [0, 0, 0, 0] == [each.returncode for each in said]
    # From here on it is a matter of minutes: test_rehearsal.py types the rest, on fewer pages.
    assert (root / "build/LT/2021/LT-2021-en.html").is_file()
    assert not re.search("not (?:answered|given) yet", said[3].stdout)
