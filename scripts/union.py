"""Makes an invented workspace of 27 countries: `python -m scripts.union FOLDER`. It is made from the invented country
of the tests. Every number is invented: what is tried on it is the program, never a country. The same seed makes the
same files. Countries count in other ways, leave figures out, break series, estimate and revise, so that what can be
compared and what cannot both occur."""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import yaml

from reporter.data.files.writing import write_together
from reporter.data.i18n import load_locale

SOURCE = Path(__file__).resolve().parent.parent / "tests" / "data" / "ruritania"
CODES = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
LANGUAGES = ("en", "lt")
SEED = 2022
INHABITANTS = "population.inhabitants"
# What of the invented country's lists may be another country; Sweden stands beside the group that it belongs to.
NEIGHBOURS = ("DE", "EL", "AT", "HU")
# Counted together, and so more or fewer by one factor: relations between them stay as they are.
GROUPS = ("investigations", "cases", "victims", "suspects", "persons", "assistance")
TOGETHER = {"cases": "investigations", "suspects": "victims"}
# Where what a country has more than its factor says is put, so that parts make their total.
TAKES = frozenset({"sexual", "women", "adults", "national", "victims"})
# What is a sum or a part of another figure, or a term in years, takes nothing more.
EXACT = frozenset({"victims.presumed", "investigations.opened", "sentences.shortest", "sentences.longest"})
# What a country may leave out without leaving a sum of others open.
OMITTED = ("victims.recognised", "suspects.on_record", "persons.charged", "persons.prosecuted", "assistance.projects")
BREAKING = ("victims.recognised", "persons.charged", "assistance.projects", "suspects.on_record")
OTHERWISE = {
    "investigations.opened": ("offences", "Offences recorded during the year; one investigation may have several."),
    "persons.convicted": ("first_instance", "Persons convicted at first instance, whether or not they appealed."),
    "persons.prosecuted": ("with_accomplices", "Persons prosecuted, accomplices without a charge of their own too."),
    "assistance.persons": ("victims_only", ""),
}
Tree = dict[str, Any]
Written = int | str | Tree


def dice_of(*names: object) -> Random:
    """Dice that fall the same for the same names."""
    return Random(" ".join(map(str, names)))  # noqa: S311 - inventing is no cryptography


@dataclass(frozen=True)
class InventedCountry:
    """How figures of one country differ from those they are made from. Each group has a factor; `more` is below it, so
    that no two numbers change places."""

    code: str
    name: str
    factors: Mapping[str, int]
    omitted: frozenset[str]
    breaking: frozenset[str]
    otherwise: frozenset[str]
    estimated: frozenset[str]
    inhabitants: int
    neighbours: Mapping[str, str]

    def number(self, address: str, year: int, value: int) -> int:
        """A number of the country at an address, in a year."""
        if address.startswith("sentences"):
            return value
        indicator, part = ".".join(address.split(".")[:2]), address.split(".")[2:]
        factor = self.factors[indicator.partition(".")[0]]
        whole = "victims.identified" if indicator == "victims.registered" else indicator
        takes = value > 0 and whole not in EXACT and (not part or part[0] in TAKES)
        return factor * value + (dice_of(self.code, whole, year).randrange(factor) if takes else 0)


def country_of(code: str, seed: int) -> InventedCountry:
    """What is invented of a country."""
    dice = dice_of(seed, code)
    factors = {group: dice.randint(1, 9) for group in GROUPS}
    others = [each for each in CODES if each not in (code, "SE")]

    def some(figures: Iterable[str], share: float) -> frozenset[str]:
        return frozenset(each for each in figures if dice.random() < share)

    return InventedCountry(
        code=code,
        name=str(load_locale("en").country(code)),
        factors={group: factors[TOGETHER.get(group, group)] for group in GROUPS},
        omitted=some(OMITTED, 0.15),
        breaking=some(BREAKING, 0.2),
        otherwise=some(OTHERWISE, 0.25),
        estimated=some(("suspects.on_record", "persons.convicted", "assistance.persons"), 0.2),
        inhabitants=dice.choice((0, *(dice.randint(500, 60_000) * 1000 for _ in range(9)))),
        neighbours={"XX": code} | dict(zip(NEIGHBOURS, dice.sample(others, len(NEIGHBOURS)), strict=True)),
    )


def catalogue() -> Tree:
    """The catalogue with inhabitants and with other ways of counting."""
    made = _read("data/catalogue.yaml")
    made["sources"]["population_register"] = {
        "title": {"en": "Invented population on 1 January"},
        "publisher": {"en": "Invented statistics office"},
        "published": "2022-07-01",
    }
    for figure, (code, words) in OTHERWISE.items():
        if words:
            made["indicators"][figure]["definitions"] = {code: {"en": words}}
    made["indicators"][INHABITANTS] = {
        "label": {"en": "Inhabitants"},
        "unit": "persons",
        "kind": "stock",
        "population": "inhabitants",
        "definition": {"en": "Persons with usual residence in the country on 1 January of the year."},
        "terms": {"en": ["inhabitants"]},
    }
    return made


def of_year(country: InventedCountry, year: int, made_from: int) -> Tree:
    """The file of a year, its figures by the country's own factors."""
    tree = _read(f"data/XX/{made_from}.yaml") | {"year": year}
    number = partial(_other, country, year)
    tree["figures"] = {code: number(code, each) for code, each in tree["figures"].items()}
    if country.inhabitants:
        people = country.inhabitants + 137 * (year - 2000)
        tree["figures"][INHABITANTS] = {"total": people, "source": "population_register"}
    for each in tree.get("revisions", ()):
        each |= {key: country.number(each["figure"], each["year"], each[key]) for key in ("was", "now")}
    for entry in (tree.get("earlier", {}), *(each["values"] for each in tree.get("accepted", ()))):
        for told, figures in entry.items():
            figures |= {address: country.number(address, told, value) for address, value in figures.items()}
    for each in tree.get("countries", ()):
        for key in {"named", "main"} & each.keys():
            each[key] = list(dict.fromkeys(country.neighbours.get(code, code) for code in each[key]))
    if year != made_from:
        tree |= {"published": f"{year + 1}-06-28", "data_cutoff": f"{year + 1}-04-30"}
    else:
        _differ(country, tree)
    return tree


