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


def fact(observation: Observation) -> Fact:
    return observation.address, observation.year, observation.value


def stated_facts(block: TextBlock, vintage: Vintage, locale: Locale) -> Iterator[Fact]:
    """Yield the values and lists of countries that a paragraph states; a mere claim or a percentage states no value."""
    for value in text_tree.values((block,)):
        if value.address.startswith(COUNTRIES):
            yield value.address, vintage.year, None
        for observation in value.observations:
            if observation.value is None:
                continue
            pattern = f"{re.escape(locale.number(observation.value))}|{spelling(observation.value, locale.language)}"
            text = text_tree.words(value.inside)
            if re.search(rf"(?<![\w.,\u2212-])(?:{pattern})(?![\w%]|[.,]\d|\s?%)", text, re.IGNORECASE):
                yield fact(observation)


def has_typed_numbers(block: TextBlock, language: str) -> bool:
    """Whether a paragraph has a typed number, in digits or words; printed figures and years are not typed."""
    text = markdown(block, noted=False)
    for value in text_tree.values((block,)):
        text = text.replace(escaped(text_tree.words(value.inside)), " ", 1)
    return says_number(text, language)


def says_number(text: str, language: str) -> bool:
    """Whether a text has any number but a year, with durations, frequencies and "one", which `quantities` skips."""
    return bool(DIGITS.search(text) or (*numbers_spelt(text, language), *quantities(text, language)))


MEASURED = (Unit.YEARS, Unit.MONTHS, Unit.DAYS, Unit.EURO)


def year_figures(
    vintage: Vintage, year: int, family: str, notes: PageNotes, locale: Locale, done: Collection[Fact]
) -> list[str]:
    """The figures of a year with their parts, and countries named, as this edition has them, with later revisions."""
    lines = []
    for indicator in vintage.catalogue.indicators:
        if families(indicator.code) == family:
            stated = [vintage.observation(indicator.code, year)]
            names = (*indicator.dimensions, *(cross.code for cross in vintage.crosses(indicator.code, year)))
            stated += (part for name in names for part in vintage.parts(indicator.code, name, year))
            # Withheld values are included.
            values = [value for value in stated if value is not None and _is_known(value) and fact(value) not in done]
            if values:
                lines.append(_line(vintage, indicator, year, values, notes, locale))
    if not family:
        lines += _countries(vintage, year, locale, done)
    return _listed(locale.text(N_("Figures of {year}:"), year=year), lines)


def activity_figures(
    vintage: Vintage, kinds: Collection[ActivityKind], notes: PageNotes, locale: Locale, done: Collection[Fact]
) -> list[str]:
    """The counts of activities, newest first; targets are marked."""
    lines = []
    activities = [candidate for candidate in vintage.data.activities if candidate.kind in kinds]
    for activity in sorted(activities, key=lambda item: (item.target, -item.year, item.since)):
        title = activity.title.text(locale.language)
        title = locale.text(N_("{title} (target)"), title=title) if activity.target else title
        name = locale.put("{}, {}", title, locale.period(activity.since, activity.until))
        lines.append(_of_thing(vintage, name, activity.figures, notes, locale, done))
    return _listed(locale.text(N_("Counts as reported:")), lines)


def law_figures(vintage: Vintage, notes: PageNotes, locale: Locale, done: Collection[Fact]) -> list[str]:
    lines = []
    for provision in vintage.country.provisions:
        article = locale.text(N_(", Article {n}"), n=provision.article) if provision.article else ""
        law = locale.put("{}{}", provision.law.text(locale.language), article)
        name = locale.put("{}: {}", law, provision.subject.text(locale.language))
        lines.append(_of_thing(vintage, name, provision.figures, notes, locale, done))
    return _listed(locale.text(N_("Penalties and periods:")), lines)


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    items = [f"- {line}" for line in lines if line]
    return [in_line(title), "\n".join(items)] if items else []


