"""Lists of the values that no text of the page tells."""

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from reporter.charts.countries import DESIGNATION, KOSOVO, TITLES
from reporter.export.page_notes import PageNotes, families
from reporter.i18n import N_, NOTHING, NOTHING_WORDS, Locale
from reporter.model import Activity, ActivityKind, Indicator, Observation, Status, Unit, Vintage, is_given, is_hidden
from reporter.prose.markdown_text import Block
from reporter.prose.markdown_writer import escaped, in_line
from reporter.prose.quantities import ENGLISH_TENS, ENGLISH_UNITS, in_words, quantities

# An address, its year and its value; of a list of countries there is none.
Fact = tuple[str, int, Decimal | None]
COUNTRIES = "countries."
DIGITS = re.compile(r"(?<!\d)(?![12]\d{3}(?!\d))\d")
SPELT = re.compile(rf"\b(?:{'|'.join((*ENGLISH_UNITS.split(), *ENGLISH_TENS.split()))})\b", re.IGNORECASE)


def told(seen: Observation) -> Fact:
    return seen.address, seen.year, seen.value


def told_values(block: Block, vintage: Vintage, locale: Locale) -> Iterator[Fact]:
    """The values and lists of countries that a paragraph tells. What is only claimed of a value, or printed as a
    percentage, does not tell it."""
    for shown in block.shown:
        if shown.address.startswith(COUNTRIES):
            yield shown.address, vintage.year, None
        for each in shown.observations:
            if each.value is None:
                continue
            words = "|".join(re.escape(word) for word in (locale.number(each.value), *in_words(each.value)))
            if re.search(rf"(?<![\w.,\u2212-])(?:{words})(?![\w%]|[.,]\d|\s?%)", shown.text, re.IGNORECASE):
                yield told(each)


def has_typed_numbers(block: Block, language: str) -> bool:
    """Return whether a paragraph says a number that somebody typed. In digits or words; those that figures print are
    none, nor are years."""
    text = block.markdown
    for shown in block.shown:
        text = text.replace(escaped(shown.text), " ", 1)
    return says_number(text, language)


def says_number(text: str, language: str) -> bool:
    """Return whether a text says any number but a year. Also how long, how often, and "one", which `quantities` reads
    as no count."""
    return bool(DIGITS.search(text) or SPELT.search(text) or next(quantities(text, language), None))


MEASURED = (Unit.YEARS, Unit.MONTHS, Unit.DAYS, Unit.EURO)


def year_figures(
    known: Vintage, year: int, family: str, notes: PageNotes, locale: Locale, done: Collection[Fact]
) -> list[str]:
    """The figures of a year with their parts, and countries named. They are as the edition knows them: restated,
    perhaps, since the texts were written."""
    lines = []
    for indicator in known.catalogue.indicators:
        if families(indicator.code) == family:
            stated = [known.observation(indicator.code, year)]
            stated += (part for name in indicator.dimensions for part in known.parts(indicator.code, name, year))
            # Withheld ones are among them.
            values = [each for each in stated if each is not None and _is_known(each) and told(each) not in done]
            if values:
                lines.append(_line(known, indicator, year, values, notes, locale))
    if not family:
        lines += _countries(known, year, locale, done)
    return _listed(locale.text(N_("Figures of {year}:"), year=year), lines)


def activity_figures(
    known: Vintage, kinds: Collection[ActivityKind], notes: PageNotes, locale: Locale, done: Collection[Fact]
) -> list[str]:
    """The counts of activities, the newest first; aims say that they are."""
    found = [each for each in known.data.activities if each.kind in kinds]
    found.sort(key=lambda each: (each.target, -each.year, each.since))
    lines = [_of_thing(known, _activity_name(each, locale), each.figures, notes, locale, done) for each in found]
    return _listed(locale.text(N_("Counts as they were reported:")), lines)


