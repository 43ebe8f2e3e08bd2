"""The text of a country under the headings of the Commission's page, some year by year; without notes on sources."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from textwrap import indent

from reporter.data.errors import Finding, Mark
from reporter.data.i18n import N_, NOTHING, NOTHING_WORDS, STATUS_WORDS, Locale
from reporter.data.records import (
    ActivityKind,
    Audience,
    Contact,
    Country,
    EditionStatus,
    Indicator,
    Observation,
    Passage,
    Status,
    Unit,
    Vintage,
    is_given,
    is_hidden,
)
from reporter.formats.export.page_notes import PAGE, Heading, PageNotes, families, headings, stamp, text_remarks
from reporter.report.charts.countries import DESIGNATION, KOSOVO, TITLES
from reporter.text import tree as text_tree
from reporter.text.evaluation import Printer
from reporter.text.lexicon import numbers_spelt, quantities, spelling
from reporter.text.markdown import chunks, effective_passages
from reporter.text.markdown_writer import addressed_markdown, escaped, in_line, markdown
from reporter.text.narrative import Filled, Filler, NoteBook
from reporter.text.tree import TextBlock

# Address, year and value; a list of countries has no value.
Fact = tuple[str, int, Decimal | None]
COUNTRIES = "countries."
QUOTED = re.compile(r"^> ?", re.M)
DIGITS = re.compile(r"(?<!\d)(?![12]\d{3}(?!\d))\d")


def told(seen: Observation) -> Fact:
    return seen.address, seen.year, seen.value


def told_values(block: TextBlock, vintage: Vintage, locale: Locale) -> Iterator[Fact]:
    """Yield the values and lists of countries that a paragraph states; a mere claim or a percentage states no value."""
    for shown in text_tree.values((block,)):
        if shown.address.startswith(COUNTRIES):
            yield shown.address, vintage.year, None
        for each in shown.observations:
            if each.value is None:
                continue
            said = f"{re.escape(locale.number(each.value))}|{spelling(each.value, locale.language)}"
            text = text_tree.words(shown.inside)
            if re.search(rf"(?<![\w.,\u2212-])(?:{said})(?![\w%]|[.,]\d|\s?%)", text, re.IGNORECASE):
                yield told(each)


def has_typed_numbers(block: TextBlock, language: str) -> bool:
    """Whether a paragraph has a typed number, in digits or words; printed figures and years are not typed."""
    text = markdown(block, noted=False)
    for shown in text_tree.values((block,)):
        text = text.replace(escaped(text_tree.words(shown.inside)), " ", 1)
    return says_number(text, language)


def says_number(text: str, language: str) -> bool:
    """Whether a text has any number but a year, with durations, frequencies and "one", which `quantities` skips."""
    return bool(DIGITS.search(text) or (*numbers_spelt(text, language), *quantities(text, language)))


MEASURED = (Unit.YEARS, Unit.MONTHS, Unit.DAYS, Unit.EURO)


def year_figures(
    known: Vintage, year: int, family: str, notes: PageNotes, locale: Locale, done: Collection[Fact]
) -> list[str]:
    """The figures of a year with their parts, and countries named, as this edition has them, with later revisions."""
    lines = []
    for indicator in known.catalogue.indicators:
        if families(indicator.code) == family:
            stated = [known.observation(indicator.code, year)]
            stated += (part for name in indicator.dimensions for part in known.parts(indicator.code, name, year))
            # Withheld values are included.
            values = [each for each in stated if each is not None and _is_known(each) and told(each) not in done]
            if values:
                lines.append(_line(known, indicator, year, values, notes, locale))
    if not family:
        lines += _countries(known, year, locale, done)
    return _listed(locale.text(N_("Figures of {year}:"), year=year), lines)


def activity_figures(
    known: Vintage, kinds: Collection[ActivityKind], notes: PageNotes, locale: Locale, done: Collection[Fact]
) -> list[str]:
    """The counts of activities, newest first; targets are marked."""
    lines = []
    found = [each for each in known.data.activities if each.kind in kinds]
    for each in sorted(found, key=lambda each: (each.target, -each.year, each.since)):
        title = each.title.text(locale.language)
        title = locale.text(N_("{title} (target)"), title=title) if each.target else title
        name = locale.put("{}, {}", title, locale.period(each.since, each.until))
        lines.append(_of_thing(known, name, each.figures, notes, locale, done))
    return _listed(locale.text(N_("Counts as reported:")), lines)


def law_figures(known: Vintage, notes: PageNotes, locale: Locale, done: Collection[Fact]) -> list[str]:
    lines = []
    for each in known.country.provisions:
        article = locale.text(N_(", Article {n}"), n=each.article) if each.article else ""
        law = locale.put("{}{}", each.law.text(locale.language), article)
        name = locale.put("{}: {}", law, each.subject.text(locale.language))
        lines.append(_of_thing(known, name, each.figures, notes, locale, done))
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
        # Where the whole figure is withheld, readers know that every part is.
        withheld = locale.put(
            "{}: {}", locale.text(NOTHING_WORDS[NOTHING[Status.SUPPRESSED]]), locale.joined(", ", hidden)
        )
        parts += [] if is_hidden(total) else [withheld]
    notes.add(filter(is_given, values), known, locale)
    return in_line(locale.put("{} ({})", head, locale.joined("; ", parts)) if parts else head)


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
    """A thing and those of its counts that no text states; empty when there are none."""
    values = [each for each in figures if _is_known(each) and told(each) not in done]
    if not values:
        return ""
    counts = []
    for each in values:
        indicator = known.catalogue.indicator(each.indicator)
        label = indicator.label.text(locale.language) if indicator else each.indicator
        counts.append(locale.put("{}: {}", label, _amount(each, indicator, locale)))
    notes.add(filter(is_given, values), known, locale)
    return in_line(locale.put("{}: {}", name, locale.joined("; ", counts)))


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


# As on the Commission's page.
MAIN, ORGANISATIONS = "National Rapporteur or equivalent mechanism", "NGOs"
GROUPS = {"legislation": "Legislation", "plan": "National Action Plans", "report": "Reports", "link": "Links"}
LAST_SIGNS, BACKSLASH = re.compile(r"(?=#+\Z)"), r"\\"


def heading_line(level: int, title: str) -> str:
    # Markdown would read number signs at the end of the title as the end of the heading.
    return f"{'#' * level} {LAST_SIGNS.sub(BACKSLASH, in_line(title))}"


def references(country: Country, locale: Locale, level: int) -> Iterator[str]:
    for group, title in GROUPS.items():
        if items := documents(country, (group,), locale):
            yield heading_line(level, title)
            yield from items


def documents(country: Country, groups: Collection[str], locale: Locale) -> list[str]:
    """The references of these groups as one list, or nothing."""
    named = [each for each in country.references if each.group in groups]
    items = [f"- {_link(each.title.text(locale.language), each.url)}" for each in named]
    return ["\n".join(items)] if items else []


def contacts(country: Country, locale: Locale, level: int) -> Iterator[str]:
    """Offices with their contact details: the rapporteur, other bodies, organisations."""
    rapporteur = [each for each in country.contacts if each.code == "rapporteur"]
    others = [each for each in country.contacts if each not in rapporteur]
    organisations = [each for each in others if each.ngo]
    for heading, found in (
        (MAIN, rapporteur),
        ("", [each for each in others if not each.ngo]),
        (ORGANISATIONS, organisations),
    ):
        if heading and found:
            yield heading_line(level, heading)
        for each in found:
            name = each.name.text(locale.language)
            yield f"**{in_line(name)}**" if heading else heading_line(level, name)
            if lines := [f"- {line}" for line in _contact(each, locale)]:
                yield "\n".join(lines)


def _contact(each: Contact, locale: Locale) -> Iterator[str]:
    if role := each.role.text(locale.language):
        yield in_line(role)
    if each.person:
        yield in_line(each.person)
    if each.telephone:
        yield locale.text(N_("Telephone: {n}"), n=_link(each.telephone, each.dialled))
    if each.email:
        yield locale.text(N_("E-mail: {address}"), address=_link(each.email, f"mailto:{each.email}"))
    if each.website:
        yield locale.text(N_("Website: {address}"), address=_link(each.website, each.website))


def _link(words: str, address: str) -> str:
    # Markdown allows all other characters in an address between angle brackets.
    safe = re.sub(r"[<>\\\s]", lambda sign: f"%{ord(sign[0]):02X}", address).replace("&", "&amp;")
    return f"[{in_line(words)}](<{safe}>)" if address else in_line(words)


LISTS: Mapping[str, Callable[[Country, Locale, int], Iterator[str]]] = {"references": references, "contacts": contacts}


FIRST_LEVEL = 2


# The page as Markdown, what could not be printed, and the texts on the page with the year of their file.
CommissionPage = tuple[str, list[Finding], set[tuple[int, Mark]]]


@dataclass(slots=True)
class _Told:
    """The content under a heading, or of one of its years."""

    notes: PageNotes
    remarks: list[str] = field(default_factory=list)
    parts: list[tuple[str, list[str]]] = field(default_factory=list)
    values: set[Fact] = field(default_factory=set)

    @property
    def has_text(self) -> bool:
        return any(blocks for _, blocks in self.parts)

    def lines(self, heading: Heading, level: int) -> Iterator[str]:
        if self.has_text:
            yield from (f"*{in_line(each)}*" for each in dict.fromkeys(self.remarks))
        for title, blocks in self.parts:
            if title and blocks and heading.titles == "bullets":
                # What it quotes is part of the item.
                text = "\n\n".join(QUOTED.sub("", each) for each in blocks)
                yield "- " + indent(f"**{in_line(title).rstrip('.')}.** {text}", "  ").lstrip()
                continue
            if title and blocks and heading.titles == "headings":
                yield heading_line(level, title)
            yield from blocks


def commission_page(
    known: Vintage,
    editions: Mapping[int, Vintage],
    locale: Locale,
    undecided: Collection[str] = (),
    audience: Audience = Audience.PUBLIC,
) -> CommissionPage:
    """Write the page of an edition. `known` may cover only the last years; `editions` are this edition and the earlier
    ones; `undecided` are texts of earlier years that no one has confirmed."""
    return _Page(known, editions, locale, undecided).written(audience)


class _Page:
    """Collects the texts of a page, then the figures that they leave out."""

    def __init__(
        self, known: Vintage, editions: Mapping[int, Vintage], locale: Locale, undecided: Collection[str]
    ) -> None:
        self.known, self.locale, self.undecided = known, locale, undecided
        self.now = editions[known.year]
        self.own = {year: each for year, each in editions.items() if year in known.years}
        self.owed: list[tuple[Observation, Vintage]] = []
        self.seen: set[tuple[str, frozenset[Fact]]] = set()
        self.findings: list[Finding] = []
        self.passages: set[tuple[int, Mark]] = set()

    def written(self, audience: Audience) -> CommissionPage:
        texts = {each.title: self._told(each, self.now.year) for each in headings()}
        for heading in headings():
            for code in heading.now:
                self._add(texts[heading.title], code, self.now.year)
        for each in headings():
            is_standing = each.lead and (each.now or not each.years)
            if is_standing and not any(texts[part.title].has_text for part in each.walk()):
                self._add(texts[each.title], each.lead, self.now.year)
        years = {each.title: self._years(each) for each in headings() if each.years}
        standing = [*stamp(self.now, self.locale, audience)]
        file = self.now.edition
        if file.status is EditionStatus.PROVISIONAL and not file.changed:
            words = self.locale.text(STATUS_WORDS[file.status])
            standing.append(self.locale.put("{}, {}: {}", self.locale.name_of(self.now.country), self.now.year, words))
        lines = [f"**{in_line(each)}**" for each in standing]
        for heading in PAGE:
            lines += self._heading(heading, FIRST_LEVEL, texts, years)
        return "\n\n".join(lines) + "\n", self.findings, self.passages

    def _heading(
        self, heading: Heading, level: int, texts: Mapping[str, _Told], years: Mapping[str, Mapping[int, _Told]]
    ) -> list[str]:
        """A heading with everything below it; empty when there is nothing."""
        told = texts[heading.title]
        anywhere = frozenset(value for each in texts.values() for value in each.values)
        lines = [*told.lines(heading, level + 1)]
        if heading.activities:
            lines += activity_figures(self.now, heading.activities, told.notes, self.locale, anywhere)
        if heading.law:
            lines += law_figures(self.now, told.notes, self.locale, anywhere)
        lines += told.notes.lines(self.locale)
        for year, text in years.get(heading.title, {}).items():
            lines += self._year(heading, year, text, level + 1, told.values | text.values)
        lines += documents(self.known.country, heading.documents, self.locale)
        if heading.listed:
            lines += LISTS[heading.listed](self.known.country, self.locale, level + 1)
        for part in heading.parts:
            lines += self._heading(part, level + 1, texts, years)
        own = dict(self.known.country.headings)
        name = next((own[code] for code in reversed(heading.now) if code in own), None)
        title = name.text(self.locale.language) if name else heading.title
        return [heading_line(level, title), *lines] if lines else []

    def _year(self, heading: Heading, year: int, text: _Told, level: int, done: Collection[Fact]) -> list[str]:
        lines = [*text.lines(heading, level + 1)]
        lines += year_figures(self.known, year, heading.family, text.notes, self.locale, done)
        for seen, edition in self.owed:
            if (seen.year, families(seen.indicator)) == (year, heading.family):
                text.notes.note(seen, edition, self.locale)
        lines += text.notes.lines(self.locale)
        file = self.now.data.year(year)
        if file and file.status is not EditionStatus.FINAL and year != self.now.year and lines:
            lines.insert(
                0, f"*{in_line(self.locale.put('{}: {}', year, self.locale.text(STATUS_WORDS[file.status])))}*"
            )
        return [f"**{year}**", *lines] if lines else []

    def _told(self, heading: Heading, year: int) -> _Told:
        return _Told(PageNotes(year, self.known.years, self.owed, family=heading.family))

    def _years(self, heading: Heading) -> dict[int, _Told]:
        """The sections of each year, newest first; an earlier year with a withheld figure is `wary`, see `_add`."""
        found = {}
        for year in reversed(self.known.years):
            found[year] = told = self._told(heading, year)
            # A year may have figures but no file.
            edition = self.own.get(year)
            if edition is None:
                continue
            wary = year != self.now.year and any(map(is_hidden, edition.index.values()))
            for code in heading.years:
                self._add(told, code, year, wary=wary)
            if heading.lead and not heading.now and not told.has_text:
                self._add(told, heading.lead, year, wary=wary)
        return found

    def _add(self, told: _Told, code: str, year: int, *, wary: bool | None = None) -> None:
        """Add the text of a section in one edition; a `wary` one omits paragraphs that may reveal a withheld figure."""
        edition = self.own[year]
        passages = effective_passages(edition, code, self.locale.language)
        if not passages:
            return
        told.remarks += text_remarks(edition, self.locale, passages, self.undecided if year == self.now.year else ())
        self.passages |= {(year, each.mark) for each in passages}
        language = passages[0].language
        speaker = self.locale if language == self.locale.language else self.locale.speak(language)
        printer = Printer(edition, speaker, {})
        kept = told.notes.state()
        for passage in passages:
            before = self._as_written(passage, year)
            for chunk in chunks(passage.markdown, passage.mark.line):
                paragraphs: list[str] = []
                told.parts.append(("" if wary and says_number(chunk.title, language) else chunk.title, paragraphs))
                for filled in Filler(printer, told.notes, with_figures=False).blocks(chunk, passage):
                    tells = wary and (filled.findings or (filled.block and has_typed_numbers(filled.block, language)))
                    if tells or _bare(filled) in before or not self._is_new(told, filled, edition):
                        told.notes.restore(kept)
                    else:
                        paragraphs.append(_bare(filled))
                    kept = told.notes.state()
                if paragraphs and (asked := addressed_markdown(chunk, passage, edition, self.locale)):
                    paragraphs.append(asked)
                if wary is None:
                    paragraphs += told.notes.lines(self.locale)

    def _is_new(self, told: _Told, filled: Filled, edition: Vintage) -> bool:
        self.findings += filled.findings
        if not _bare(filled):
            return False
        facts = frozenset(told_values(filled.block, edition, self.locale)) if filled.block else frozenset()
        key = (_bare(filled), facts)
        if key in self.seen:
            return False
        self.seen.add(key)
        told.values |= facts
        return True

    def _as_written(self, passage: Passage, year: int) -> frozenset[str]:
        """The paragraphs of a text in the edition that wrote it; empty for this year and for years not on the page."""
        edition = self.own.get(passage.year)
        if edition is None or year in (passage.year, self.now.year):
            return frozenset()
        filler = Filler(Printer(edition, self.locale, {}), NoteBook(), with_figures=False)
        written = chunks(passage.markdown, passage.mark.line)
        return frozenset(_bare(each) for chunk in written for each in filler.blocks(chunk, passage))


def _bare(filled: Filled) -> str:
    """A block without its notes."""
    return markdown(filled.block, noted=False) if filled.block else ""
