"""The lists of a profile: offices, resources, sources, definitions, signs, abbreviations, earlier recommendations."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reporter.data.i18n import KIND_WORDS, N_, NOTHING, UNIT_WORDS, WITHHELD, WITHHELD_WORDS, Locale
from reporter.data.records import (
    RECOMMENDATIONS,
    Audience,
    Contact,
    EditionStatus,
    Flag,
    FollowUp,
    Indicator,
    Institution,
    Label,
    RecommendationState,
    Role,
    Source,
    Status,
    Vintage,
)
from reporter.figures.compare.figures import Manner
from reporter.report.context import Context
from reporter.report.document.document import Column, Entries, Entry, Link, Table
from reporter.report.tables.tabulate import FLAG_WORDS, SIGN_WORDS, Line, TableHeader, cited_sources, tabulate
from reporter.text.markdown import part_title
from reporter.text.markdown_writer import OPEN, addressed, is_draft

GROUPS = {
    "legislation": N_("Legislation"),
    "plan": N_("National action plans"),
    "report": N_("Reports"),
    "link": N_("Links"),
}


def institutions(context: Context) -> Entries | None:
    """The bodies taking part in the edition's year, with their roles."""
    language, entries = context.locale.language, list[Entry]()
    for each in context.vintage.country.institutions:
        rows = [each.role.text(language)]
        for role in each.roles:
            years = _years(context, role)
            rows.append(context.locale.put("{} ({})" if years else "{}", role.role.text(language), years))
            rows.append(role.note.text(language))
        rows += (_years(context, each), each.note.text(language))
        entries.append(Entry(each.name.text(language), tuple(filter(None, rows))))
    return Entries(context.text("Institutions taking part"), tuple(entries)) if entries else None


def _years(context: Context, each: Institution | Role) -> str:
    if each.since and each.until:
        return context.locale.period(str(each.since), str(each.until))
    if each.until:
        return context.text("until {year}", year=each.until)
    return context.text("since {year}", year=each.since) if each.since else ""


def contacts(context: Context) -> Entries | None:
    """Offices with their published numbers and addresses."""
    entries = tuple(contact(each, context.locale) for each in context.vintage.country.contacts)
    return Entries("", entries) if entries else None


def contact(each: Contact, locale: Locale) -> Entry:
    """An office with its number and addresses, and the person in charge if published."""
    lines = (each.role.text(locale.language), each.person, *contact_lines(each, locale))
    return Entry(each.name.text(locale.language), tuple(filter(None, lines)), each.website, contact_links(each))


def contact_lines(each: Contact, locale: Locale) -> Iterator[str]:
    """The telephone number and mail address of an office, if published."""
    if each.telephone:
        yield locale.text("Telephone: {n}", n=each.telephone)
    if each.email:
        yield locale.text("E-mail: {address}", address=each.email)


def contact_links(each: Contact) -> tuple[Link, ...]:
    """Links for the number and mail address of an office. Text that is not a single number cannot be dialled."""
    mail = f"mailto:{each.email}" if each.email else ""
    links = ((each.telephone, each.dialled), (each.email, mail))
    return tuple(Link(words, address) for words, address in links if address)


def references(context: Context) -> tuple[Entries, ...]:
    """Legislation, plans, reports and links, with a list for each."""
    language = context.locale.language
    return tuple(
        Entries(
            context.text(title),
            tuple(
                Entry(each.title.text(language), (), each.url)
                for each in context.vintage.country.references
                if each.group == group
            ),
        )
        for group, title in GROUPS.items()
        if any(each.group == group for each in context.vintage.country.references)
    )


def sources(context: Context) -> Entries:
    """Every source of the edition's figures, lists, activities and law, with its dates if stated."""
    cited = dict.fromkeys(each for vintage in context.vintages for each in cited_sources(vintage))
    return Entries("", tuple(_source(context, each) for each in cited))


def _source(context: Context, each: Source) -> Entry:
    language = context.locale.language
    dates = [
        context.text(words, date=context.locale.date(date))
        for words, date in ((N_("Published: {date}"), each.published), (N_("Accessed: {date}"), each.accessed))
        if date
    ]
    lines = (
        each.publisher.text(language),
        *(dates or [context.text("Date of publication: not stated")]),
        each.note.text(language),
    )
    return Entry(each.title.text(language), tuple(line for line in lines if line), each.url)


def definitions(context: Context) -> Entries | None:
    """The definition of every indicator that has figures in the edition."""
    used = {seen.indicator for vintage in context.vintages for seen in vintage.data.observations}
    found = [each for each in context.vintage.catalogue.indicators if each.code in used]
    entries = tuple(Entry(context.label(each.code), _definition(context, each)) for each in found)
    return Entries("", entries) if entries else None


def _by_year(known: Vintage, each: Indicator) -> Iterator[tuple[Label, str]]:
    """The definitions of an indicator, each with the years that use it; the usual one has none."""
    years = {
        code: [str(seen.year) for seen in known.series(each.code) if seen.definition == code]
        for code, _ in each.definitions
    }
    # A definition not in use is left out, even the usual one, unless there is no value at all.
    for code, label in each.definitions:
        if years[code] or not (code or any(years.values())):
            yield label, ", ".join(years[code]) if code else ""


