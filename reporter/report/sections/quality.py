"""The quality of the figures: findings of the checks, revisions, and differences from other publications."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.data.errors import DataError, Finding, NoPaperError, ReporterError, Severity, WordedError
from reporter.data.i18n import N_, Locale
from reporter.data.i18n.po_file import has_words
from reporter.data.i18n.refresh import said_problem
from reporter.data.outline import parts as parts_of
from reporter.data.records import Activity, Difference, Observation, Source, Vintage, answer_to, is_given
from reporter.data.records.catalogue import Code, Dimension
from reporter.data.records.label import ENGLISH, language_of, united
from reporter.data.records.message import At, Told
from reporter.figures.compare.ranking import is_ranked
from reporter.report.charts.countries import TITLES
from reporter.report.context import Context
from reporter.report.document.document import Column, Entries, Entry, Table
from reporter.report.tables.tabulate import Line, TableHeader, tabulate

# On screen the checks speak English.
CHECKS = ENGLISH
# The names of groups of a year's figures, by the first word of their codes.
GROUPS = {
    "activities": N_("Activities"),
    "assistance": N_("Assistance and support"),
    "countries": N_("Countries named"),
    "investigations": N_("Investigations"),
    "persons": N_("Prosecution and conviction"),
    "suspects": N_("Suspects"),
    "victims": N_("Victims"),
}
SECTION_TITLES = {each.code: each.title for each in parts_of()}


def retold(message: Told, context: Context) -> str:
    parts = {name: _part(each, context, name) for name, each in message.parts.items()}
    return (context.text if has_words(message.frame) else context.locale.put)(message.frame, **parts)


def _named(name: str, code: str, context: Context) -> str:
    """The name of a code used in a message: of a language, a group of figures, a section, a part of a section."""
    match name:
        case "language" | "other":
            return context.locale.language_name(code)
        case "group" if code in GROUPS:
            return context.text(GROUPS[code])
        case "section" if code in SECTION_TITLES:
            return context.text(SECTION_TITLES[code])
        case "part":
            # The title of a part is the first line of its text.
            texts = (each.markdown for each in context.vintage.data.passages if each.part == code)
            return next(texts, code).partition("\n")[0].strip("# ")
    return code


def _part(part: object, context: Context, name: str) -> str:
    locale = context.locale
    match part:
        case Told():
            return retold(part, context)
        case tuple():
            return locale.listed(_part(each, context, name) for each in part)
        case At():
            return label_at(part.address, context)
        case Activity(title=label) | Code(label=label) | Dimension(label=label):
            return label.text(locale.language)
        case Observation():
            return locale.spoken(part)
        case None:
            return context.text("not available")
        case Decimal():
            return locale.number(part)
        case _:
            return _named(name, str(part), context)


def label_at(address: str, context: Context) -> str:
    """The label for an address, or the address itself if unknown."""
    locale = context.locale
    for vintage in context.vintages:
        seen = next((each for (name, _), each in vintage.index.items() if name == address), None)
        if seen:
            titles = {f"activities.{each.code}": each.title for each in vintage.data.activities}
            titles |= {f"law.{each.code}": each.subject for each in vintage.country.provisions}
            total = locale.label_of(replace(seen, dimension="", code=""), vintage.catalogue)
            axis = vintage.catalogue.dimension(seen.dimension)
            part = axis.get(seen.code) if axis else None
            label = locale.put("{} ({})", total, locale.inside(part.label.text(locale.language))) if part else total
            return locale.joined(", ", (titles[seen.owner].text(locale.language), label)) if seen.owner else label
    kind = next((title for each, title in TITLES.items() if address == f"countries.{each}"), "")
    found = context.vintage.catalogue.indicator(address)
    return context.text(kind) if kind else found.label.text(locale.language) if found else address


def words_of(finding: Finding, context: Context) -> str:
    """What is wrong; in English if there is no translation."""
    locale = context.locale
    if isinstance(finding.message, Told):
        return retold(finding.message, context)
    if locale.language == CHECKS:
        return finding.message
    said = said_problem(finding.message, locale)
    if finding.title and language_of(said):
        return message_of(context, finding)
    return locale.put("{}: {}", finding.year, said) if finding.title and finding.year else said


def problem_words(problem: ReporterError, locale: Locale) -> tuple[str, str]:
    """What is wrong, and how to fix it; in English if there is no translation."""
    first = problem.findings[0] if isinstance(problem, DataError) and problem.findings else problem
    words, remedy = said_problem(first.message, locale), said_problem(first.hint, locale)
    if isinstance(problem, WordedError):
        values = {
            name: locale.listed(each) if isinstance(each, tuple) else each for name, each in problem.values.items()
        }
        words, remedy = (each and locale.text(each, **values) for each in (problem.words, problem.remedy))
    elif isinstance(problem, NoPaperError):
        words = locale.text("this computer cannot make PDF pages; everything else works")
    return locale.opened(words), locale.opened(remedy)


def message_of(context: Context, finding: Finding) -> str:
    """The words of a finding in the language of the page, or its rule's title if they cannot be translated."""
    if isinstance(finding.message, Told):
        message = retold(finding.message, context)
    else:
        message = finding.message if context.locale.language == CHECKS else context.text(finding.title)
    return context.locale.put("{}: {}", finding.year, message) if finding.year else message


