"""Random countries, what their data say, and every frame of a sentence that the program makes of figures, with a
statement of its own of when it is true. It knows nothing of the arithmetic of the program."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from html import unescape
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from reporter.data.records import Confidentiality, Dataset, Flag, Observation, Qualifier, Status, Vintage
from reporter.report.document.document import Document
from tests import small
from tests.compare.sides import CATALOGUE

KINDS = {
    "investigations.opened": "Investigations opened",
    "victims.identified": "Identified victims",
    "persons.convicted": "Persons convicted",
    "assistance.persons": "Persons assisted",
}
LAST = 2020
# More are not shown as key figures.
MOST_KEYS = 6
STOCK = """\
  assistance.persons:
    label: {en: Persons assisted}
    unit: persons
    key: 4
    kind: stock
    population: clients
    definition: {en: Clients of the year.}
"""


@dataclass(frozen=True)
class Fact:
    """A figure of a year as its file has it. `number` is None where none is printed."""

    number: int | None = None
    is_hidden: bool = False
    is_exact: bool = True
    is_broken: bool = False
    is_other: bool = False
    is_doubtful: bool = False
    definition: str = ""
    is_of_the_year: bool = True

    @property
    def written(self) -> str:
        value = "suppressed" if self.is_hidden else "missing" if self.number is None else f"about {self.number}"
        flags = [letter for letter, holds in (("b", self.is_broken), ("d", self.is_other)) if holds]
        if self.is_exact and self.number is not None:
            value = str(self.number)
        note = "note: {en: Counted in another way.}, " if flags else ""
        return f"{{total: {value}, {note}flags: [{', '.join(flags)}]}}"

    def is_other_than(self, other: "Fact") -> bool:
        """Whether the two may count something else. Another definition that has no name may be any."""
        is_unnamed = any(fact.is_other and not fact.definition for fact in (self, other))
        return is_unnamed or (self.is_other, self.definition) != (other.is_other, other.definition)


@dataclass(frozen=True)
class World:
    """The figures of a country: of each indicator a fact for each year, None where the file is silent. `labels` are
    what readers see of their codes, `keys` the codes of key figures, `last` is the year of the edition."""

    facts: Mapping[str, Mapping[int, Fact | None]]
    labels: Mapping[str, str] = field(default_factory=lambda: KINDS)
    keys: tuple[str, ...] = tuple(KINDS)
    last: int = LAST

    @property
    def years(self) -> list[int]:
        return sorted(next(iter(self.facts.values())))

    def number(self, label: str, year: int) -> int | None:
        fact = self.of(label).get(year)
        return fact.number if fact else None

    def is_hidden(self, label: str, year: int) -> bool:
        fact = self.of(label).get(year)
        return bool(fact and fact.is_hidden)

    def of(self, label: str) -> Mapping[int, Fact | None]:
        (code,) = [code for code, name in self.labels.items() if name.lower() == label.lower()]
        return self.facts[code]

    def change(self, label: str, first: int, last: int) -> int | None:
        """The difference of two years, None where they may not be compared."""
        series = self.of(label)
        before, after = series.get(first), series.get(last)
        if not before or not after or before.number is None or after.number is None:
            return None
        between = [fact for year, fact in series.items() if first < year <= last and fact]
        if any(fact.is_broken for fact in between) or before.is_other_than(after):
            return None
        if (
            not all((before.is_exact, after.is_exact, before.is_of_the_year, after.is_of_the_year))
            or before.is_doubtful
            or after.is_doubtful
        ):
            return None
        return after.number - before.number

    def key_changes(self) -> dict[str, int]:
        names = [self.labels[code] for code in self.keys]
        return {name: each for name, each in self.changes(self.last - 1, self.last).items() if name in names}

    def changes(self, first: int, last: int) -> dict[str, int]:
        """All that can be compared."""
        found = {name: self.change(name, first, last) for name in self.labels.values()}
        return {name: each for name, each in found.items() if each is not None}

    def load(self, folder: Path) -> Dataset:
        return small.load_public(folder, self.files())

    def files(self) -> dict[str, str | None]:
        catalogue = CATALOGUE.replace(
            "    population: identified victims\n", "    population: identified victims\n    key: 2\n"
        )
        catalogue = catalogue.replace(
            "    population: convicted persons\n", "    population: convicted persons\n    key: 3\n"
        )
        catalogue = catalogue.replace("  activity.posters:", f"{STOCK}  activity.posters:")
        files: dict[str, str | None] = {f"data/XX/{year}.yaml": None for year in (2018, 2019, 2020)}
        files |= {"data/catalogue.yaml": catalogue, small.TEXT: "# general_situation\n\nNothing.\n"}
        for year in self.years:
            facts = {code: series[year] for code, series in self.facts.items()}
            lines = [f"  {code}: {fact.written}\n" for code, fact in facts.items() if fact]
            doubts = [
                f"  - {{rule: jump, figure: {code}, comparable: false, reason: {{en: As printed.}}}}\n"
                for code, fact in facts.items()
                if fact and fact.is_doubtful
            ]
            figures = f"figures:\n{''.join(lines)}" if lines else "figures: {}\n"
            accepted = f"accepted:\n{''.join(doubts)}" if doubts else ""
            files[f"data/XX/{year}.yaml"] = f"year: {year}\nsource: police\n{figures}{accepted}"
        return files


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Three to seven years that end with 2020. Most figures are plain numbers, so that much can be compared."""
    dice = Random(draw(st.integers(0, 2**32)))
    years = range(LAST - dice.choice((2, 4, 6)), LAST + 1)
    return World({code: {year: _fact(dice) for year in years} for code in KINDS})


