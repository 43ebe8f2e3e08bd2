"""The lists of a profile: offices, resources, sources, definitions, signs, abbreviations, earlier recommendations."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from reporter.data.i18n import KIND_WORDS, N_, NOTHING, UNIT_WORDS, WITHHELD, WITHHELD_WORDS, Locale
from reporter.data.records import (
    RECOMMENDATIONS,
    Annexes,
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
    Task,
    Vintage,
)
from reporter.figures.compare.figures import Manner
from reporter.report.context import Context
from reporter.report.document.document import Column, Entries, Entry, Link, Table
from reporter.report.tables.tabulate import FLAG_WORDS, GIVEN, SIGN_WORDS, Line, TableHeader, cited_sources, tabulate
from reporter.text.markdown import part_title
from reporter.text.markdown_writer import OPEN, addressed, is_draft

GROUPS = {
    "legislation": N_("Legislation"),
    "plan": N_("National action plans"),
    "report": N_("Reports"),
    "link": N_("Links"),
}


TASK_WORDS: Mapping[Task, str] = {
    Task.COORDINATE: N_("Coordination and reports"),
    Task.PARTICIPATE: N_("Action plan or commission"),
    Task.PREVENT: N_("Prevention"),
    Task.IDENTIFY: N_("Identification of victims"),
    Task.INVESTIGATE: N_("Investigation and prosecution"),
    Task.ASSIST: N_("Assistance"),
    Task.TRAIN: N_("Training"),
    Task.COOPERATE: N_("International cooperation"),
}


def who_does_what(context: Context) -> Table | None:
    """The bodies taking part in the edition's year, each in a row, with a dot for each of their tasks; roles that are
    none of these tasks are in words."""
    language, year = context.locale.language, context.vintage.year
    bodies = context.vintage.country.institutions
    parts_by_body: dict[Institution, tuple[Institution | Role, ...]] = {body: (body, *body.roles) for body in bodies}
    if not parts_by_body:
        return None
    tasks_by_body = {body: {task for part in parts for task in part.tasks} for body, parts in parts_by_body.items()}
    tasks = [task for task in Task if any(task in of_body for of_body in tasks_by_body.values())]
    is_short = context.vintage.settings.annexes is Annexes.SHORT
    place = context.text(N_("Data and methods") if is_short else N_("Bodies and activities"))
    words = Column(context.text(N_("Other roles, and years") if tasks else N_("Role")), text=True)
    heads = TableHeader(
        code="who_does_what",
        caption=context.text("Who does what"),
        unit_line=context.text("Tasks in {year}; all roles: see “{title}”", year=year, title=place),
        stub=context.text("Body"),
        columns=(*(Column(context.text(TASK_WORDS[task]), dots=True) for task in tasks), words),
    )
    lines = list[Line]()
    for body, parts in parts_by_body.items():
        roles = [_dated(context, part) for part in parts if not part.tasks]
        others = context.locale.joined("; ", filter(None, (*roles, _years(context, body) if body.tasks else "")))
        dots = (GIVEN if task in tasks_by_body[body] else "" for task in tasks)
        lines.append(Line(body.short.text(language) or body.name.text(language), [*dots, others]))
    return tabulate(heads, lines, context.vintage, context.locale, (context.vintage.country.source,))


def institutions(context: Context) -> Entries | None:
    """The bodies taking part in the edition's year, with all their roles."""
    language, entries = context.locale.language, list[Entry]()
    for institution in context.vintage.country.institutions:
        rows = [institution.role.text(language)]
        for role in institution.roles:
            rows += (_dated(context, role), role.note.text(language))
        rows += (_years(context, institution), institution.note.text(language))
        entries.append(Entry(institution.name.text(language), tuple(filter(None, rows))))
    return Entries(context.text("Institutions taking part"), tuple(entries)) if entries else None


def _dated(context: Context, participant: Institution | Role) -> str:
    role, years = participant.role.text(context.locale.language), _years(context, participant)
    return context.locale.put("{} ({})", role, years) if role and years else role or years


