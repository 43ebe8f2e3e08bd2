"""The methodology under the headings of ESMS, the Euro SDMX Metadata Structure: facts from the data, then the country's
own text. Also the coverage of Article 19a, and the codes of other publications."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from reporter.data.errors import Finding
from reporter.data.i18n import CHANGED, N_, STATUS_WORDS, UNIT_WORDS
from reporter.data.records import (
    Audience,
    Code,
    Confidentiality,
    Duty,
    Esms,
    Flag,
    Indicator,
    Observation,
    Qualifier,
    Split,
    is_given,
    is_hidden,
)
from reporter.data.records.catalogue import codes_by_dimension
from reporter.data.records.label import ENGLISH
from reporter.figures.analysis.coverage import (
    Availability,
    CoverageCell,
    coverage_cells,
    indicators_for,
    item_cells,
    item_state,
)
from reporter.report.context import Context
from reporter.report.document.document import Column, Entries, Entry, Table
from reporter.report.sections.imprint import compiled_later, edition_of
from reporter.report.sections.lists import contact_lines, contact_links
from reporter.report.sections.quality import is_open, known_findings
from reporter.report.tables.tabulate import GIVEN, Line, TableHeader, edition_source_note, tabulate

Facts = Callable[[Context], Iterable[str]]

NOTHING = N_("Not stated")
MADE = frozenset((Flag.ESTIMATED, Flag.IMPUTED, Flag.FORECAST))
HEADINGS = {
    Esms.CONTACT: N_("Contact"),
    Esms.METADATA_UPDATE: N_("Metadata update"),
    Esms.PRESENTATION: N_("Statistical presentation"),
    Esms.UNIT: N_("Unit of measure"),
    Esms.REFERENCE_PERIOD: N_("Reference period"),
    Esms.MANDATE: N_("Institutional mandate"),
    Esms.CONFIDENTIALITY: N_("Confidentiality"),
    Esms.RELEASE_POLICY: N_("Release policy"),
    Esms.FREQUENCY: N_("Frequency of dissemination"),
    Esms.ACCESSIBILITY: N_("Accessibility and clarity"),
    Esms.QUALITY_MANAGEMENT: N_("Quality management"),
    Esms.RELEVANCE: N_("Relevance and completeness"),
    Esms.ACCURACY: N_("Accuracy"),
    Esms.TIMELINESS: N_("Timeliness and punctuality"),
    Esms.COHERENCE: N_("Coherence and comparability"),
    Esms.COST: N_("Cost and burden"),
    Esms.REVISION: N_("Data revision"),
    Esms.PROCESSING: N_("Statistical processing"),
    Esms.COMMENT: N_("Comment"),
}


def methodology(context: Context) -> Entries:
    """How the figures were compiled, under the headings of ESMS. Headings without content are listed once."""
    values = dict(_entries(context))
    entries = [entry for entry in values.values() if entry.lines]
    empty = [context.text(HEADINGS[heading]) for heading, entry in values.items() if not entry.lines]
    if empty:
        title = context.text("Headings under which nothing is stated: {n}", n=context.locale.number(len(empty)))
        entries.append(Entry(title, (context.locale.joined("; ", empty),)))
    return Entries("", tuple(entries))


def _entries(context: Context) -> Iterator[tuple[Esms, Entry]]:
    texts = dict(context.vintage.country.methodology)
    reached = context.vintage.country.main_contact
    links = contact_links(reached) if reached else ()
    for number, heading in enumerate(Esms, 1):
        own = texts[heading].text(context.locale.language) if heading in texts else ""
        facts = FACTS[heading](context) if heading in FACTS else ()
        lines = tuple(line for line in (*facts, own) if line)
        title = context.locale.put("{}  {}", number, context.text(HEADINGS[heading]))
        yield heading, Entry(title, lines, links=links if heading is Esms.CONTACT else ())


def esms_of(context: Context, findings: tuple[Finding, ...] = ()) -> tuple[tuple[Esms, Entry], ...]:
    """The methodology of an edition by heading, for a metadata file. Needs no narrative."""
    edition_findings = known_findings(findings, context.vintage, context.locale.language)
    unknown = (context.text(NOTHING),)
    entries = _entries(replace(context, findings=edition_findings))
    return tuple((heading, replace(entry, lines=entry.lines or unknown)) for heading, entry in entries)


def _contact(context: Context) -> Iterable[str]:
    """The rapporteur, the publisher and how to reach the office named on the last page."""
    country = context.vintage.country
    language = context.locale.language
    yield compiled_later(context.vintage, context.locale) or country.rapporteur.text(language)
    yield country.publisher.text(language)
    if country.main_contact:
        yield from contact_lines(country.main_contact, context.locale)


def _presentation(context: Context) -> Iterable[str]:
    vintage = context.vintage
    language = context.locale.language
    given = (observation for observation in vintage.data.observations if is_given(observation))
    divided = {name for value in given for name in codes_by_dimension(value.dimension, value.code)}
    axes = [axis.label.text(language) for axis in vintage.catalogue.dimensions if axis.code in divided]
    yield context.locale.put("{}: {}", context.text("Country"), context.locale.name_of(vintage.country))
    yield context.text("Indicators with figures: {n}", n=context.locale.number(len(_used(context))))
    if axes:
        yield context.locale.put("{}: {}", context.text("Breakdowns"), context.locale.joined("; ", axes))


def _period(context: Context) -> Iterable[str]:
    yield context.text("Calendar year {year}; series {span}", year=context.vintage.year, span=context.span)
    other = [observation for observation in _totals(context) if observation.since]
    if other:
        yield context.text("Other periods: {figures}", figures=_named(context, other))


def _confidentiality(context: Context) -> Iterable[str]:
    observations = context.vintage.index.values()
    yield context.text("Values withheld: {n}", n=context.locale.number(sum(is_hidden(value) for value in observations)))
    if context.audience is Audience.RESTRICTED:
        count = sum(is_given(value) and value.confidentiality is not Confidentiality.FREE for value in observations)
        yield context.text("Values withheld from the public but shown here: {n}", n=context.locale.number(count))


def _release(context: Context) -> Iterable[str]:
    file = context.vintage.edition
    words = CHANGED if file.changed else STATUS_WORDS[file.status]
    yield context.locale.put("{}: {}", context.text("Status of the figures"), context.text(words))


def _management(context: Context) -> Iterable[str]:
    yield context.text(
        "Findings of the automatic checks, all listed under “Data quality and revisions”: accepted with a reason "
        "{accepted}, open {open}",
        accepted=context.locale.number(sum(bool(finding.accepted) for finding in context.findings)),
        open=context.locale.number(sum(not finding.accepted and is_open(finding) for finding in context.findings)),
    )


def _relevance(context: Context) -> Iterable[str]:
    vintage, locale = context.vintage, context.locale
    states = {item.code: item_state(vintage, item) for item in vintage.catalogue.article_19a.items}
    for state in Availability:
        codes = [code for code, availability in states.items() if availability is state]
        items = locale.joined(", ", [locale.put("({})", locale.item_letter(code)) for code in codes])
        if items:
            yield context.text("Items of Article 19a {state}: {items}", state=context.text(state), items=items)


def _accuracy(context: Context) -> Iterable[str]:
    observations = [observation for observation in _totals(context) if is_given(observation)]
    kinds = (
        (N_("Bounds and approximations"), [e for e in observations if e.qualifier is not Qualifier.EXACT]),
        (N_("Estimated, imputed or forecast"), [e for e in observations if e.flags & MADE]),
        (N_("Low reliability"), [e for e in observations if Flag.LOW_RELIABILITY in e.flags]),
        (N_("Unresolved contradiction in the source"), [e for e in observations if e.doubtful]),
    )
    put = context.locale.put
    return (put("{}: {}", context.text(head), _named(context, matches)) for head, matches in kinds if matches)


def _timeliness(context: Context) -> Iterable[str]:
    """When the data were closed and published, in days from the end of the reference year."""
    file = context.vintage.edition
    dates = (
        (file.data_cutoff, N_("Data as of"), N_("Days from the end of the year to the data")),
        (file.published, N_("Published"), N_("Days from the end of the year to publication")),
    )
    put = context.locale.put
    for day, head, delay in (entry for entry in dates if entry[0]):
        yield put("{}: {}", context.text(head), context.locale.date(day))
        if len(day) == 10:
            days = (date.fromisoformat(day) - date.fromisoformat(f"{file.year}-12-31")).days
            yield put("{}: {}", context.text(delay), context.locale.number(days))


def _coherence(context: Context) -> Iterable[str]:
    observations = _totals(context)
    kinds = (
        (N_("Breaks in series"), [e for e in observations if Flag.BREAK in e.flags]),
        (
            N_("Definition differs from the usual one"),
            [e for e in observations if e.definition or Flag.DEFINITION_DIFFERS in e.flags],
        ),
    )
    put = context.locale.put
    return (put("{}: {}", context.text(head), _named(context, matches)) for head, matches in kinds if matches)


def _revision(context: Context) -> Iterable[str]:
    vintage = context.vintage
    revision_count = sum(revision.now.vintage == vintage.year for revision in vintage.data.revisions)
    yield context.text("Earlier figures restated in this edition: {n}", n=context.locale.number(revision_count))


def _used(context: Context) -> list[str]:
    codes = {observation.indicator for observation in context.vintage.data.observations if is_given(observation)}
    return [indicator.code for indicator in context.vintage.catalogue.indicators if indicator.code in codes]


def _totals(context: Context) -> list[Observation]:
    vintage = context.vintage
    return [observation for indicator in vintage.catalogue.indicators for observation in vintage.series(indicator.code)]


def _named(context: Context, observations: Iterable[Observation]) -> str:
    """Figures with their years, by label: "Persons assisted (2010, 2011); Persons prosecuted (2009)"."""
    years: dict[str, list[str]] = {}
    for observation in observations:
        years.setdefault(context.label(observation.indicator), []).append(str(observation.year))
    sentences = (context.locale.put("{} ({})", label, ", ".join(own_years)) for label, own_years in years.items())
    return context.locale.joined("; ", sentences)


FACTS: Mapping[Esms, Facts] = {
    Esms.CONTACT: _contact,
    Esms.METADATA_UPDATE: lambda context: (
        (
            context.locale.put(
                "{}: {}", context.text("Published"), context.locale.date(context.vintage.edition.published)
            ),
        )
        if context.vintage.edition.published
        else ()
    ),
    Esms.PRESENTATION: _presentation,
    Esms.UNIT: lambda context: (
        context.locale.joined(
            "; ", dict.fromkeys(context.text(UNIT_WORDS[context.indicator(code).unit]) for code in _used(context))
        ),
    ),
    Esms.REFERENCE_PERIOD: _period,
    Esms.MANDATE: lambda context: (edition_of(context).legal_basis,),
    Esms.CONFIDENTIALITY: _confidentiality,
    Esms.RELEASE_POLICY: _release,
    Esms.ACCESSIBILITY: lambda context: (
        context.text(
            "PDF tagged for assistive technology; all figures and the data of each chart are attached to the profile "
            "as CSV files, and the tables behind the charts are printed under “Data behind the charts”."
        ),
    ),
    Esms.QUALITY_MANAGEMENT: _management,
    Esms.RELEVANCE: _relevance,
    Esms.ACCURACY: _accuracy,
    Esms.TIMELINESS: _timeliness,
    Esms.COHERENCE: _coherence,
    Esms.REVISION: _revision,
    Esms.PROCESSING: lambda context: (
        context.text("Source data: {sources}", sources=edition_source_note(context.vintage, context.locale)),
    ),
}


# The words of the questionnaire are English.
GLOTIP = ENGLISH
# For each list: the keys of the catalogue's mappings that make up its code.
LISTS_OF = (("eurostat", "sex", "age"), ("glotip", "glotip_sex", "glotip_age"))


def coverage(context: Context) -> Table | None:
    """The items that Article 19a asks for; each item and breakdown is given, in part, missing, not collected or
    not answered in the edition's year. None when the catalogue lists no item."""
    duty = context.vintage.catalogue.article_19a
    if not duty.items:
        return None
    language = context.locale.language
    heads = TableHeader(
        code="coverage",
        caption=context.text(
            "Article 19a of Directive 2011/36/EU and the figures of {year}", year=context.vintage.year
        ),
        unit_line=context.text("Items in force since 2024; in part: the known parts do not add up to the total"),
        stub=context.text("Item and indicator"),
        columns=tuple(Column(name, text=True) for name in _heads(context, _columns(duty))),
    )
    lines = list[Line]()
    for item in duty.items:
        label = context.text(
            "({letter}) {item}", letter=context.locale.item_letter(item.code), item=item.label.text(language)
        )
        indicators = indicators_for(context.vintage, item)
        if not indicators:
            lines.append(Line(label, _states(context, item_cells(context.vintage, item, None))))
            continue
        lines.append(Line(label, heading=True))
        for indicator in indicators:
            states = _states(context, item_cells(context.vintage, item, indicator))
            lines.append(Line(context.label(indicator.code), states, level=1))
    table = tabulate(heads, lines, context.vintage, context.locale)
    note = duty.note.text(language)
    return replace(table, notes=(*table.notes, ("", note))) if note else table