WEIGHTS = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTE: N_("note")}
NO_FINDINGS = N_("There are no open findings.")
NO_REVISIONS = N_("None: this edition changes no figure of an earlier one.")


def known_findings(findings: tuple[Finding, ...], vintage: Vintage, language: str) -> tuple[Finding, ...]:
    """The findings on an edition, with the reason of those accepted by then, in its language. Findings on neither a
    figure nor a text, such as a label without a translation, are left out: they are for the editors of the files."""
    known = []
    for finding in (each for each in findings if each.figure):
        entry = answer_to(finding, vintage.data.accepted)
        if finding.since <= vintage.year or (entry and (finding.year or 0) <= vintage.year):
            known.append(replace(finding, accepted=entry.reason.text(language) if entry else ""))
    return tuple(known)


def open_findings(context: Context) -> Entries:
    """Findings on figures not yet accepted, without notes, which need no action."""
    found = [each for each in context.findings if not each.accepted and is_open(each)]
    entries = tuple(_entry(context, each) for each in found)
    return Entries("", entries or (Entry(context.text(NO_FINDINGS)),))


def _entry(context: Context, finding: Finding) -> Entry:
    """A finding with the reason why it was accepted, or with its rule while it is open. In a language that the checks
    do not speak it is named by its figure, with its rule."""
    words, weight = message_of(context, finding), context.text(WEIGHTS[finding.severity])
    rule = context.text("Rule: {code}; {weight}", code=finding.code, weight=weight)
    if language_of(words) and not finding.figure.startswith("text."):
        label = label_at(finding.figure, context)
        words = context.locale.put("{}: {}", finding.year, label) if finding.year else label
        return Entry(words, tuple(filter(None, (rule, finding.accepted))))
    return Entry(words, (finding.accepted or rule,))


def is_open(finding: Finding) -> bool:
    """Whether a finding on figures needs action, as notes do not, whether or not it was accepted."""
    return finding.severity is not Severity.NOTE and bool(finding.figure) and not finding.figure.startswith("text.")


def findings(context: Context) -> tuple[Entries, ...]:
    """Accepted findings with their reasons. Several countries have a list each, many only those with findings."""
    editions = context.vintages
    accepted = tuple(each for each in context.findings if each.accepted)
    if len(editions) == 1:
        return (Entries("", _accepted(context, accepted)),) if accepted else ()
    none = (Entry(context.text("No findings on {year} were accepted.", year=context.vintage.year)),)
    found = ((each.country, _accepted(context, _of_country(accepted, each.country.code))) for each in editions)
    rows = (each for each in found if each[1] or not is_ranked(context.sides))
    return tuple(Entries(context.locale.name_of(country), entries or none) for country, entries in rows)


def explained_elsewhere(context: Context) -> frozenset[str]:
    """The notes printed under data quality: reasons of accepted findings, differences from other publications."""
    vintage, language = context.vintage, context.locale.language
    reasons = (each.accepted for each in context.findings if each.accepted)
    return frozenset((*reasons, *(text for each in differing(vintage) for text in told_of(each, vintage, language))))


def _accepted(context: Context, found: Iterable[Finding]) -> tuple[Entry, ...]:
    return tuple(_entry(context, each) for each in found)


def findings_of_editions(
    findings: tuple[Finding, ...], editions: Sequence[Vintage], language: str
) -> tuple[Finding, ...]:
    """The findings on one edition, or on each of several countries in turn."""
    if len(editions) == 1:
        return known_findings(findings, editions[0], language)
    own = ((each, _of_country(findings, each.country.code)) for each in editions)
    return tuple(finding for edition, found in own for finding in known_findings(found, edition, language))


def _of_country(findings: Iterable[Finding], code: str) -> tuple[Finding, ...]:
    return tuple(each for each in findings if each.mark.path.startswith(f"data/{code}/"))


