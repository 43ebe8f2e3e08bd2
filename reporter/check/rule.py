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
from reporter.figures.analysis.arithmetic import divisions, top_parts
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
    """A total and its parts on one axis, the parts in the order of the file. `name` is the dimension, or the cross of
    which it is a row or column. Of a partial one the parts need not add up, by the catalogue or by the year's file."""

    total: Observation
    name: str
    axis: Dimension
    parts: tuple[Observation, ...]
    partial: bool

    @property
    def top(self) -> tuple[Observation, ...]:
        return top_parts(self.parts, self.axis)

    def part(self, code: str) -> Observation | None:
        return next((value for value in self.parts if value.code == code and is_given(value)), None)


@dataclass(frozen=True, slots=True)
class CheckedEdition:
    """One edition under check, with what was known at its time. `data` has nothing of later years (see `sight`).
    `figures` and `breakdowns` are those from the earliest year that it revises to its own. `passages` are the texts it
    prints in any language of the workspace, reused or not; those later than the edition before, `previous`, are new.
    `texts` are each language's texts by section, printed or not. `counts` are the addresses of all counts of activities
    and provisions of any year. `new_texts` are all texts written for it, the narrative by paragraphs, with how far they
    reuse earlier words; `confirmed` are the names of those read again for it. `places` are those of texts in its
    settings and in the files of its country."""

    vintage: Vintage
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
        return self.vintage.year

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities of its own year."""
        return tuple(activity for activity in self.vintage.data.activities if activity.year == self.year)

    @property
    def new_passages(self) -> tuple[ParsedPassage, ...]:
        return tuple(parsed for parsed in self.passages if parsed.passage.year > self.previous)

    def is_confirmed(self, text: Reread) -> bool:
        return not self.confirmed.isdisjoint((text.name, text.section or text.name))

    @property
    def unread_texts(self) -> tuple[Reread, ...]:
        return tuple(
            text for text in self.new_texts if text.is_reused and not (text.is_imported or self.is_confirmed(text))
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
        if self.drafts in (None, edition.vintage.edition.status is EditionStatus.DRAFT):
            yield from self.search(edition)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose words it reads; empty for a rule about no words."""
        return tuple(code for code, language in LANGUAGES.items() if self.reads(language)) if self.reads else ()


def sight(data: CountryData, year: int) -> str:
    """A cache key: all that an edition depends on apart from the files up to its year."""
    data_to_date = _up_to(data, year)
    restated = (
        *(observation for observation in data_to_date.observations if observation.vintage > year),
        *(revision for revision in data_to_date.revisions if revision.now.vintage > year),
        *(restatement for restatement in data_to_date.restated if restatement.value.vintage > year),
    )
    answers = (data_to_date.accepted, data_to_date.differences, data_to_date.frozen_until)
    return repr((restated, answers, sorted(_counts(data))))


def _counts(data: CountryData) -> frozenset[str]:
    return frozenset(observation.address for thing in data.things for observation in thing.figures)


def _up_to(data: CountryData, year: int) -> CountryData:
    past: dict[str, Any] = {name: tuple(item for item in getattr(data, name) if item.year <= year) for name in BY_YEAR}
    for name in ("accepted", "differences"):
        past[name] = tuple(entry for entry in getattr(data, name) if entry.vintage <= year)
    return replace(data, **past)


def editions(data: CountryData, dataset: Dataset, *, years: Container[int] | None = None) -> Iterator[CheckedEdition]:
    """Every edition of a country, oldest first, since any of them may be built again; or those of some `years`."""
    alone = replace(dataset, countries=(data,))
    own = f"data/{data.country.code}/"
    files = tuple(wording for wording in dataset.wordings if wording.year and wording.mark.path.startswith(own))
    written = [item for item in dataset.wordings if item.mark.path == SETTINGS or item.mark.path.startswith(own)]
    places = {(wording.mark.path, wording.label): wording.mark for wording in reversed(written)}
    reading = reread(data.passages, files)
    for previous, file in zip((0, *(file.year for file in data.years)), data.years, strict=False):
        if years is not None and file.year not in years:
            continue
        edition_vintage = vintage(alone, data.country.code, file.year)
        figures, divided = _figures(edition_vintage)
        languages = dataset.settings.languages
        printed = dict.fromkeys(printed_passages(edition_vintage.data.passages, languages, languages))
        yield CheckedEdition(
            vintage=edition_vintage,
            data=_up_to(data, file.year),
            counts=_counts(data),
            previous=previous,
            figures=figures,
            breakdowns=divided,
            passages=tuple(parse_passage(passage) for passage in printed),
            texts=section_texts(edition_vintage.data.passages),
            new_texts=tuple(
                new_text
                for year in range(previous + 1, file.year + 1)
                for new_text in reading.get(year, ())
                if new_text.language in languages
            ),
            # An entry copied from the file of an earlier year confirms nothing.
            confirmed=frozenset(
                text
                for decision in data.still_holds
                if decision.year == file.year and not any(map(decision.is_copy_of, data.still_holds))
                for text in decision.texts
            ),
            places=places,
        )