SIGNS = {
    Availability.GIVEN: GIVEN,
    Availability.PART: "½",
    Availability.CONFIDENTIAL: "c",
    Availability.NOT_APPLICABLE: "/",
    Availability.MISSING: "○",
    Availability.UNANSWERED: "?",
    Availability.NOT_COLLECTED: "×",
}


def article_19a(context: Context) -> Table | None:
    """The same as signs, on a part of a page, a row for each indicator; how often each sign occurs is above it."""
    duty, locale = context.vintage.catalogue.article_19a, context.locale
    cells = tuple(coverage_cells(context.vintage))
    counts = Counter(cell.state for cell in cells)
    if not counts[Availability.GIVEN] + counts[Availability.PART]:
        return None
    columns = _columns(duty)
    lines = []
    for (item, indicator), group in groupby(cells, lambda cell: (cell.item, cell.indicator)):
        sign = {cell.split: SIGNS[cell.state] for cell in group}
        several = indicator and len(indicators_for(context.vintage, item)) > 1
        label = context.label(indicator.code) if indicator and several else item.label.text(locale.language)
        lines.append(
            Line(label, [sign[None], *(" ".join(sign.get(split, "") for split in column) for column in columns)])
        )
    heads = TableHeader(
        code="article_19a",
        caption=context.text(
            "Article 19a of Directive 2011/36/EU and the figures of {year}", year=context.vintage.year
        ),
        unit_line=locale.joined(
            "; ",
            (
                locale.put("{} {}: {}", SIGNS[state], context.text(state), counts[state])
                for state in SIGNS
                if counts[state]
            ),
        ),
        stub=context.text("Item and indicator"),
        columns=tuple(Column(name, dots=True) for name in _heads(context, columns)),
    )
    return replace(tabulate(heads, lines, context.vintage, locale), source_note="", notes=())