def _other(country: InventedCountry, year: int, address: str, seen: Written) -> Written:
    """A figure of a country, a part or a word of one."""
    if isinstance(seen, int):
        return country.number(address, year, seen)
    if isinstance(seen, str):
        return re.sub(r"\d+", lambda found: str(country.number(address, year, int(found[0]))), seen)
    changed = dict(seen)
    for key, each in seen.items():
        if key in ("total", "value"):
            changed[key] = _other(country, year, address, each)
        elif key.startswith("by "):
            changed[key] = {code: _other(country, year, f"{address}.{code}", part) for code, part in each.items()}
    return changed


def _differ(country: InventedCountry, tree: Tree) -> None:
    """Let a country leave out, break, estimate and count otherwise."""
    figures, latest = tree["figures"], tree["year"] == 2022
    for code in country.otherwise:
        if code in figures and isinstance(seen := _record(figures[code]).get("total"), int):
            figures[code] = _record(figures[code]) | {"definition": OTHERWISE[code][0], "flags": ["d"]}
            figures[code]["total"] = seen
            if code == "assistance.persons":
                figures[code].pop("by client", None)
    for code in country.estimated if latest else ():
        _flag(figures, code, "e", "Estimated from the records of half of the provinces.")
    for code in country.breaking if latest else ():
        _flag(figures, code, "b", "From this year on every court reports.")
    for code in country.omitted if latest else ():
        figures[code] = "missing"


def _flag(figures: Tree, code: str, flag: str, note: str) -> None:
    seen = _record(figures[code])
    figures[code] = seen | {"flags": sorted({*seen.get("flags", ()), flag}), "note": {"en": note}}


def _record(seen: Written) -> Tree:
    return deepcopy(seen) if isinstance(seen, dict) else {"total": seen}


def text_of(country: InventedCountry, text: str, year: int) -> str:
    """A narrative without the paragraphs on what the country leaves out."""
    silent = {*country.omitted, *country.breaking, *country.otherwise, *country.estimated} if year == 2022 else ()
    kept = (each for each in text.strip().split("\n\n") if not any(code in each for code in silent))
    return _named(country, "\n\n".join(kept) + "\n")


def _named(country: InventedCountry, text: str) -> str:
    text = text.replace("Ruritanians", f"Persons from {country.name}").replace("Ruritania", country.name)
    return re.sub(r"\bXX\b", country.code, text.replace(".example", f".{country.code.lower()}.example"))


def files_of(code: str, seed: int, years: int) -> Iterator[tuple[str, str]]:
    """The files of a country, earlier years than the original's too."""
    country, place = country_of(code, seed), f"data/{code}"
    own = _read("data/XX/country.yaml")
    del own["name"]
    own["sources"] = {"rapporteur_report": _read("data/catalogue.yaml")["sources"]["rapporteur_report"]}
    own["provisions"]["new_code"]["figures"]["prison_max"] = dice_of(seed, code, "law").choice((12, 15, 20))
    yield f"{place}/country.yaml", _named(country, _dumped(own))
    told = sorted(int(path.stem) for path in (SOURCE / "data/XX").glob("20*.yaml"))
    for year in (*range(told[0] - max(years - len(told), 0), told[0]), *told):
        made_from = max(year, told[0])
        yield f"{place}/{year}.yaml", _named(country, _dumped(of_year(country, year, made_from)))
        if year == made_from:
            text = (SOURCE / f"data/XX/text/en/{year}.md").read_text(encoding="utf-8")
            yield f"{place}/text/en/{year}.md", text_of(country, text, year)


def make_union(folder: Path, *, codes: tuple[str, ...] = CODES, seed: int = SEED, years: int = 4) -> None:
    """Write a workspace with some countries."""
    settings = _read("reporter.yaml") | {"languages": list(LANGUAGES), "country": codes[0]}
    settings["title"] = {"en": "Invented figures of the Union", "lt": "Išgalvoti Sąjungos skaičiai"}
    files = {"reporter.yaml": _dumped(settings), "data/catalogue.yaml": _dumped(catalogue())}
    for code in codes:
        files |= dict(files_of(code, seed, years))
    write_together({folder / name: text.encode() for name, text in files.items()})


class _DaysAsWords(yaml.SafeLoader):
    """Reads days as words, so that they are written as they were."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - its base has it so
        sign: [each for each in found if not each[0].endswith(":timestamp")]
        for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _read(name: str) -> Tree:
    tree: Tree = yaml.load((SOURCE / name).read_text(encoding="utf-8"), _DaysAsWords)  # noqa: S506 - a safe loader
    return tree


def _dumped(tree: Tree) -> str:
    return yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=120)


def main(arguments: list[str]) -> int:
    """Make the workspace in a folder."""
    parser = argparse.ArgumentParser(description="Makes an invented workspace of the 27 countries of the Union.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--years", type=int, default=4, help="years of each country (default: 4)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--countries", type=int, default=len(CODES), help="so many of the countries (default: all)")
    asked = parser.parse_args(arguments)
    make_union(asked.folder, codes=CODES[: asked.countries], seed=asked.seed, years=asked.years)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