def _years(context: Context, participant: Institution | Role) -> str:
    if participant.since and participant.until:
        return context.locale.period(str(participant.since), str(participant.until))
    if participant.until:
        return context.text("until {year}", year=participant.until)
    return context.text("since {year}", year=participant.since) if participant.since else ""


def contacts(context: Context) -> Entries | None:
    """Offices with their published numbers and addresses."""
    entries = tuple(contact(office, context.locale) for office in context.vintage.country.contacts)
    return Entries("", entries) if entries else None


def contact(office: Contact, locale: Locale) -> Entry:
    """An office with its number and addresses, and the person in charge if published."""
    lines = (office.role.text(locale.language), office.person, *contact_lines(office, locale))
    return Entry(office.name.text(locale.language), tuple(filter(None, lines)), office.website, contact_links(office))


def contact_lines(office: Contact, locale: Locale) -> Iterator[str]:
    """The telephone number and mail address of an office, if published."""
    if office.telephone:
        yield locale.put("{}: {}", locale.text("Telephone"), office.telephone)
    if office.email:
        yield locale.put("{}: {}", locale.text("E-mail"), office.email)


def contact_links(office: Contact) -> tuple[Link, ...]:
    """Links for the number and mail address of an office. Text that is not a single number cannot be dialled."""
    mail = f"mailto:{office.email}" if office.email else ""
    links = ((office.telephone, office.dialled), (office.email, mail))
    return tuple(Link(words, address) for words, address in links if address)


def references(context: Context) -> tuple[Entries, ...]:
    """Legislation, plans, reports and links, with a list for each."""
    language = context.locale.language
    return tuple(
        Entries(
            context.text(title),
            tuple(
                Entry(reference.title.text(language), (), reference.url)
                for reference in context.vintage.country.references
                if reference.group == group
            ),
        )
        for group, title in GROUPS.items()
        if any(reference.group == group for reference in context.vintage.country.references)
    )


def sources(context: Context) -> Entries:
    """Every source of the edition's figures, lists, activities and law, with its dates if stated."""
    cited = dict.fromkeys(source for vintage in context.vintages for source in cited_sources(vintage))
    return Entries("", tuple(_source(context, source) for source in cited))


def _source(context: Context, source: Source) -> Entry:
    language = context.locale.language
    dates = [
        context.locale.put("{}: {}", context.text(head), context.locale.date(date))
        for head, date in ((N_("Published"), source.published), (N_("Accessed"), source.accessed))
        if date
    ]
    lines = (
        source.publisher.text(language),
        *(dates or [context.text("Date of publication: not stated")]),
        source.note.text(language),
    )
    return Entry(source.title.text(language), tuple(line for line in lines if line), source.url)


def definitions(context: Context) -> Entries | None:
    """The definition of every indicator that has figures in the edition."""
    used = {observation.indicator for vintage in context.vintages for observation in vintage.data.observations}
    indicators = [indicator for indicator in context.vintage.catalogue.indicators if indicator.code in used]
    entries = tuple(Entry(context.label(indicator.code), _definition(context, indicator)) for indicator in indicators)
    return Entries("", entries) if entries else None


def _by_year(vintage: Vintage, indicator: Indicator) -> Iterator[tuple[Label, str]]:
    """The definitions of an indicator, each with the years that use it; the usual one has none."""
    years = {
        code: [str(value.year) for value in vintage.series(indicator.code) if value.definition == code]
        for code, _ in indicator.definitions
    }
    # A definition not in use is left out, even the usual one, unless there is no value at all.
    for code, label in indicator.definitions:
        if years[code] or not (code or any(years.values())):
            yield label, ", ".join(years[code]) if code else ""


