"""Rules, the editions they check, and the problems they find; below are the functions that rules share."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from reporter.check.prose_text import ParsedPassage, Reread, paragraphs, parse_passage, reread
from reporter.data.errors import NO_REMEDY, Mark, Remedy, Severity, Values
from reporter.data.files.sources import SETTINGS
from reporter.data.languages import LANGUAGES, Language
from reporter.data.records import (
    Activity,
    CountryData,
    Dataset,
    Dimension,
    EditionStatus,
    Observation,
    Qualifier,
    Vintage,
    is_given,
    vintage,
)
from reporter.data.records.label import Label
from reporter.data.records.observation import amount_text
from reporter.figures.analysis.arithmetic import top_parts
from reporter.text.markdown import SectionText, printed_passages, section_texts

# What a country's data have for each year.
BY_YEAR = (
    *("years", "observations", "revisions", "restated", "activities", "lists", "passages", "open_lists"),
    *("still_holds", "recommendations", "follow_ups"),
)
# Where texts are, by file and words.
Places = Mapping[tuple[str, Label], Mark]


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem, where, and what to do. An `accepted:` entry names `figure` and `year`; without a figure it cannot be
    accepted, as nothing could be printed. `values` and `words` are all that it depends on. `undecided` is the text that
    awaits a decision in the edition of `year`. `remedy` is a key and a value to write at the figure."""

    message: str
    mark: Mark
    hint: str
    figure: str = ""
    year: int | None = None
    undecided: str = ""
    values: Values = ()
    words: str = ""
    remedy: Remedy = NO_REMEDY


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and its parts on one axis, the parts in the order of the file."""

    total: Observation
    axis: Dimension
    parts: tuple[Observation, ...]

    @property
    def top(self) -> tuple[Observation, ...]:
        return top_parts(self.parts, self.axis)

    @property
    def partial(self) -> bool:
        """Return whether the parts need not add up: by the catalogue, or by the file of the figure's year."""
        return self.axis.subset or self.axis.code in self.total.incomplete

    def part(self, code: str) -> Observation | None:
        return next((seen for seen in self.parts if seen.code == code and is_given(seen)), None)