def _fact(dice: Random) -> Fact | None:
    number = dice.choice((dice.randint(0, 4), dice.randint(5, 60), dice.randint(90, 130)))
    rare = dice.randrange(40)
    marks = ("is_broken", "is_other", "is_doubtful")
    if rare < len(marks):
        return Fact(number, **{marks[rare]: True})
    return {3: Fact(number, is_exact=False), 4: Fact(), 5: Fact(is_hidden=True), 6: None}.get(rare, Fact(number))


def world_of(known: Vintage) -> World:
    """The figures of a country as the edition of a year has them."""
    found = {each.code: each for each in known.catalogue.indicators if "." in each.code and known.series(each.code)}
    facts = {code: {year: fact_of(known.series(code).get(year)) for year in known.years} for code in found}
    keys = sorted((code for code, each in found.items() if each.key), key=lambda code: found[code].key)
    labels = {code: each.label.text("en") for code, each in found.items()}
    return World(facts, labels, tuple(keys), known.year)


def fact_of(seen: Observation | None) -> Fact | None:
    if seen is None:
        return None
    return Fact(
        number=None if seen.value is None or seen.status is not Status.GIVEN else int(seen.value),
        is_hidden=seen.status is Status.SUPPRESSED or seen.confidentiality is not Confidentiality.FREE,
        is_exact=seen.qualifier is Qualifier.EXACT,
        is_broken=Flag.BREAK in seen.flags,
        is_other=Flag.DEFINITION_DIFFERS in seen.flags,
        is_doubtful=seen.doubtful,
        definition=seen.definition,
        is_of_the_year=not seen.since,
    )


# What is said.

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PLACES = {
    "label": "(?P<label>LABEL)",
    "labels": "(?P<labels>(?:LABEL)(?:(?:, | and |; )(?:LABEL))*)",
    "n": rf"(?P<n>\d+(?:,\d{{3}})*|{'|'.join(WORDS)})",
    "years": r"(?P<years>[\d–, ]+?(?: and \d+)?)",
    "alike": r"(?P<alike>[\d–, ]+?(?: and \d+)?)",
    "above": r"(?P<above>[\d–, ]+?(?: and \d+)?)",
    "below": r"(?P<below>[\d–, ]+?(?: and \d+)?)",
    "total": rf"(?P<total>{'|'.join(WORDS)})",
    "reason": r"(?P<reason>[^.;]+)",
    "counts": r"(?P<counts>[^.]*(?:fell|rose|stayed)[^.]*)",
    # What is said before a remark.
    "words": r"[^.]*",
}
Check = Callable[[World, dict[str, str]], bool]


def number(text: str) -> int:
    return WORDS.index(text.lower()) if text.lower() in WORDS else int(text.replace(",", ""))


def named_years(text: str) -> list[int]:
    found: list[int] = []
    for each in re.split(", | and ", text):
        first, _, last = each.partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