def _heads(context: Context, columns: list[list[Split]]) -> Iterator[str]:
    yield context.text("Total")
    for group in columns:
        yield context.locale.joined(" / ", (split.label.text(context.locale.language) for split in group))


def _columns(duty: Duty) -> list[list[Split]]:
    """The breakdowns by column; neighbours that no item asks for together share one, so that the table fits a page."""
    columns: list[list[Split]] = []
    for split in duty.splits:
        items = [{*item.splits} for item in duty.items if split.code in item.splits]
        if columns and all(other.code not in item for other in columns[-1] for item in items):
            columns[-1].append(split)
        else:
            columns.append([split])
    return columns


def _states(context: Context, cells: Iterable[CoverageCell]) -> list[str]:
    """The words of a row, for the total and each breakdown. A dash means that the item does not ask for a breakdown."""
    words = {cell.split.code if cell.split else "": context.text(cell.state) for cell in cells}
    columns = _columns(context.vintage.catalogue.article_19a)
    asked = ([words[split.code] for split in group if split.code in words] for group in columns)
    return [words[""], *(context.locale.joined(", ", states) if states else "–" for states in asked)]


def mapping(context: Context) -> Table | None:
    """Eurostat codes and GLOTIP terms of each figure and code of the edition. None when there are none."""
    language = context.locale.language
    observations, catalogue = context.vintage.data.observations, context.vintage.catalogue
    used = {observation.indicator for observation in observations}
    indicators = ((item.label.text(language), item) for item in catalogue.indicators if item.code in used)
    lines = _mapped(context.text("Indicators"), indicators)
    for axis in catalogue.dimensions:
        split = (codes_by_dimension(observation.dimension, observation.code) for observation in observations)
        used = {codes[axis.code] for codes in split if axis.code in codes}
        codes = ((member.label.text(language), member) for member in axis.codes if member.code in used)
        lines += _mapped(axis.label.text(language), codes)
    if not lines:
        return None
    heads = TableHeader(
        code="mapping",
        caption=context.text("Codes of Eurostat and of the UNODC questionnaire (GLOTIP)"),
        unit_line=context.text("Several figures may correspond to one code; they are not added up"),
        stub=context.text("Figure or breakdown"),
        columns=(
            Column(context.text("Eurostat"), text=True),
            Column(context.text("GLOTIP"), text=True, language="" if language == GLOTIP else GLOTIP),
        ),
    )
    # The codes come from the catalogue, so no source of figures is cited.
    return replace(tabulate(heads, lines, context.vintage, context.locale), source_note="")


def _mapped(heading: str, labelled: Iterable[tuple[str, Indicator | Code]]) -> list[Line]:
    lines = []
    for label, record in labelled:
        code_by_key = dict(record.mappings)
        cells = [", ".join(code_by_key[key] for key in keys if key in code_by_key) or ":" for keys in LISTS_OF]
        if any(cell != ":" for cell in cells):
            lines.append(Line(label, cells, level=1))
    return [Line(heading, heading=True), *lines] if lines else []
