"""A small year of a country in its own languages, from an empty folder to its recipient, by typed commands."""

import re
from collections.abc import Callable
from pathlib import Path

from reporter.data.i18n import load_locale, three_letters
from tests.fixtures import Say
from tests.test_languages import LETTERS

YEAR = 2023
# The figures of these come from a file of UNODC, and those of the others are typed.
IMPORTED = ("BG", "CZ", "DK", "EL", "HR", "PT", "RO", "SI")
HEADER = (
    "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source"
)
PUBLISHED_ROWS = (
    ("Detected trafficking victims", "Total", "Total", 60),
    ("Detected trafficking victims", "Female", "18 years or over", 40),
    ("Detected trafficking victims", "Male", "18 years or over", 20),
    ("Persons prosecuted", "Total", "Total", 25),
    ("Persons convicted", "Total", "Total", 15),
)
FIGURES = {
    "investigations.opened": 20, "investigations.conducted": 25, "victims.registered": 60, "victims.presumed": 20,
    "victims.identified": 40, "victims.recognised": 30, "suspects.formal_contact": 30, "persons.prosecuted": 25,
    "persons.convicted": 15,
}  # fmt: skip
OTHER = 35
# Below the recipients with which a workspace begins.
RECIPIENT = """\
  office:
    channel: folder
    folder: out
    language: LANGUAGE
    gets: [pdf, html, csv, letter]
    audience: public
    name: {en: Office}
"""


def lead_to_recipient(root: Path, country: str, languages: tuple[str, ...], say: Say) -> Path:
    """Leads a year from an empty folder to what lies in the folder of its recipient; fails with what a command says."""

    def typed(*words: str, expected: int = 0) -> None:
        code, said = say(*words)
        assert (expected, "") == (code, said if code != expected else ""), words

    edition = (country, str(YEAR))
    begin(root, edition, languages, typed)
    typed("build", *edition, "--format", "html", "-q", "-w", str(root))
    finish(root, country, languages)
    typed("publish", *edition, "--by", "R. P.", "-w", str(root))
    typed("package", *edition, "--to", "office", "-q", "-w", str(root))
    made = root / f"build/{country}/{YEAR}/package/{country}-{YEAR}-office.zip"
    # Nothing against it; that no PDF is laid out again leaves it unproved.
    typed("verify", str(made), "--quick", expected=4)
    (root / "out").mkdir()
    typed("send", str(made), "--to", "office", "--by", "R. P.", "-w", str(root))
    return root / "out" / made.name


def begin(root: Path, edition: tuple[str, str], languages: tuple[str, ...], typed: Callable[..., None]) -> None:
    spoken = ("--languages", ",".join(languages))
    if edition[0] in IMPORTED:
        root.mkdir()
        (root / "unodc.csv").write_text(published_file(edition[0]))
        typed("import", "glotip", str(root / "unodc.csv"), edition[0], *spoken, "-q", "-w", str(root))
    else:
        typed("init", str(root), "--country", edition[0], *spoken, "--year", edition[1], "-q")


def published_file(country: str) -> str:
    name = load_locale("en").country(country)
    before, after = f"{three_letters(country)},{name},Europe,Europe", "Counts"
    rows = (
        f"{before},{indicator},Total,Total,{sex},{age},{YEAR},{after},{value},GLOTIP"
        for indicator, sex, age, value in PUBLISHED_ROWS
    )
    return "\n".join(("UNODC,,,,,,,,,,,,", "14/04/2025,,,,,,,,,,,,", HEADER, *rows, ""))


def finish(root: Path, country: str, languages: tuple[str, ...]) -> None:
    """Answers what waits in the files, writes a text in each language, and makes the year final."""
    recipient = RECIPIENT.replace("LANGUAGE", languages[0])
    recipient += f"publish_machine_translation: [{', '.join(languages)}]\n"
    own, year = root / f"data/{country}/country.yaml", root / f"data/{country}/{YEAR}.yaml"
    for path, more in ((root / "reporter.yaml", recipient), (own, "")):
        path.write_text(
            re.sub(r'(\w+): "\[.*\]"', lambda found: f'{found[1]}: "{letters(found[1])}"', path.read_text()) + more
        )
    answered = re.sub(
        r"  (\S+):\n    total: unanswered", lambda found: f"  {found[1]}:\n    total: {FIGURES.get(found[1], OTHER)}",
        year.read_text(),
    )  # fmt: skip
    year.write_text(answered.replace("status: draft", "status: final"))
    for language in languages:
        text = root / f"data/{country}/text/{language}/{YEAR}.md"
        words = f"{letters(language)}: {{{{ victims.registered }}}}.\n"
        before, heading, after = text.read_text().partition("# general_situation\n")
        assert heading
        text.write_text(f"{before}{heading}\n{words}{after}")


def letters(language: str) -> str:
    return LETTERS.get(language, "äëéô")