def _line(
    state: Vintage, indicator: Indicator, year: int, values: list[Observation], notes: PageNotes, locale: Locale
) -> str:
    total = state.observation(indicator.code, year)
    label = indicator.label.text(locale.language)
    head = locale.put("{}: {}", label, _amount(total, indicator, locale)) if total and _is_known(total) else label
    counts = [observation for observation in values if observation.code and is_given(observation)]
    parts = [locale.put("{}: {}", _part_name(state, item, locale), _amount(item, indicator, locale)) for item in counts]
    if hidden := [_part_name(state, item, locale) for item in values if item.code and not is_given(item)]:
        # Where the whole figure is withheld, readers know that every part is.
        withheld = locale.put(
            "{}: {}", locale.text(NOTHING_WORDS[NOTHING[Status.SUPPRESSED]]), locale.joined(", ", hidden)
        )
        parts += [] if is_hidden(total) else [withheld]
    notes.add(filter(is_given, values), state, locale)
    return in_line(locale.put("{} ({})", head, locale.joined("; ", parts)) if parts else head)


def _is_known(observation: Observation) -> bool:
    return is_given(observation) or is_hidden(observation)


def _amount(observation: Observation, indicator: Indicator | None, locale: Locale) -> str:
    return (
        locale.measured(observation, indicator.unit)
        if indicator and is_given(observation) and indicator.unit in MEASURED
        else locale.spoken(observation)
    )


def _part_name(vintage: Vintage, observation: Observation, locale: Locale) -> str:
    axis = vintage.catalogue.dimension(observation.dimension)
    member = axis.get(observation.code) if axis else None
    return member.label.text(locale.language) if member else observation.code


def _of_thing(
    state: Vintage, name: str, figures: Iterable[Observation], notes: PageNotes, locale: Locale, done: Collection[Fact]
) -> str:
    """A thing and those of its counts that no text states; empty when there are none."""
    values = [figure for figure in figures if _is_known(figure) and fact(figure) not in done]
    if not values:
        return ""
    counts = []
    for observation in values:
        indicator = state.catalogue.indicator(observation.indicator)
        label = indicator.label.text(locale.language) if indicator else observation.indicator
        counts.append(locale.put("{}: {}", label, _amount(observation, indicator, locale)))
    notes.add(filter(is_given, values), state, locale)
    return in_line(locale.put("{}: {}", name, locale.joined("; ", counts)))


def _countries(vintage: Vintage, year: int, locale: Locale, done: Collection[Fact]) -> Iterator[str]:
    lists = [country_list for country_list in vintage.data.lists if country_list.year == year]
    for kind, title in TITLES.items():
        named = [country_list for country_list in lists if country_list.kind is kind]
        if not named or (f"{COUNTRIES}{kind}", year, None) in done:
            continue
        codes = [code for country_list in named for code in country_list.countries]
        names = [locale.named(code, vintage.country) for code in codes]
        names += [group.text(locale.language) for country_list in named for group in country_list.groups]
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
    named = [reference for reference in country.references if reference.group in groups]
    items = [f"- {_link(reference.title.text(locale.language), reference.url)}" for reference in named]
    return ["\n".join(items)] if items else []


def contacts(country: Country, locale: Locale, level: int) -> Iterator[str]:
    """Offices with their contact details: the rapporteur, other bodies, organisations."""
    rapporteur = [contact for contact in country.contacts if contact.code == "rapporteur"]
    others = [contact for contact in country.contacts if contact not in rapporteur]
    organisations = [contact for contact in others if contact.ngo]
    for heading, offices in (
        (MAIN, rapporteur),
        ("", [contact for contact in others if not contact.ngo]),
        (ORGANISATIONS, organisations),
    ):
        if heading and offices:
            yield heading_line(level, heading)
        for office in offices:
            name = office.name.text(locale.language)
            yield f"**{in_line(name)}**" if heading else heading_line(level, name)
            if lines := [f"- {line}" for line in _contact(office, locale)]:
                yield "\n".join(lines)