def law_figures(known: Vintage, notes: PageNotes, locale: Locale, done: Collection[Fact]) -> list[str]:
    lines = [
        _of_thing(
            known,
            locale.put(
                "{}: {}",
                locale.put(
                    "{}{}",
                    each.law.text(locale.language),
                    locale.text(N_(", Article {n}"), n=each.article) if each.article else "",
                ),
                each.subject.text(locale.language),
            ),
            each.figures,
            notes,
            locale,
            done,
        )
        for each in known.country.provisions
    ]
    return _listed(locale.text(N_("Penalties and periods:")), lines)


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    items = [f"- {each}" for each in lines if each]
    return [in_line(title), "\n".join(items)] if items else []


def _line(
    known: Vintage, indicator: Indicator, year: int, values: list[Observation], notes: PageNotes, locale: Locale
) -> str:
    total = known.observation(indicator.code, year)
    label = indicator.label.text(locale.language)
    head = locale.put("{}: {}", label, _amount(total, indicator, locale)) if total and _is_known(total) else label
    given = [each for each in values if each.code and is_given(each)]
    parts = [locale.put("{}: {}", _part_name(known, each, locale), _amount(each, indicator, locale)) for each in given]
    if hidden := [_part_name(known, each, locale) for each in values if each.code and not is_given(each)]:
        # Of a figure that is withheld as a whole readers know it of every part.
        withheld = locale.put(
            "{}: {}", locale.text(NOTHING_WORDS[NOTHING[Status.SUPPRESSED]]), locale.joined(", ", hidden)
        )
        parts += [] if is_hidden(total) else [withheld]
    text = locale.put("{} ({})", head, locale.joined("; ", parts)) if parts else head
    return _with_notes(text, values, known, notes, locale)


def _is_known(seen: Observation) -> bool:
    return is_given(seen) or is_hidden(seen)


def _amount(seen: Observation, indicator: Indicator | None, locale: Locale) -> str:
    return (
        locale.measured(seen, indicator.unit)
        if indicator and is_given(seen) and indicator.unit in MEASURED
        else locale.spoken(seen)
    )


def _part_name(known: Vintage, seen: Observation, locale: Locale) -> str:
    axis = known.catalogue.dimension(seen.dimension)
    member = axis.get(seen.code) if axis else None
    return member.label.text(locale.language) if member else seen.code


def _of_thing(
    known: Vintage, name: str, figures: Iterable[Observation], notes: PageNotes, locale: Locale, done: Collection[Fact]
) -> str:
    """A thing and its counts that are not told. Empty when all are."""
    values = [each for each in figures if _is_known(each) and told(each) not in done]
    if not values:
        return ""
    counts = []
    for each in values:
        indicator = known.catalogue.indicator(each.indicator)
        label = indicator.label.text(locale.language) if indicator else each.indicator
        counts.append(locale.put("{}: {}", label, _amount(each, indicator, locale)))
    return _with_notes(locale.put("{}: {}", name, locale.joined("; ", counts)), values, known, notes, locale)


def _with_notes(text: str, values: Iterable[Observation], known: Vintage, notes: PageNotes, locale: Locale) -> str:
    notes.add((each for each in values if is_given(each)), known, locale)
    return in_line(text)


def _activity_name(each: Activity, locale: Locale) -> str:
    title = each.title.text(locale.language)
    if each.target:
        title = locale.text(N_("{title} (target)"), title=title)
    return locale.put("{}, {}", title, locale.period(each.since, each.until))


def _countries(known: Vintage, year: int, locale: Locale, done: Collection[Fact]) -> Iterator[str]:
    lists = [each for each in known.data.lists if each.year == year]
    for kind, title in TITLES.items():
        named = [each for each in lists if each.kind is kind]
        if not named or (f"{COUNTRIES}{kind}", year, None) in done:
            continue
        codes = [code for each in named for code in each.countries]
        names = [locale.named(code, known.country) for code in codes]
        names += [group.text(locale.language) for each in named for group in each.groups]
        line = locale.put("{}: {}", locale.text(title), locale.listed(map(str, names)))
        yield in_line(
            locale.put("{} ({}: {})", line, locale.country(KOSOVO), locale.text(DESIGNATION))
            if KOSOVO in codes
            else line
        )