def _figures(vintage: Vintage) -> tuple[tuple[Observation, ...], tuple[Breakdown, ...]]:
    revised = [revision.year for revision in vintage.data.revisions if revision.now.vintage == vintage.year]
    years = range(min([*revised, vintage.year]), vintage.year + 1)
    figures = [value for value in vintage.index.values() if not value.owner and value.year in years]
    divided = (
        Breakdown(total, division.name, division.axis, division.parts, division.partial)
        for division in divisions(vintage, figures)
        if (total := vintage.observation(division.whole, division.year))
    )
    return tuple(value for value in figures if not value.code), tuple(divided)


Compared = Iterable[Observation | None]


def problem(
    item: Observation, message: str, hint: str, values: Compared = (), words: str = "", remedy: Remedy = NO_REMEDY
) -> Problem:
    """A problem of a value, at its place; depends on the value, the other `values`, and `words` if given."""
    basis = stated((item, *values))
    return Problem(message, item.mark, hint, item.figure, item.year or None, values=basis, words=words, remedy=remedy)


def activity_problem(item: Activity, message: str, hint: str, values: Compared = (), words: str = "") -> Problem:
    """A problem of an activity; depends on its counts, other `values`, and `words`, by default the message."""
    basis = stated((*item.figures, *values))
    return Problem(message, item.mark, hint, f"activities.{item.code}", item.year, values=basis, words=words or message)


def prose_problem(
    parsed: ParsedPassage, mark: Mark, message: str, hint: str, year: int | None = None, values: Compared = ()
) -> Problem:
    """A problem of a text, by default of its own year; depends on `values`, its paragraph and the figures in it."""
    return Problem(message, mark, hint, parsed.name, year or parsed.passage.year, values=stated(values))


def stated(values: Compared) -> Values:
    """Values as an `accepted:` entry has them, each once."""
    amount_by_figure: dict[tuple[int, str], str] = {}
    for item in values:
        if item is not None:
            amount_by_figure.setdefault((item.year, item.address), amount_text(item.value, item.status, item.qualifier))
    return tuple(sorted((year, address, text) for (year, address), text in amount_by_figure.items()))


def resting(fault: Problem, edition: CheckedEdition) -> Problem:
    """Complete what a problem depends on: for a text its paragraph and the figures in it, else its message."""
    words, values = fault.words, fault.values
    written = ((of, at) for of in edition.passages if of.name == fault.figure for at in paragraphs(of.passage))
    # A text may begin with an empty line, where its problems are reported.
    here = (pair for pair in written if pair[1].mark.path == fault.mark.path and fault.mark.line <= pair[1].last)
    parsed, paragraph = next(here, (None, None))
    if parsed and paragraph and not words:
        inside = [expression for expression in parsed.expressions if expression.mark in paragraph]
        printed = stated(edition.vintage.observation(item.address, item.year or fault.year) for item in inside)
        words, values = f"{fault.message}: {paragraph.words}", tuple(sorted({*values, *printed}))
    if not (words or values):
        words = fault.message
    return replace(fault, words=" ".join(words.split()), values=values)


def value_of(observation: Observation) -> Decimal:
    return Decimal(0) if observation.value is None else observation.value


def lower_bound(observation: Observation | None) -> Decimal:
    """The least number that an observation can mean: 0 when it is missing or "about"."""
    if observation is None or not is_given(observation) or observation.qualifier is Qualifier.ABOUT:
        return Decimal(0)
    return value_of(observation)
