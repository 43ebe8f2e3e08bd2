"""A workspace of a few lines for tests that change one thing: three years of one country, two populations, one text."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from hypothesis import settings

from reporter.data.errors import DataError, Finding, Mark
from reporter.data.records import Dataset, Observation, Series
from tests.snapshots import dataset_of, public_dataset_of

# How long an example takes depends on what else the machine does.
settings.register_profile("quick", deadline=None, max_examples=50)
settings.load_profile("quick")

YEAR = "data/XX/2020.yaml"
TEXT = "data/XX/text/en/2020.md"
HEAD = "year: 2020\nsource: police\n"

FILES = {
    "reporter.yaml": "title: {en: Small}\nlanguages: [en]\n",
    "data/catalogue.yaml": """\
sources:
  police: {title: {en: Register}, publisher: {en: Police}}
  office: {title: {en: Yearbook}, publisher: {en: Statistics Office}}
dimensions:
  form:
    label: {en: Form}
    codes:
      sexual: {label: {en: Sexual exploitation}}
      labour: {label: {en: Labour exploitation}}
  person:
    label: {en: Person}
    codes:
      women: {label: {en: Women}, within: adults}
      men: {label: {en: Men}, within: adults}
      children: {label: {en: Children}}
      adults: {label: {en: Adults}}
      girls: {label: {en: Girls}, within: children}
      boys: {label: {en: Boys}, within: children}
indicators:
  investigations.opened:
    label: {en: Investigations opened}
    rose: {en: More investigations opened}
    fell: {en: Fewer investigations opened}
    unit: cases
    kind: flow
    population: investigations
    definition: {en: Opened in the year.}
    definitions: {narrow: {en: Sexual exploitation only.}}
    dimensions: [form]
    terms: {en: [investigations]}
  victims.identified:
    label: {en: Identified victims}
    unit: persons
    kind: flow
    population: identified victims
    definition: {en: Identified in the year.}
    dimensions: [person]
  persons.convicted:
    label: {en: Persons convicted}
    rose: {en: More persons convicted}
    fell: {en: Fewer persons convicted}
    unit: persons
    kind: flow
    population: convicted persons
    definition: {en: Convicted in the year.}
  activity.posters: {label: {en: Posters}, unit: items, kind: flow, population: posters, definition: {en: Posters.}}
  law.prison_max: {label: {en: Longest term}, unit: years, kind: stock, population: law, definition: {en: Longest.}}
""",
    "data/XX/country.yaml": """\
code: XX
rapporteur: {en: National Rapporteur}
publisher: {en: Ministry}
source: police
provisions:
  cc_1: {law: {en: Criminal Code}, article: "1", subject: {en: Trafficking}, since: 2019, figures: {prison_max: 12}}
""",
    "data/XX/2018.yaml": "year: 2018\nsource: police\nfigures: {investigations.opened: 7, victims.identified: 0}\n"
    "status: final\n",
    "data/XX/2019.yaml": "year: 2019\nsource: police\nfigures: {investigations.opened: 9, victims.identified: 60}\n"
    "status: final\n",
    YEAR: HEAD
    + """\
figures:
  investigations.opened: {total: 11, by form: {sexual: 4, labour: 6}}
  victims.identified: {total: 80, by person: {women: 60, men: 20}}
status: provisional
""",
    TEXT: "# general_situation\n\nIn {{ year }}, {{ investigations.opened }} investigations were opened.\n",
}

RECIPIENTS = """\
recipients:
  office:
    channel: folder
    folder: out
    language: en
    gets: [pdf, html, page, csv, xlsx, json, letter, validation, metadata]
    audience: public
    name: {en: Office}
  figures: {channel: folder, folder: out, language: en, gets: [csv, metadata],
            audience: public, name: {en: Statisticians}}
  files: {channel: folder, folder: out, language: en, gets: [csv, validation],
          audience: public, name: {en: Archive}}
  everybody: {channel: folder, folder: out, language: en, gets: [csv], audience: public, name: {en: Everybody}}
"""
# What changes it into one whose edition of 2020 can be packed, for recipients of four kinds.
FINAL = {
    "reporter.yaml": FILES["reporter.yaml"] + RECIPIENTS,
    YEAR: FILES[YEAR].replace("provisional", "final").replace("labour: 6", "labour: 7"),
}

# A page that is laid out at once.
PAGE = """<!DOCTYPE html><html lang="en"><head><title>T</title><meta name="author" content="A">
<style>{% include "css/tokens.css" %}</style><link rel="stylesheet" href="template:css/text.css">HEAD</head>
<body><h1>T</h1><p>BODY</p></body></html>
"""
# One that differs from number to number of an edition.
BLANK = PAGE.replace("HEAD", "").replace("BODY", "{{ edition.title }} {{ edition.corrigendum }}")


# The same with figures by several dimensions at once, and countries among the citizenships.
CROSSED = {
    "data/catalogue.yaml": FILES["data/catalogue.yaml"]
    .replace("dimensions: [person]", "dimensions: [form, person, citizenship]", 1)
    .replace(
        "indicators:\n",
        """\
  citizenship:
    label: {en: Citizenship}
    countries: XX
    codes:
      national: {label: {en: Own citizens}}
      eu: {label: {en: Citizens of other EU countries}}
      third_country: {label: {en: Citizens of countries outside the EU}}
      unknown: {label: {en: Citizenship unknown}, residual: true}
indicators:
""",
        1,
    )
}


def write(root: Path, changed: Mapping[str, str | bytes | None] = {}) -> Path:
    """Writes the workspace with some files changed, or left out when they are None."""
    for name, content in (FILES | dict(changed)).items():
        path = root / name
        path.unlink(missing_ok=True)
        if content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def load(root: Path, changed: Mapping[str, str | bytes | None] = {}) -> Dataset:
    """The dataset of the workspace with some files changed."""
    return dataset_of(write(root, changed), ("XX",))


def load_public(root: Path, changed: Mapping[str, str | bytes | None] = {}) -> Dataset:
    """The dataset of the workspace with some files changed, as the public may know it."""
    return public_dataset_of(write(root, changed), ("XX",))


def findings(root: Path, changed: Mapping[str, str | bytes | None]) -> tuple[Finding, ...]:
    """What is wrong when some files are changed, in the order told; nothing when they load."""
    try:
        load(root, changed)
    except DataError as problem:
        return problem.findings
    return ()


def wrong(root: Path, content: str | bytes | None, name: str = YEAR) -> list[str]:
    """What is wrong when one file is changed: line, column, code, message and remedy of each finding."""
    return [
        f"{each.mark.line}:{each.mark.column} {each.code}: {each.message} | {each.hint}"
        for each in findings(root, {name: content})
    ]


def value(year: int, number: int | str | None, **known: object) -> Observation:
    """An observation with little more than a value."""
    return Observation(
        "XX", year, "victims.identified", None if number is None else Decimal(number), MARK, year, "police", **known
    )  # type: ignore[arg-type]


def series(*observations: Observation) -> Series:
    """Observations as a series."""
    return Series("victims.identified", "", observations)


MARK = Mark("data/XX/2020.yaml", 3, 1)