def named_labels(world: World, text: str) -> set[str]:
    names = sorted(world.labels.values(), key=len, reverse=True)
    found = re.findall("|".join(map(re.escape, names)), text, re.I)
    return {name for name in names if name.lower() in {each.lower() for each in found}}


@cache
def pattern(frame: str, labels: tuple[str, ...]) -> re.Pattern[str]:
    """What finds a frame in a text, with what is put into it."""
    parts = re.split(r"\{(\w+)\}", frame)
    made = "".join(
        re.escape(each) if not place % 2 else PLACES.get(each, rf"(?P<{each}>(?:about )?\d+(?:,\d{{3}})*)")
        for place, each in enumerate(parts)
    )
    any_label = "|".join(re.escape(each) for each in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?<![\w–]){made.replace('LABEL', any_label)}(?![\w–])", re.I)


def moved(way: int) -> Check:
    def check(world: World, said: dict[str, str]) -> bool:
        first, last = int(said["first"]), int(said["last"])
        change = world.change(said["label"], first, last)
        values = [number(said.get(name, "none")) for name in ("before", "after")]
        true = [world.number(said["label"], year) for year in (first, last)]
        by = abs(change or 0) == number(said["n"]) if "n" in said else True
        return change is not None and change * way > 0 and values == true and by

    return check


def stayed(world: World, said: dict[str, str]) -> bool:
    first, last = int(said["first"]), int(said["last"])
    value = number(said["after"]) if "after" in said else 0
    return world.change(said["label"], first, last) == 0 and world.number(said["label"], last) == value


def lacking(world: World, said: dict[str, str]) -> bool:
    """What there is of a figure on two sides of which one has none: a number, `not shown` or `no figure`."""

    def is_so(year: int, words: str) -> bool:
        fact = world.of(said["label"]).get(year)
        shown = fact.number if fact else None
        if words not in ("no figure", "not shown"):
            return shown == number(words.removeprefix("about "))
        return bool(fact and fact.is_hidden) == (words == "not shown") and shown is None

    return is_so(int(said["first"]), said["before"]) and is_so(int(said["last"]), said["after"])


TALLY = re.compile(r"Of \w+ indicators?, (?P<told>.*?) compared with (?P<year>\d{4})")
WAYS = {"rose": 1, "fell": -1, "stayed the same": 0}


def is_tally(world: World, told: str, year: str) -> bool:
    """So many figures rose, fell or stayed since a year; none of those that are not named."""
    found = {way: re.search(rf"(\w+) {words}", told) for words, way in WAYS.items()}
    changes = ways(world.changes(int(year), world.last))
    return all(changes[way] == (number(each[1]) if each else 0) for way, each in found.items())


def apart(world: World, said: dict[str, str]) -> bool:
    """Both have a number, and no change is given; the reason is the true one."""
    label, first, last = said["label"], int(said["first"]), int(said["last"])
    return world.change(label, first, last) is None and said["reason"] in reasons(world, label, first, last)


def reasons(world: World, label: str, first: int, last: int) -> set[str]:
    series = world.of(label)
    before, after = series.get(first), series.get(last)
    found = {
        "not comparable: break in the series": any(
            fact.is_broken for year, fact in series.items() if fact and first < year <= last
        ),
        "not comparable: the definition differs": bool(before and after and before.is_other_than(after)),
        "not comparable: the period is not one year": any(fact and not fact.is_of_the_year for fact in (before, after)),
        "not comparable: the value is not exact": not all(fact is None or fact.is_exact for fact in (before, after)),
        "not comparable: a figure is in doubt": any(fact and fact.is_doubtful for fact in (before, after)),
        "not shown: a value is confidential or masked by the source": any(
            fact and fact.is_hidden for fact in (before, after)
        ),
        "one of the two figures is missing": any(
            not fact or (fact.number is None and not fact.is_hidden) for fact in (before, after)
        ),
    }
    return {reason for reason, holds in found.items() if holds}


def counted(way: int) -> Check:
    """So many key figures fell, rose or stayed since the year before."""

    def check(world: World, said: dict[str, str]) -> bool:
        return ways(world.key_changes())[way] == number(said["n"])

    return check