def _contact(contact: Contact, locale: Locale) -> Iterator[str]:
    if role := contact.role.text(locale.language):
        yield in_line(role)
    if contact.person:
        yield in_line(contact.person)
    if contact.telephone:
        yield locale.put("{}: {}", locale.text(N_("Telephone")), _link(contact.telephone, contact.dialled))
    if contact.email:
        yield locale.put("{}: {}", locale.text(N_("E-mail")), _link(contact.email, f"mailto:{contact.email}"))
    if contact.website:
        yield locale.put("{}: {}", locale.text(N_("Website")), _link(contact.website, contact.website))


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
            yield from (f"*{in_line(remark)}*" for remark in dict.fromkeys(self.remarks))
        for title, blocks in self.parts:
            if title and blocks and heading.titles == "bullets":
                # What it quotes is part of the item.
                text = "\n\n".join(QUOTED.sub("", block) for block in blocks)
                yield "- " + indent(f"**{in_line(title).rstrip('.')}.** {text}", "  ").lstrip()
                continue
            if title and blocks and heading.titles == "headings":
                yield heading_line(level, title)
            yield from blocks


def commission_page(
    vintage: Vintage,
    editions: Mapping[int, Vintage],
    locale: Locale,
    undecided: Collection[str] = (),
    audience: Audience = Audience.PUBLIC,
) -> CommissionPage:
    """Write the page of an edition. `vintage` may cover only the last years; `editions` are this edition and the
    earlier ones; `undecided` are texts of earlier years that no one has confirmed."""
    return _Page(vintage, editions, locale, undecided).written(audience)


