"""What is exported of an edition, and the lines of its files."""

import csv
import io
from pathlib import Path

from reporter.data.i18n import load_locale
from reporter.data.records import Audience
from reporter.editions.checked import CheckedDataset
from reporter.editions.job import Job
from reporter.editions.making.exports import MAKERS, Extract, export, extract_of
from tests import small

ENGLISH = load_locale("en")
# Every format of figures; the texts wait for what is wrong with them.
EVERY = tuple(make for name, make in MAKERS.items() if name not in ("md", "page"))


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def extract(
    dataset, country: str, year: int, first: int | None = None, locale=ENGLISH, audience=Audience.PUBLIC
) -> Extract:
    return extract_of(CheckedDataset(dataset, ()), Job(country, year, "en", audience=audience), locale, first)


def flow(files: dict[str, bytes], code: str, country: str = "LT-2020") -> list[dict[str, str]]:
    return read(files[f"{country}-{code}.csv"])


MAPPED = small.FILES["data/catalogue.yaml"].replace(
    "      women: {label: {en: Women}, within: adults}\n"
    "      men: {label: {en: Men}, within: adults}\n"
    "      children: {label: {en: Children}}\n"
    "      adults: {label: {en: Adults}}\n"
    "      girls: {label: {en: Girls}, within: children}\n"
    "      boys: {label: {en: Boys}, within: children}\n",
    "      women: {label: {en: Women}, within: adults, mappings: {sex: F, age: Y_GE18}}\n"
    "      men: {label: {en: Men}, within: adults, mappings: {sex: M, age: Y_GE18}}\n"
    "      children: {label: {en: Children}, mappings: {sex: T, age: Y_LT18}}\n"
    "      adults: {label: {en: Adults}, mappings: {sex: T, age: Y_GE18}}\n"
    "      girls: {label: {en: Girls}, within: children, mappings: {sex: F, age: Y_LT18}}\n"
    "      boys: {label: {en: Boys}, within: children, mappings: {sex: M, age: Y_LT18}}\n",
)
EUROSTAT = """\
eurostat:
  agency: ESTAT
  figures: {PER_VICT: [victims.identified], PER_INV: [investigations.opened]}
  qualifiers: {about: e}
  statuses: {not applicable: m}
  confidentiality: {F: "", C: C}
  dimensions:
    freq: {value: A}
    geo: {holds: country}
    sex: {axis: person, mapping: sex, total: T, codes: [T, F, M]}
    age: {axis: person, mapping: age, total: TOTAL, codes: [TOTAL, Y_LT18, Y_GE18]}
    iccs:
      axis: form
      mapping: eurostat
      total: ALL
      codes: [ALL, SEX, LAB, OTH]
      decisions: {labour: LAB, sexual: SEX}
  dataflows:
    CRIM_THB_SEX: {label: {en: By sex}, dimensions: [freq, sex, age, geo], figures: [PER_VICT]}
    FORMS: {label: {en: By form}, dimensions: [freq, iccs, geo], figures: [PER_INV]}
"""


def exported(root: Path, figures: str, dates: str = "", eurostat: str = EUROSTAT) -> dict[str, bytes]:
    changed = {"data/catalogue.yaml": MAPPED + eurostat, small.YEAR: f"{small.HEAD}{dates}figures:\n  {figures}\n"}
    return export(extract(small.load(root, changed), "XX", 2020), EVERY)


CITIZENS = """\
  citizenship:
    label: {en: Citizenship}
    countries: XX
    codes:
      national: {label: {en: Own citizens}, mappings: {eurostat: NAT}}
      eu: {label: {en: Citizens of other EU countries}, mappings: {eurostat: EU_FOR}}
      third_country: {label: {en: Citizens of countries outside the EU}, mappings: {eurostat: NEU_FOR}}
indicators:
"""


def by_citizenship(root: Path, figures: str) -> dict[str, bytes]:
    """What is exported where victims are counted by form, person and citizenship, and a table asks for groups."""
    catalogue = MAPPED.replace("indicators:\n", CITIZENS, 1).replace("[person]", "[form, person, citizenship]")
    eurostat = EUROSTAT.replace(
        "  dataflows:\n",
        "    citizen: {axis: citizenship, mapping: eurostat, total: TOTAL, codes: [TOTAL, NAT, EU_FOR, NEU_FOR]}\n"
        "  dataflows:\n"
        "    CITIZENS: {label: {en: By citizenship}, dimensions: [freq, citizen, geo], figures: [PER_VICT]}\n",
    )
    files = {"data/catalogue.yaml": catalogue + eurostat, small.YEAR: f"{small.HEAD}figures:\n  {figures}\n"}
    return export(extract(small.load(root, files), "XX", 2020), EVERY)


NAMES = ("adults", "women", "men", "children", "girls", "boys")
