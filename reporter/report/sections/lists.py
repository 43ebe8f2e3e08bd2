"""The lists of a profile: offices, resources, sources, definitions."""

from collections.abc import Iterator

from reporter.data.i18n import KIND_WORDS, N_, UNIT_WORDS, Locale
from reporter.data.records import Contact, Indicator, Institution, Label, Role, Source, Vintage
from reporter.report.context import Context
from reporter.report.document.document import Entries, Entry, Link
from reporter.report.tables.tabulate import cited_sources

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
    """One office with its number and addresses. Who holds it, where that is told."""
    lines = (each.role.text(locale.language), each.person, *contact_lines(each, locale))
    return Entry(each.name.text(locale.language), tuple(filter(None, lines)), each.website, contact_links(each))


def contact_lines(each: Contact, locale: Locale) -> Iterator[str]:
    """The telephone number and mail address of an office. Where it has published them."""
    if each.telephone:
        yield locale.text("Telephone: {n}", n=each.telephone)
    if each.email:
        yield locale.text("E-mail: {address}", address=each.email)


def contact_links(each: Contact) -> tuple[Link, ...]:
    """Where the number and the mail address of an office lead. What is no single number cannot be dialled."""
    mail = f"mailto:{each.email}" if each.email else ""
    links = ((each.telephone, each.dialled), (each.email, mail))
    return tuple(Link(words, address) for words, address in links if address)


def references(context: Context) -> tuple[Entries, ...]:
    """Legislation, plans, reports and links, a list each."""
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
    """List every source of the edition, with its dates. The sources of figures, lists, activities and law; the dates
    where they are stated."""
    cited = dict.fromkeys(each for vintage in context.vintages for each in cited_sources(vintage))
    return Entries("", tuple(_source(context, each) for each in cited))


def _source(context: Context, each: Source) -> Entry:
    language = context.locale.language
    dates = [
        context.text(words, date=context.locale.date(date))
        for words, date in ((N_("Published: {date}"), each.published), (N_("Read: {date}"), each.accessed))
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
    """The definitions of an indicator, each with its years. Those that count by it; none are named with the usual
    one."""
    years = {
        code: [str(seen.year) for seen in known.series(each.code) if seen.definition == code]
        for code, _ in each.definitions
    }
    # A definition by which nothing is counted is left out, even the usual one, unless there is no value at all.
    for code, label in each.definitions:
        if years[code] or not (code or any(years.values())):
            yield label, ", ".join(years[code]) if code else ""


def _by_country(context: Context, each: Indicator) -> Iterator[tuple[Label, str]]:
    """What each country counts, in its own words. None is named where all count alike. Where none has a value in the
    year, what those count that ever had one."""
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
    several = len(context.vintages) > 1
    found = _by_country(context, each) if several else _by_year(context.vintage, each)
    texts = (context.locale.joined(": ", filter(None, (names, label.text(language)))) for label, names in found)
    kind = context.text(
        "Unit: {unit}; {kind}", unit=context.text(UNIT_WORDS[each.unit]), kind=context.text(KIND_WORDS[each.kind])
    )
    return (*texts, kind)