def _by_country(context: Context, each: Indicator) -> Iterator[tuple[Label, str]]:
    """The definitions used by the countries, each with its countries unless all use the same. If none has a value in
    the year, those of countries with a value in another year."""
    seen = [(known, value.definition) for known in context.vintages if (value := known.observation(each.code))]
    seen = seen or [(known, "") for known in context.vintages if tuple(known.series(each.code))]
    names: dict[Label, list[str]] = {}
    for known, code in seen:
        own = known.catalogue.indicator(each.code) or each
        names.setdefault(dict(own.definitions)[code], []).append(context.locale.name_of(known.country))
    for label, countries in names.items():
        yield label, context.locale.joined(", ", countries) if len(names) > 1 else ""


def _definition(context: Context, each: Indicator) -> tuple[str, ...]:
    language = context.locale.language
    found = _by_country(context, each) if len(context.vintages) > 1 else _by_year(context.vintage, each)
    texts = (context.locale.joined(": ", filter(None, (names, label.text(language)))) for label, names in found)
    kind = context.text(
        "Unit: {unit}; {kind}", unit=context.text(UNIT_WORDS[each.unit]), kind=context.text(KIND_WORDS[each.kind])
    )
    return (*texts, kind)


STATE_WORDS: Mapping[RecommendationState, str] = {
    RecommendationState.DONE: N_("done"),
    RecommendationState.UNDER_WAY: N_("under way"),
    RecommendationState.NOT_BEGUN: N_("not begun"),
    RecommendationState.DROPPED: N_("dropped"),
}


def title_of(vintage: Vintage, code: str, language: str, year: int = 0) -> str:
    """The title of the latest recommendation with the code, or of the one of a `year`."""
    written = (*vintage.data.past_texts, *vintage.data.passages)
    known = (each for each in written if not year or each.year == year)
    return part_title(known, RECOMMENDATIONS, code, language)


def earlier_recommendations(context: Context) -> Entries | None:
    """Follow-up to the recommendations of earlier years, each with its year, recipients, deadline and state."""
    vintage, locale = context.vintage, context.locale
    told = {each.code: each for each in vintage.data.follow_ups if each.year == vintage.year}
    asked = (each for each in vintage.data.asked_again(vintage.year) if each.code in told or is_draft(vintage))
    entries = tuple(
        Entry(
            title_of(vintage, each.code, locale.language, each.year),
            (
                locale.text("Recommended in {year}", year=each.year),
                *addressed(each, vintage, locale),
                *_state(told.get(each.code), vintage.year, locale),
            ),
        )
        for each in asked
    )
    return Entries(locale.text("Follow-up to earlier recommendations"), entries) if entries else None


def _state(told: FollowUp | None, year: int, locale: Locale) -> Iterator[str]:
    state = STATE_WORDS.get(told.state) if told else None
    yield locale.text("State in {year}: {state}", year=year, state=locale.text(state) if state else OPEN)
    if told and told.note:
        yield told.note.text(locale.language)


# A comparison of countries or editions with fewer abbreviations has no table of them.
LEAST_BESIDE = 3
ZERO = N_("zero: known to be none, also where the other parts add up to the total")


def symbols(context: Context) -> Table:
    """All signs, and the flags that occur."""
    flags = {
        flag
        for vintage in (
            *context.vintages,
            *(each for side in (context.sides.sides if context.sides else ()) for each in (side.figures, side.edition)),
        )
        for seen in vintage.index.values()
        for flag in seen.flags
    }
    signs = {"0": ZERO} | SIGN_WORDS | {flag.value: FLAG_WORDS[flag] for flag in Flag if flag in flags}
    if context.audience is Audience.RESTRICTED:
        signs[WITHHELD] = WITHHELD_WORDS
    if context.vintage.edition.status is not EditionStatus.DRAFT:
        del signs[NOTHING[Status.UNANSWERED]], signs[NOTHING[Status.UNREADABLE]]
    heads = TableHeader(
        code="symbols",
        caption=context.text("Symbols and flags in tables and charts"),
        unit_line=context.text("Flags are those of Eurostat, in force since January 2025") if flags else "",
        stub=context.text("Sign"),
        columns=(Column(context.text("Meaning"), text=True),),
    )
    return _explaining(context, heads, [Line(sign, [context.text(words)]) for sign, words in signs.items()])


def abbreviations(context: Context) -> Table | None:
    """The abbreviations that this edition uses."""
    language = context.locale.language
    known = ((each.short.text(language), each.full.text(language)) for each in context.vintage.catalogue.abbreviations)
    lines = []
    for short, full in sorted(known):
        # A lookbehind after the letters, not before them, lets the search skip to where they occur, which is faster.
        letters = re.escape(short)
        if re.search(rf"{letters}(?<!\w{letters})(?!\w)", context.words):
            lines.append(Line(short, [full]))
    beside = context.sides is not None and context.sides.manner is not Manner.YEARS
    if len(lines) < (LEAST_BESIDE if beside else 1):
        return None
    heads = TableHeader(
        code="abbreviations",
        caption=context.text("Abbreviations"),
        unit_line=context.text("Those used in this document"),
        stub=context.text("Short form"),
        columns=(Column(context.text("Meaning"), text=True),),
    )
    return _explaining(context, heads, lines)


def _explaining(context: Context, heads: TableHeader, lines: list[Line]) -> Table:
    """A table that explains words: without a source of figures, and without notes on its signs."""
    return replace(tabulate(heads, lines, context.vintage, context.locale), source_note="")