def _by_country(context: Context, indicator: Indicator) -> Iterator[tuple[Label, str]]:
    """The definitions used by the countries, each with its countries unless all use the same. If none has a value in
    the year, those of countries with a value in another year."""
    uses = [(side, value.definition) for side in context.vintages if (value := side.observation(indicator.code))]
    uses = uses or [(side, "") for side in context.vintages if tuple(side.series(indicator.code))]
    names: dict[Label, list[str]] = {}
    for vintage, code in uses:
        own = vintage.catalogue.indicator(indicator.code) or indicator
        names.setdefault(dict(own.definitions)[code], []).append(context.locale.name_of(vintage.country))
    for label, countries in names.items():
        yield label, context.locale.joined(", ", countries) if len(names) > 1 else ""


def _definition(context: Context, item: Indicator) -> tuple[str, ...]:
    language = context.locale.language
    named_labels = _by_country(context, item) if len(context.vintages) > 1 else _by_year(context.vintage, item)
    texts = (context.locale.joined(": ", filter(None, (names, label.text(language)))) for label, names in named_labels)
    kind = context.text(
        "Unit: {unit}; {kind}", unit=context.text(UNIT_WORDS[item.unit]), kind=context.text(KIND_WORDS[item.kind])
    )
    return (*texts, kind)


DONE_WORDS = (N_("done"), N_("under way"), N_("not begun"), N_("dropped"))
STATE_WORDS: Mapping[RecommendationState, str] = dict(zip(RecommendationState, DONE_WORDS, strict=False))


def title_of(vintage: Vintage, code: str, language: str, year: int = 0) -> str:
    """The title of the latest recommendation with the code, or of the one of a `year`."""
    written = (*vintage.data.past_texts, *vintage.data.passages)
    passages = (passage for passage in written if not year or passage.year == year)
    return part_title(passages, RECOMMENDATIONS, code, language)


def earlier_recommendations(context: Context) -> Entries | None:
    """Follow-up to the recommendations of earlier years, each with its year, recipients, deadline and state."""
    vintage, locale = context.vintage, context.locale
    states = {follow_up.code: follow_up for follow_up in vintage.data.follow_ups if follow_up.year == vintage.year}
    asked = (advice for advice in vintage.data.asked_again(vintage.year) if advice.code in states or is_draft(vintage))
    entries = tuple(
        Entry(
            title_of(vintage, recommendation.code, locale.language, recommendation.year),
            (
                locale.text("Recommended in {year}", year=recommendation.year),
                *addressed(recommendation, vintage, locale),
                *_state(states.get(recommendation.code), vintage.year, locale),
            ),
        )
        for recommendation in asked
    )
    return Entries(locale.text("Follow-up to earlier recommendations"), entries) if entries else None


def _state(follow_up: FollowUp | None, year: int, locale: Locale) -> Iterator[str]:
    state = STATE_WORDS.get(follow_up.state) if follow_up else None
    yield locale.text("State in {year}: {state}", year=year, state=locale.text(state) if state else OPEN)
    if follow_up and follow_up.note:
        yield follow_up.note.text(locale.language)


# A comparison of countries or editions with fewer abbreviations has no table of them.
LEAST_BESIDE = 3
ZERO = N_("zero: it is known that there were none, also where the other parts add up to the total")


def symbols(context: Context) -> Table:
    """All signs, and the flags that occur."""
    sides = context.sides.sides if context.sides else ()
    vintages = (*context.vintages, *(vintage for side in sides for vintage in (side.figures, side.edition)))
    flags = {flag for vintage in vintages for observation in vintage.index.values() for flag in observation.flags}
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
    pairs = ((item.short.text(language), item.full.text(language)) for item in context.vintage.catalogue.abbreviations)
    lines = []
    for short, full in sorted(pairs):
        # A lookbehind after the letters, not before them, lets the search skip to where they occur, which is faster.
        letters = re.escape(short)
        if re.search(rf"{letters}(?<!\w{letters})(?!\w)", context.words):
            lines.append(Line(short, [full]))
    is_comparison = context.sides is not None and context.sides.manner is not Manner.YEARS
    if len(lines) < (LEAST_BESIDE if is_comparison else 1):
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