def ways(changes: Mapping[str, int]) -> Counter[int]:
    return Counter((each > 0) - (each < 0) for each in changes.values())


def between(world: World, said: dict[str, str]) -> bool:
    """So many key figures fell, rose and stayed from the first to the last year."""
    names = {world.labels[code] for code in world.keys}
    changes = world.changes(int(said["first"]), int(said["last"]))
    moves = re.findall(r"(\w+) (?:key figures? )?(fell|rose|stayed)", said["counts"])
    way = {"fell": -1, "rose": 1, "stayed": 0}
    return ways({name: each for name, each in changes.items() if name in names}) == {
        way[verb]: number(n) for n, verb in moves
    }


def most(way: int) -> Check:
    """It moved this way by so many, and no other that can be compared moved as far."""

    def check(world: World, said: dict[str, str]) -> bool:
        changes = world.key_changes()
        (name,) = named_labels(world, said["label"])
        others = [abs(each) for code, each in changes.items() if each * way > 0 and code != name]
        return changes.get(name, 0) == way * number(said["n"]) and all(each < number(said["n"]) for each in others)

    return check


def by(way: int) -> Check:
    def check(world: World, said: dict[str, str]) -> bool:
        return world.change(said["label"], world.last - 1, world.last) == way * number(said["n"])

    return check


def extreme(way: int) -> Check:
    """The last year is not above (1) or below (-1) any that is named; all can be compared with it."""

    def check(world: World, said: dict[str, str]) -> bool:
        years, alike = named_years(said["years"]), named_years(said["alike"]) if "alike" in said else []
        changes = {year: world.change(said["label"], year, world.last) for year in years if year != world.last}
        same = [year for year, each in changes.items() if each == 0]
        return all(each is not None and each * way <= 0 for each in changes.values()) and same == alike

    return check


def silent(world: World, said: dict[str, str]) -> bool:
    """Neither of two years has a number."""
    years = (int(said["first"]), int(said["last"]))
    return all(
        world.number(name, year) is None and not world.is_hidden(name, year)
        for name in named_labels(world, said["labels"])
        for year in years
    )


def few(world: World, said: dict[str, str]) -> bool:
    """Of the key figures of the year so many are below the base of a percentage."""
    values = [world.number(world.labels[code], world.last) for code in world.keys]
    shown = [each for each in values if each is not None][:MOST_KEYS]
    below = sum(each < number(said["base"]) for each in shown)
    n = number(said["n"]) if "n" in said else len(shown)
    return (below, len(shown)) == (n, number(said["total"]) if "total" in said else n)


def victims(way: int) -> Check:
    def check(world: World, said: dict[str, str]) -> bool:
        names = [world.labels[code] for code in world.keys if code.startswith("victims.")]
        changes = [world.change(name, world.last - 1, world.last) or 0 for name in names]
        return any(changes) and all(each * way >= 0 for each in changes)

    return check


def headline(code: str, way: int) -> Check:
    """The words of the catalogue for a rise or a fall: by more than one, and counted as they say."""

    def check(world: World, said: dict[str, str]) -> bool:
        fact = world.facts[code].get(world.last)
        change = world.change(world.labels[code], world.last - 1, world.last) or 0
        return change * way > 1 and fact is not None and not fact.is_other

    return check


# Each sentence that is made of figures, or the part of it that claims something, and when it is true.
CLAIMS: Mapping[str, Check] = {
    "{label}: from {before} in {first} to {after} in {last}, up by {n}": moved(1),
    "{label}: from {before} in {first} to {after} in {last}, down by {n}": moved(-1),
    "{label}: {after} in {first} and in {last}, unchanged.": stayed,
    "{label}: {before} in {first}, {after} in {last}.": lacking,
    "{label}: {before} in {first} and {after} in {last}; {reason}.": apart,
    "No figure for {first} or {last}: {labels}.": silent,
    "The number of {label} rose from {before} in {first} to {after} in {last}.": moved(1),
    "The number of {label} fell from {before} in {first} to {after} in {last}.": moved(-1),
    "The number of {label} was {after} in {first} and in {last}.": stayed,
}


