"""The quality of the figures: findings of the checks, revisions, and differences from other publications."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.data.errors import DataError, Finding, NoPaperError, ReporterError, Severity, WordedError
from reporter.data.i18n import N_, Locale
from reporter.data.i18n.po_file import has_words
from reporter.data.i18n.refresh import translated_problem
from reporter.data.outline import parts as parts_of
from reporter.data.read.countries import split_anywhere
from reporter.data.records import Activity, Difference, Observation, Source, Vintage, answer_to, is_given
from reporter.data.records.catalogue import Code, Dimension
from reporter.data.records.label import ENGLISH, language_of, united
from reporter.data.records.message import At, Told
from reporter.figures.compare.ranking import is_ranked
from reporter.report.charts.countries import TITLES
from reporter.report.context import Context
from reporter.report.document.document import Column, Entries, Entry, Table
from reporter.report.tables.tabulate import Line, TableHeader, tabulate
from reporter.text.change_sentences import NUMBERS, ChangeKind, number_of

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
SECTION_TITLES = {part.code: part.title for part in parts_of()}


# How a figure moved, and the sentence on a count whose name is known after "the number of".
OF_COUNTS = {
    "{figure} rose from {was} in {before} to {now} in {year}": NUMBERS[ChangeKind.ROSE],
    "{figure} fell from {was} in {before} to {now} in {year}": NUMBERS[ChangeKind.FELL],
}


def message_text(message: Told, context: Context, years: Collection[int | None] = ()) -> str:
    """A message in the language of the page. It names a figure as the years that it speaks of count it."""
    frame, years = message.frame, set(_years(message)) or years
    parts = {name: _part(part, context, name, years) for name, part in message.parts.items()}
    if frame in OF_COUNTS and (label := _genitive(message.parts["figure"], context, years)):
        sides = {"before": parts["was"], "first": parts["before"], "after": parts["now"], "last": parts["year"]}
        return context.text(OF_COUNTS[frame], label=label, **sides).removesuffix(".")
    return (context.text if has_words(frame) else context.locale.put)(frame, **parts)


def _years(part: object) -> Iterator[int]:
    """The years of the values in a message."""
    if isinstance(part, Observation):
        yield part.year
    for piece in part.parts.values() if isinstance(part, Told) else part if isinstance(part, tuple) else ():
        yield from _years(piece)


def _genitive(part: object, context: Context, years: Collection[int | None]) -> str:
    """The name of a count after "the number of", in languages other than English that have it. Empty for a part."""
    figure = _figure_at(str(part), context.vintage, years)
    indicator = context.vintage.catalogue.indicator(figure.indicator) if figure and not figure.code else None
    is_foreign = context.locale.language != ENGLISH
    return number_of(indicator, figure.definition, context.locale) if is_foreign and indicator and figure else ""


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
            texts = (passage.markdown for passage in context.vintage.data.passages if passage.part == code)
            return next(texts, code).partition("\n")[0].strip("# ")
    return code


def _part(part: object, context: Context, name: str, years: Collection[int | None]) -> str:
    locale = context.locale
    match part:
        case Told():
            return message_text(part, context, years)
        case tuple():
            return locale.listed(_part(piece, context, name, years) for piece in part)
        case At():
            return label_at(part.address, context, years)
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


def _figure_at(address: str, vintage: Vintage, years: Collection[int | None]) -> Observation | None:
    """A figure with the definition of the years, of all if none are given; without one if they differ."""
    ordered = vintage.catalogue.ordered(address)
    values = [value for (name, _), value in vintage.index.items() if name == ordered]
    definitions = {value.definition for value in values if is_given(value) and (not years or value.year in years)}
    return replace(values[0], definition=definitions.pop() if len(definitions) == 1 else "") if values else None


def label_at(address: str, context: Context, years: Collection[int | None] = ()) -> str:
    """The label for an address as the years count it, or the address itself if unknown."""
    locale = context.locale
    for vintage in context.vintages:
        titles = {f"activities.{activity.code}": activity.title for activity in vintage.data.activities}
        titles |= {f"law.{provision.code}": provision.subject for provision in vintage.country.provisions}
        if address in titles:
            return titles[address].text(locale.language)
        if figure := _figure_at(address, vintage, years):
            total = locale.label_of(replace(figure, dimension="", code=""), vintage.catalogue)
            axis = vintage.catalogue.dimension(figure.dimension)
            part = axis.get(figure.code) if axis else None
            label = locale.put("{} ({})", total, locale.inside(part.label.text(locale.language))) if part else total
            return locale.joined(", ", (titles[figure.owner].text(locale.language), label)) if figure.owner else label
    kind = next((title for list_kind, title in TITLES.items() if address == f"countries.{list_kind}"), "")
    home = context.vintage.country.code
    indicator, _, code = split_anywhere(context.vintage.catalogue, address, home, (locale.language,))
    if kind or indicator is None:
        return context.text(kind) if kind else address
    label = indicator.label.text(locale.language)
    return locale.put("{} ({})", label, locale.inside(code.label.text(locale.language))) if code else label


def words_of(finding: Finding, context: Context) -> str:
    """What is wrong; in English if there is no translation."""
    locale = context.locale
    if isinstance(finding.message, Told):
        return message_text(finding.message, context, (finding.year,))
    if locale.language == CHECKS:
        return finding.message
    problem = translated_problem(finding.message, locale)
    if finding.title and language_of(problem):
        return message_of(context, finding)
    return locale.put("{}: {}", finding.year, problem) if finding.title and finding.year else problem


def problem_words(problem: ReporterError, locale: Locale) -> tuple[str, str]:
    """What is wrong, and how to fix it; in English if there is no translation."""
    first = problem.findings[0] if isinstance(problem, DataError) and problem.findings else problem
    words, remedy = translated_problem(first.message, locale), translated_problem(first.hint, locale)
    if isinstance(problem, WordedError):
        values = {
            name: locale.listed(value) if isinstance(value, tuple) else value for name, value in problem.values.items()
        }
        words, remedy = (text and locale.text(text, **values) for text in (problem.words, problem.remedy))
    elif isinstance(problem, NoPaperError):
        words = locale.text("this computer cannot make PDF pages; everything else works")
    return locale.opened(words), locale.opened(remedy)


def message_of(context: Context, finding: Finding) -> str:
    """The words of a finding in the language of the page, or its rule's title if they cannot be translated."""
    if isinstance(finding.message, Told):
        message = message_text(finding.message, context, (finding.year,))
    else:
        message = finding.message if context.locale.language == CHECKS else context.text(finding.title)
    return context.locale.put("{}: {}", finding.year, message) if finding.year else message