@dataclass(frozen=True, slots=True)
class CheckedEdition:
    """One edition under check, with what was known at its time. `data` has nothing of later years (see `sight`).
    `figures` and `breakdowns` are those from the earliest year that it revises to its own. `passages` are the texts it
    prints in any language of the workspace, reused or not; those later than the edition before, `previous`, are new.
    `texts` are each language's texts by section, printed or not. `counts` are the addresses of all counts of activities
    and provisions of any year. `new_texts` are all texts written for it, the narrative by paragraphs, with how far they
    reuse earlier words; `confirmed` are the names of those read again for it. `places` are those of texts in its
    settings and in the files of its country."""

    known: Vintage
    data: CountryData
    counts: frozenset[str]
    previous: int
    figures: tuple[Observation, ...]
    breakdowns: tuple[Breakdown, ...]
    passages: tuple[ParsedPassage, ...]
    texts: Mapping[str, Mapping[str, SectionText]]
    new_texts: tuple[Reread, ...]
    confirmed: frozenset[str]
    places: Places

    @property
    def year(self) -> int:
        return self.known.year

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities of its own year."""
        return tuple(each for each in self.known.data.activities if each.year == self.year)

    @property
    def new_passages(self) -> tuple[ParsedPassage, ...]:
        return tuple(each for each in self.passages if each.passage.year > self.previous)

    def is_confirmed(self, text: Reread) -> bool:
        return not self.confirmed.isdisjoint((text.name, text.section or text.name))

    @property
    def unread_texts(self) -> tuple[Reread, ...]:
        return tuple(
            each for each in self.new_texts if each.is_reused and not (each.is_imported or self.is_confirmed(each))
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its severity, title (what it finds, in one line) and search. A rule about words `reads` languages of
    which it knows something. `drafts`: only drafts (True) or only others (False). Code: its `name` or its search's."""

    severity: Severity
    title: str
    search: Callable[[CheckedEdition], Iterator[Problem]] = lambda _edition: iter(())
    reads: Callable[[Language], object] | None = None
    drafts: bool | None = None
    name: str = ""

    @property
    def code(self) -> str:
        return self.name or self.search.__name__.replace("_", "-")

    def problems(self, edition: CheckedEdition) -> Iterator[Problem]:
        if self.drafts in (None, edition.known.edition.status is EditionStatus.DRAFT):
            yield from self.search(edition)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose words it reads; empty for a rule about no words."""
        return tuple(code for code, known in LANGUAGES.items() if self.reads(known)) if self.reads else ()


def sight(data: CountryData, year: int) -> str:
    """A cache key: all that an edition depends on apart from the files up to its year, as restated figures and
    activities of any year."""
    seen = _up_to(data, year)
    restated = (
        *(each for each in seen.observations if each.vintage > year),
        *(each for each in seen.revisions if each.now.vintage > year),
        *(each for each in seen.restated if each.value.vintage > year),
    )
    answers = (seen.accepted, seen.differences, seen.frozen_until)
    return repr((restated, answers, sorted(_counts(data))))


def _counts(data: CountryData) -> frozenset[str]:
    return frozenset(seen.address for thing in data.things for seen in thing.figures)


def _up_to(data: CountryData, year: int) -> CountryData:
    kept: dict[str, Any] = {name: tuple(each for each in getattr(data, name) if each.year <= year) for name in BY_YEAR}
    for name in ("accepted", "differences"):
        kept[name] = tuple(each for each in getattr(data, name) if each.vintage <= year)
    return replace(data, **kept)


def editions(data: CountryData, dataset: Dataset, *, years: Container[int] | None = None) -> Iterator[CheckedEdition]:
    """Every edition of a country, oldest first, since any of them may be built again; or those of some `years`."""
    alone = replace(dataset, countries=(data,))
    counts = _counts(data)
    own = f"data/{data.country.code}/"
    files = tuple(each for each in dataset.wordings if each.year and each.mark.path.startswith(own))
    written = [each for each in dataset.wordings if each.mark.path == SETTINGS or each.mark.path.startswith(own)]
    places = {(each.mark.path, each.label): each.mark for each in reversed(written)}
    reading = reread(data.passages, files)
    for previous, file in zip((0, *(file.year for file in data.years)), data.years, strict=False):
        if years is not None and file.year not in years:
            continue
        known = vintage(alone, data.country.code, file.year)
        figures, breakdowns = _figures(known)
        languages = dataset.settings.languages
        printed = dict.fromkeys(printed_passages(known.data.passages, languages, languages))
        yield CheckedEdition(
            known=known,
            data=_up_to(data, file.year),
            counts=counts,
            previous=previous,
            figures=figures,
            breakdowns=breakdowns,
            passages=tuple(parse_passage(each) for each in printed),
            texts=section_texts(known.data.passages),
            new_texts=tuple(
                each
                for year in range(previous + 1, file.year + 1)
                for each in reading.get(year, ())
                if each.language in languages
            ),
            # An entry copied from the file of an earlier year confirms nothing.
            confirmed=frozenset(
                text
                for each in data.still_holds
                if each.year == file.year and not any(map(each.is_copy_of, data.still_holds))
                for text in each.texts
            ),
            places=places,
        )


def _figures(known: Vintage) -> tuple[tuple[Observation, ...], tuple[Breakdown, ...]]:
    revised = [each.year for each in known.data.revisions if each.now.vintage == known.year]
    years = range(min([*revised, known.year]), known.year + 1)
    totals: list[Observation] = []
    groups: dict[tuple[str, int, str], list[Observation]] = {}
    breakdowns: list[Breakdown] = []
    for seen in known.index.values():
        if seen.owner or seen.year not in years:
            continue
        if seen.code:
            groups.setdefault((seen.indicator, seen.year, seen.dimension), []).append(seen)
        else:
            totals.append(seen)
    for (indicator, year, dimension), parts in groups.items():
        total, axis = known.observation(indicator, year), known.catalogue.dimension(dimension)
        if total and axis:
            breakdowns.append(Breakdown(total, axis, tuple(parts)))
    return tuple(totals), tuple(breakdowns)


Compared = Iterable[Observation | None]


def problem(
    seen: Observation, message: str, hint: str, values: Compared = (), words: str = "", remedy: Remedy = NO_REMEDY
) -> Problem:
    """A problem of a value, at its place; depends on the value, the other `values`, and `words` if given."""
    found = stated((seen, *values))
    return Problem(message, seen.mark, hint, seen.figure, seen.year or None, values=found, words=words, remedy=remedy)


def activity_problem(each: Activity, message: str, hint: str, values: Compared = (), words: str = "") -> Problem:
    """A problem of an activity; depends on its counts, other `values`, and `words`, by default the message."""
    found = stated((*each.figures, *values))
    return Problem(message, each.mark, hint, f"activities.{each.code}", each.year, values=found, words=words or message)


def prose_problem(
    parsed: ParsedPassage, mark: Mark, message: str, hint: str, year: int | None = None, values: Compared = ()
) -> Problem:
    """A problem of a text, by default of its own year; depends on `values`, its paragraph and the figures in it."""
    return Problem(message, mark, hint, parsed.name, year or parsed.passage.year, values=stated(values))


def stated(values: Compared) -> Values:
    """Values as an `accepted:` entry has them, each once."""
    found: dict[tuple[int, str], str] = {}
    for seen in values:
        if seen is not None:
            found.setdefault((seen.year, seen.address), amount_text(seen.value, seen.status, seen.qualifier))
    return tuple(sorted((year, address, text) for (year, address), text in found.items()))


def resting(each: Problem, edition: CheckedEdition) -> Problem:
    """Complete what a problem depends on: for a text its paragraph and the figures in it, else its message."""
    words, values = each.words, each.values
    written = ((of, at) for of in edition.passages if of.name == each.figure for at in paragraphs(of.passage))
    # A text may begin with an empty line, where its problems are reported.
    here = (found for found in written if found[1].mark.path == each.mark.path and each.mark.line <= found[1].last)
    parsed, paragraph = next(here, (None, None))
    if parsed and paragraph and not words:
        inside = [found for found in parsed.expressions if found.mark in paragraph]
        printed = stated(edition.known.observation(found.address, found.year or each.year) for found in inside)
        words, values = f"{each.message}: {paragraph.words}", tuple(sorted({*values, *printed}))
    if not (words or values):
        words = each.message
    return replace(each, words=" ".join(words.split()), values=values)


def value_of(seen: Observation) -> Decimal:
    return Decimal(0) if seen.value is None else seen.value


def lower_bound(seen: Observation | None) -> Decimal:
    """The least number that an observation can mean: 0 when it is missing or "about"."""
    if seen is None or not is_given(seen) or seen.qualifier is Qualifier.ABOUT:
        return Decimal(0)
    return value_of(seen)