# Only a profile has them.
def extremes(world: World, said: dict[str, str]) -> bool:
    """The highest and lowest of the years that compare with the latest one that has a number."""
    label = said["label"]
    known = [year for year in world.years if world.number(label, year) is not None]
    alike = {
        year: world.number(label, year)
        for year in known
        if year == known[-1] or world.change(label, year, known[-1]) is not None
    }
    years = set(named_years(said["years"])) if "years" in said else set(known)
    ends = [(max(alike.values()), "high", "above"), (min(alike.values()), "low", "below")]
    return years == set(alike) and all(
        number(said[name]) == value and named_years(said[at]) == [year for year in alike if alike[year] == value]
        for value, name, at in ends
    )


# Of a year and the one before it: in a profile, and in a comparison of the two.
OF_TWO_YEARS: Mapping[str, Check] = {
    "{n} key figure fell": counted(-1),
    "{n} key figures fell": counted(-1),
    "{n} key figure rose": counted(1),
    "{n} key figures rose": counted(1),
    "{n} key figure stayed the same": counted(0),
    "{n} key figures stayed the same": counted(0),
    "{n} fell": counted(-1),
    "{n} rose": counted(1),
    "{n} stayed the same": counted(0),
    "{label}: {n} fewer": by(-1),
    "{label}: {n} more": by(1),
    "{label} fell most, by {n}": most(-1),
    "{label} rose most, by {n}": most(1),
    "The number of {label} fell by {n}": by(-1),
    "The number of {label} rose by {n}": by(1),
    "The number of {label} fell most, by {n}": most(-1),
    "The number of {label} rose most, by {n}": most(1),
}
OF_A_PROFILE: Mapping[str, Check] = {
    "{label}: highest {high} ({above}), lowest {low} ({below}).": extremes,
    "{label}, comparable years {years}: highest {high} ({above}), lowest {low} ({below}).": extremes,
    **OF_TWO_YEARS,
    "{n} of the {total} key figures is below {base}": few,
    "{n} of the {total} key figures are below {base}": few,
    "All key figures of the year are below {base}": few,
    "fewer victims counted need not mean fewer victims": victims(-1),
    "more victims counted need not mean more victims": victims(1),
}
# Words of the catalogue that stand alone over a chapter or a chart.
HEADLINES: Mapping[str, Check] = {
    "More investigations opened": headline("investigations.opened", 1),
    "Fewer investigations opened": headline("investigations.opened", -1),
    "More persons convicted": headline("persons.convicted", 1),
    "Fewer persons convicted": headline("persons.convicted", -1),
}
# Only a comparison has them.
OF_A_COMPARISON: dict[str, Check] = {"{first} to {last}: {counts}": between}
# What follows a sentence on a figure.
REMARKS: Mapping[str, Check] = {
    "The highest of the comparable years {years}.": extreme(-1),
    "The lowest of the comparable years {years}.": extreme(1),
    "The highest of the comparable years {years}, as in {alike}.": extreme(-1),
    "The lowest of the comparable years {years}, as in {alike}.": extreme(1),
}
OF_A_COMPARISON |= {f"{{label}}: {{words}}. {remark}": check for remark, check in REMARKS.items()}


def texts(made: object) -> Iterator[str]:
    """Every text of a document, without markup."""
    if isinstance(made, str):
        yield unescape(re.sub("<[^>]+>", " ", made)).replace("\u00a0", " ")
    elif is_dataclass(made):
        for each in fields(made):
            yield from texts(getattr(made, each.name))
    elif isinstance(made, (tuple, list)):
        for each in made:
            yield from texts(each)


def false_claims(world: World, document: Document, frames: Mapping[str, Check]) -> list[str]:
    """The sentences of a document that are not true of the figures."""
    labels, said = tuple(world.labels.values()), list(dict.fromkeys(texts(document)))
    tallies = [each for text in said for each in TALLY.finditer(text)]
    untrue = [each[0] for each in tallies if not is_tally(world, each["told"], each["year"])]
    # What is counted there are all figures, not only key figures.
    said = [TALLY.sub("", text) for text in said]
    found = ((frame, each) for text in said for frame in frames for each in pattern(frame, labels).finditer(text))
    wrong = [each[0] for frame, each in found if not frames[frame](world, each.groupdict())]
    return untrue + wrong + [text for text in said if text in HEADLINES and not HEADLINES[text](world, {})]