WEIGHTS = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTE: N_("note")}
NO_FINDINGS = N_("There are no open findings.")
NO_REVISIONS = N_("None: this edition changes no figure of an earlier one.")


def known_findings(findings: tuple[Finding, ...], vintage: Vintage, language: str) -> tuple[Finding, ...]:
    """The findings on an edition, with the reason of those accepted by then, in its language. Findings on neither a
    figure nor a text, such as a label without a translation, are left out: they are for the editors of the files."""
    edition_findings = []
    for finding in (figure_finding for figure_finding in findings if figure_finding.figure):
        entry = answer_to(finding, vintage.data.accepted)
        if finding.since <= vintage.year or (entry and (finding.year or 0) <= vintage.year):
            edition_findings.append(replace(finding, accepted=entry.reason.text(language) if entry else ""))
    return tuple(edition_findings)


def open_findings(context: Context) -> Entries:
    """Findings on figures not yet accepted, without notes, which need no action."""
    findings = [finding for finding in context.findings if not finding.accepted and is_open(finding)]
    entries = tuple(_entry(context, finding) for finding in findings)
    return Entries("", entries or (Entry(context.text(NO_FINDINGS)),))


def _entry(context: Context, finding: Finding) -> Entry:
    """A finding with the reason why it was accepted, or with its rule while it is open. In a language that the checks
    do not speak it is named by its figure, with its rule."""
    words, weight = message_of(context, finding), context.text(WEIGHTS[finding.severity])
    rule = context.text("Rule: {code}; {weight}", code=finding.code, weight=weight)
    if language_of(words) and not finding.figure.startswith("text."):
        label = label_at(finding.figure, context, (finding.year,))
        words = context.locale.put("{}: {}", finding.year, label) if finding.year else label
        return Entry(words, tuple(filter(None, (rule, finding.accepted))))
    return Entry(words, (finding.accepted or rule,))


def is_open(finding: Finding) -> bool:
    """Whether a finding on figures needs action, as notes do not, whether or not it was accepted."""
    return finding.severity is not Severity.NOTE and bool(finding.figure) and not finding.figure.startswith("text.")


def findings(context: Context) -> tuple[Entries, ...]:
    """Accepted findings with their reasons. Several countries have a list each, many only those with findings."""
    editions = context.vintages
    accepted = tuple(finding for finding in context.findings if finding.accepted)
    if len(editions) == 1:
        return (Entries("", _accepted(context, accepted)),) if accepted else ()
    none = (Entry(context.text("No findings on {year} were accepted.", year=context.vintage.year)),)
    # Each country names its figures as its own years count them.
    contexts = (replace(context, vintage=vintage, sides=None) for vintage in editions)
    pairs = ((it.vintage.country, _accepted(it, _of_country(accepted, it.vintage.country.code))) for it in contexts)
    rows = (pair for pair in pairs if pair[1] or not is_ranked(context.sides))
    return tuple(Entries(context.locale.name_of(country), entries or none) for country, entries in rows)


def explained_elsewhere(context: Context) -> frozenset[str]:
    """The notes printed under data quality: reasons of accepted findings, differences from other publications."""
    vintage, language = context.vintage, context.locale.language
    reasons = (finding.accepted for finding in context.findings if finding.accepted)
    return frozenset((*reasons, *(text for item in differing(vintage) for text in reasons_of(item, vintage, language))))