class _Page:
    """Collects the texts of a page, then the figures that they leave out."""

    def __init__(
        self, vintage: Vintage, editions: Mapping[int, Vintage], locale: Locale, undecided: Collection[str]
    ) -> None:
        self.known, self.locale, self.undecided = vintage, locale, undecided
        self.now = editions[vintage.year]
        self.own = {year: edition for year, edition in editions.items() if year in vintage.years}
        self.owed: list[tuple[Observation, Vintage]] = []
        self.seen: set[tuple[str, frozenset[Fact]]] = set()
        self.findings: list[Finding] = []
        self.passages: set[tuple[int, Mark]] = set()

    def written(self, audience: Audience) -> CommissionPage:
        texts = {entry.title: self._notes_under(entry, self.now.year) for entry in headings()}
        for heading in headings():
            for code in heading.now:
                self._add(texts[heading.title], code, self.now.year)
        for parent in headings():
            is_standing = parent.lead and (parent.now or not parent.years)
            if is_standing and not any(texts[part.title].has_text for part in parent.walk()):
                self._add(texts[parent.title], parent.lead, self.now.year)
        years = {entry.title: self._years(entry) for entry in headings() if entry.years}
        standing = [*stamp(self.now, self.locale, audience)]
        file = self.now.edition
        if file.status is EditionStatus.PROVISIONAL and not file.changed:
            words = self.locale.text(STATUS_WORDS[file.status])
            standing.append(self.locale.put("{}, {}: {}", self.locale.name_of(self.now.country), self.now.year, words))
        lines = [f"**{in_line(notice)}**" for notice in standing]
        for heading in PAGE:
            lines += self._heading(heading, FIRST_LEVEL, texts, years)
        return "\n\n".join(lines) + "\n", self.findings, self.passages

    def _heading(
        self, heading: Heading, level: int, texts: Mapping[str, _Told], years: Mapping[str, Mapping[int, _Told]]
    ) -> list[str]:
        """A heading with everything below it; empty when there is nothing."""
        content = texts[heading.title]
        anywhere = frozenset(value for entry in texts.values() for value in entry.values)
        lines = [*content.lines(heading, level + 1)]
        if heading.activities:
            lines += activity_figures(self.now, heading.activities, content.notes, self.locale, anywhere)
        if heading.law:
            lines += law_figures(self.now, content.notes, self.locale, anywhere)
        lines += content.notes.lines(self.locale)
        for year, text in years.get(heading.title, {}).items():
            lines += self._year(heading, year, text, level + 1, content.values | text.values)
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
        for observation, edition in self.owed:
            if (observation.year, families(observation.indicator)) == (year, heading.family):
                text.notes.note(observation, edition, self.locale)
        lines += text.notes.lines(self.locale)
        file = self.now.data.year(year)
        if file and file.status is not EditionStatus.FINAL and year != self.now.year and lines:
            lines.insert(
                0, f"*{in_line(self.locale.put('{}: {}', year, self.locale.text(STATUS_WORDS[file.status])))}*"
            )
        return [f"**{year}**", *lines] if lines else []

    def _notes_under(self, heading: Heading, year: int) -> _Told:
        return _Told(PageNotes(year, self.known.years, self.owed, family=heading.family))

    def _years(self, heading: Heading) -> dict[int, _Told]:
        """The sections of each year, newest first; an earlier year with a withheld figure is `wary`, see `_add`."""
        content_by_year = {}
        for year in reversed(self.known.years):
            content_by_year[year] = content = self._notes_under(heading, year)
            # A year may have figures but no file.
            edition = self.own.get(year)
            if edition is None:
                continue
            wary = year != self.now.year and any(map(is_hidden, edition.index.values()))
            for code in heading.years:
                self._add(content, code, year, wary=wary)
            if heading.lead and not heading.now and not content.has_text:
                self._add(content, heading.lead, year, wary=wary)
        return content_by_year

    def _add(self, content: _Told, code: str, year: int, *, wary: bool | None = None) -> None:
        """Add the text of a section in one edition; a `wary` one omits paragraphs that may reveal a withheld figure."""
        edition = self.own[year]
        passages = effective_passages(edition, code, self.locale.language)
        if not passages:
            return
        content.remarks += text_remarks(edition, self.locale, passages, self.undecided if year == self.now.year else ())
        self.passages |= {(year, entry.mark) for entry in passages}
        language = passages[0].language
        speaker = self.locale if language == self.locale.language else self.locale.speak(language)
        printer = Printer(edition, speaker, {})
        state = content.notes.state()
        for passage in passages:
            before = self._as_written(passage, year)
            for chunk in chunks(passage.markdown, passage.mark.line):
                paragraphs: list[str] = []
                content.parts.append(("" if wary and says_number(chunk.title, language) else chunk.title, paragraphs))
                for filled in Filler(printer, content.notes, with_figures=False).blocks(chunk, passage):
                    tells = wary and (filled.findings or (filled.block and has_typed_numbers(filled.block, language)))
                    if tells or _bare(filled) in before or not self._is_new(content, filled, edition):
                        content.notes.restore(state)
                    else:
                        paragraphs.append(_bare(filled))
                    state = content.notes.state()
                if paragraphs and (asked := addressed_markdown(chunk, passage, edition, self.locale)):
                    paragraphs.append(asked)
                if wary is None:
                    paragraphs += content.notes.lines(self.locale)

    def _is_new(self, content: _Told, filled: Filled, edition: Vintage) -> bool:
        self.findings += filled.findings
        if not _bare(filled):
            return False
        facts = frozenset(stated_facts(filled.block, edition, self.locale)) if filled.block else frozenset()
        key = (_bare(filled), facts)
        if key in self.seen:
            return False
        self.seen.add(key)
        content.values |= facts
        return True

    def _as_written(self, passage: Passage, year: int) -> frozenset[str]:
        """The paragraphs of a text in the edition that wrote it; empty for this year and for years not on the page."""
        edition = self.own.get(passage.year)
        if edition is None or year in (passage.year, self.now.year):
            return frozenset()
        filler = Filler(Printer(edition, self.locale, {}), NoteBook(), with_figures=False)
        written = chunks(passage.markdown, passage.mark.line)
        return frozenset(_bare(filled) for chunk in written for filled in filler.blocks(chunk, passage))


def _bare(filled: Filled) -> str:
    """A block without its notes."""
    return markdown(filled.block, noted=False) if filled.block else ""