def revisions(context: Context) -> Entries:
    """The values of earlier years that the year's file restates or repeats, or a statement that there are none."""
    return revised(context) or Entries("", (Entry(context.text(NO_REVISIONS)),))


def revised(context: Context) -> Entries | None:
    """The values of earlier years that the year's file restates or repeats. None without any."""
    locale, entries = context.locale, list[Entry]()
    for each in context.vintage.data.revisions:
        if each.now.vintage == context.vintage.year:
            now = locale.value(context.vintage.observation(each.figure, each.year))
            was = context.text("not available") if each.was is None else locale.number(each.was)
            words = context.text("Published before: {was}; now: {now}", was=was, now=now)
            label = locale.put("{}: {}", each.year, locale.label_of(each.now, context.vintage.catalogue))
            entries.append(Entry(label, (words, each.reason.text(locale.language))))
    entries += _repeated(context)
    return Entries("", tuple(entries)) if entries else None


def _repeated(context: Context) -> Iterator[Entry]:
    """The earlier figures that the year's file repeats; the check compares them."""
    labels: dict[int, list[str]] = {}
    for each in context.vintage.data.restated:
        if each.value.vintage == context.vintage.year:
            labels.setdefault(each.year, []).append(context.locale.label_of(each.value, context.vintage.catalogue))
    if labels:
        locale = context.locale
        lines = tuple(locale.put("{}: {}", year, locale.listed(names)) for year, names in sorted(labels.items()))
        yield Entry(context.text("Figures of earlier years that the source repeats"), lines)


NUMBER = re.compile(r"<?\d+")


def differences(context: Context) -> Table | None:
    """Explained differences from other publications, by year up to the edition's. None when there are none."""
    found = sorted(differing(context.vintage), key=lambda each: each.year)
    if not found:
        return None
    own = (seen.source for each in found if (seen := context.vintage.observation(each.figure, each.year)))
    publications = dict.fromkeys(each.publication for each in found)
    names = [_publisher(context, each) for each in publications]
    one = len(names) == 1
    heads = TableHeader(
        code="differences",
        caption=context.text("Figures that other publications state differently"),
        unit_line=context.text("No figure was changed; numbers of other publications are shown as published"),
        stub=context.text("Figure"),
        columns=(
            Column(context.text("Year")),
            Column(context.text("This edition")),
            Column(names[0] if one else context.text("Other publication")),
            *(() if one else (Column(context.text("Published by"), text=True),)),
            Column(context.text("What is known about the difference"), text=True),
        ),
    )
    lines = [_line(context, each, () if one else (_publisher(context, each.publication),)) for each in found]
    return tabulate(heads, lines, context.vintage, context.locale, (*own, *publications))


def _publisher(context: Context, code: str) -> str:
    """The publisher of the other number; an unknown source is given by its code."""
    source = context.vintage.catalogue.source(code)
    return source.publisher.text(context.locale.language) if source else code


def differing(vintage: Vintage) -> Iterator[Difference]:
    """The explanations of differences that the edition prints, without those settled by a later revision."""
    for each in vintage.data.differences:
        seen = vintage.observation(each.figure, each.year)
        if seen and is_given(seen) and str(seen.value) != each.published:
            yield each


def told_of(difference: Difference, vintage: Vintage, language: str) -> tuple[str, ...]:
    """The reason for a difference, and the figure's notes that only mention the other publication's number."""
    seen = vintage.observation(difference.figure, difference.year)
    notes = (note.text(language) for note in (seen.notes if seen else ()))
    names = _names(vintage.catalogue.source(difference.publication))
    numbers = {str(difference.year), difference.published}
    repeated = (
        text for text in notes if set(NUMBER.findall(text)) <= numbers and difference.published in text and names(text)
    )
    return tuple(dict.fromkeys((difference.reason.text(language), *repeated)))


def _names(publication: Source | None) -> Callable[[str], bool]:
    names = [text for _, text in publication.publisher.texts] if publication else []
    initials = ("".join(filter(str.isupper, name)) for name in names)
    known = re.compile("|".join(rf"\b{re.escape(each)}\b" for each in (*names, *initials) if len(each) > 1) or "(?!)")
    return lambda text: bool(known.search(text))


def _line(context: Context, each: Difference, publisher: tuple[str, ...]) -> Line:
    seen = context.vintage.observation(each.figure, each.year)
    label = context.locale.label_of(seen, context.vintage.catalogue) if seen else each.figure
    shown = context.locale.value(seen)
    told = told_of(each, context.vintage, context.locale.language)
    return Line(label, [str(each.year), shown, each.published, *publisher, united(" ", told)])