def _accepted(context: Context, findings: Iterable[Finding]) -> tuple[Entry, ...]:
    return tuple(_entry(context, finding) for finding in findings)


def findings_of_editions(
    findings: tuple[Finding, ...], editions: Sequence[Vintage], language: str
) -> tuple[Finding, ...]:
    """The findings on one edition, or on each of several countries in turn."""
    if len(editions) == 1:
        return known_findings(findings, editions[0], language)
    own = ((vintage, _of_country(findings, vintage.country.code)) for vintage in editions)
    return tuple(finding for edition, group in own for finding in known_findings(group, edition, language))


def _of_country(findings: Iterable[Finding], code: str) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.mark.path.startswith(f"data/{code}/"))


def revisions(context: Context) -> Entries:
    """The values of earlier years that the year's file restates or repeats, or a statement that there are none."""
    return revised(context) or Entries("", (Entry(context.text(NO_REVISIONS)),))


def revised(context: Context) -> Entries | None:
    """The values of earlier years that the year's file restates or repeats. None without any."""
    locale, entries = context.locale, list[Entry]()
    for revision in context.vintage.data.revisions:
        if revision.now.vintage == context.vintage.year:
            now = locale.value(context.vintage.observation(revision.figure, revision.year))
            was = context.text("not available") if revision.was is None else locale.number(revision.was)
            words = context.text("Published before: {was}; now: {now}", was=was, now=now)
            label = locale.put("{}: {}", revision.year, locale.label_of(revision.now, context.vintage.catalogue))
            entries.append(Entry(label, (words, revision.reason.text(locale.language))))
    entries += _repeated(context)
    return Entries("", tuple(entries)) if entries else None


def _repeated(context: Context) -> Iterator[Entry]:
    """The earlier figures that the year's file repeats; the check compares them."""
    labels: dict[int, list[str]] = {}
    for figure in context.vintage.data.restated:
        if figure.value.vintage == context.vintage.year:
            labels.setdefault(figure.year, []).append(context.locale.label_of(figure.value, context.vintage.catalogue))
    if labels:
        locale = context.locale
        lines = tuple(locale.put("{}: {}", year, locale.listed(names)) for year, names in sorted(labels.items()))
        yield Entry(context.text("Figures of earlier years that the source repeats"), lines)


NUMBER = re.compile(r"<?\d+")


def differences(context: Context) -> Table | None:
    """Explained differences from other publications, by year up to the edition's. None when there are none."""
    explanations = sorted(differing(context.vintage), key=lambda difference: difference.year)
    if not explanations:
        return None
    own = (value.source for item in explanations if (value := context.vintage.observation(item.figure, item.year)))
    publications = dict.fromkeys(difference.publication for difference in explanations)
    names = [_publisher(context, publication) for publication in publications]
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
    lines = [_line(context, item, () if one else (_publisher(context, item.publication),)) for item in explanations]
    return tabulate(heads, lines, context.vintage, context.locale, (*own, *publications))


def _publisher(context: Context, code: str) -> str:
    """The publisher of the other number; an unknown source is given by its code."""
    source = context.vintage.catalogue.source(code)
    return source.publisher.text(context.locale.language) if source else code


def differing(vintage: Vintage) -> Iterator[Difference]:
    """The explanations of differences that the edition prints, without those settled by a later revision."""
    for difference in vintage.data.differences:
        observation = vintage.observation(difference.figure, difference.year)
        if observation and is_given(observation) and str(observation.value) != difference.published:
            yield difference


def reasons_of(difference: Difference, vintage: Vintage, language: str) -> tuple[str, ...]:
    """The reason for a difference, and the figure's notes that only mention the other publication's number."""
    observation = vintage.observation(difference.figure, difference.year)
    notes = (note.text(language) for note in (observation.notes if observation else ()))
    names = _names(vintage.catalogue.source(difference.publication))
    numbers = {str(difference.year), difference.published}
    repeated = (
        text for text in notes if set(NUMBER.findall(text)) <= numbers and difference.published in text and names(text)
    )
    return tuple(dict.fromkeys((difference.reason.text(language), *repeated)))


def _names(publication: Source | None) -> Callable[[str], bool]:
    names = [text for _, text in publication.publisher.texts] if publication else []
    initials = ("".join(filter(str.isupper, name)) for name in names)
    pattern = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in (*names, *initials) if len(name) > 1) or "(?!)")
    return lambda text: bool(pattern.search(text))


def _line(context: Context, difference: Difference, publisher: tuple[str, ...]) -> Line:
    observation = context.vintage.observation(difference.figure, difference.year)
    label = context.locale.label_of(observation, context.vintage.catalogue) if observation else difference.figure
    value_text = context.locale.value(observation)
    reasons = reasons_of(difference, context.vintage, context.locale.language)
    return Line(label, [str(difference.year), value_text, difference.published, *publisher, united(" ", reasons)])
