"""The quality of the figures: findings of the checks, revisions, and differences from other publications."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from reporter.data.errors import Finding, Severity
from reporter.data.i18n import N_
from reporter.data.records import Difference, Source, Vintage, answer_to, is_given
from reporter.data.records.label import united
from reporter.figures.compare.ranking import is_ranked
from reporter.report.context import Context
from reporter.report.document.document import Column, Entries, Entry, Table
from reporter.report.sections.finding_words import message_of
from reporter.report.tables.tabulate import Line, TableHeader, tabulate

WEIGHTS = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTE: N_("note")}
NO_FINDINGS = N_("No finding of the checks is open.")
NO_REVISIONS = N_("None: this edition changes no figure of an earlier one.")


def known_findings(findings: tuple[Finding, ...], vintage: Vintage, language: str) -> tuple[Finding, ...]:
    """The findings of the checks that concern an edition. What was accepted by then carries the reason in its language,
    the rest is open.

    One that names neither a figure nor a text, such as a label without a translation, is for those who keep the
    files."""
    known = []
    for finding in (each for each in findings if each.figure):
        entry = answer_to(finding, vintage.data.accepted)
        if finding.since <= vintage.year or (entry and (finding.year or 0) <= vintage.year):
            known.append(replace(finding, accepted=entry.reason.text(language) if entry else ""))
    return tuple(known)


def open_findings(context: Context) -> Entries:
    """List the findings about figures that nobody has accepted. Notes, which ask for nothing, are not open."""
    found = [each for each in context.findings if not each.accepted and is_open(each)]
    entries = []
    for each in found:
        weight = context.text(WEIGHTS[each.severity])
        rule = context.text("Rule: {code}; {weight}", code=each.code, weight=weight)
        entries.append(Entry(message_of(context, each), (rule,)))
    return Entries("", tuple(entries) or (Entry(context.text(NO_FINDINGS)),))


def is_open(finding: Finding) -> bool:
    """Whether a finding about figures asks for something. Notes do not. Whether it was accepted is not looked at."""
    return finding.severity is not Severity.NOTE and bool(finding.figure) and not finding.figure.startswith("text.")


def findings(context: Context) -> tuple[Entries, ...]:
    """List the accepted findings with their reasons. Of countries side by side a list for each, of many for each that
    has any."""
    editions = context.vintages
    accepted = tuple(each for each in context.findings if each.accepted)
    if len(editions) == 1:
        return (Entries("", _accepted(context, accepted)),) if accepted else ()
    none = (Entry(context.text("No finding was accepted about {year}.", year=context.vintage.year)),)
    found = ((each.country, _accepted(context, _of_country(accepted, each.country.code))) for each in editions)
    rows = (each for each in found if each[1] or not is_ranked(context.sides))
    return tuple(Entries(context.locale.name_of(country), entries or none) for country, entries in rows)


def explained_elsewhere(context: Context) -> frozenset[str]:
    """The notes of figures that the section on data quality prints. They are the reasons of accepted findings, and what
    is known of differences from other publications."""
    vintage, language = context.vintage, context.locale.language
    reasons = (each.accepted for each in context.findings if each.accepted)
    return frozenset((*reasons, *(text for each in differing(vintage) for text in told_of(each, vintage, language))))


def _accepted(context: Context, found: Iterable[Finding]) -> tuple[Entry, ...]:
    return tuple(Entry(message_of(context, each), (each.accepted,)) for each in found)


def findings_of_editions(
    findings: tuple[Finding, ...], editions: Sequence[Vintage], language: str
) -> tuple[Finding, ...]:
    """The findings that concern one edition, or several countries. Of countries side by side those about each in
    turn."""
    if len(editions) == 1:
        return known_findings(findings, editions[0], language)
    own = ((each, _of_country(findings, each.country.code)) for each in editions)
    return tuple(finding for edition, found in own for finding in known_findings(found, edition, language))


def _of_country(findings: Iterable[Finding], code: str) -> tuple[Finding, ...]:
    return tuple(each for each in findings if each.mark.path.startswith(f"data/{code}/"))


def revisions(context: Context) -> Entries:
    """List what the year's file says about earlier years. The values it restates, and those it repeats. It says when
    there are none."""
    return revised(context) or Entries("", (Entry(context.text(NO_REVISIONS)),))


def revised(context: Context) -> Entries | None:
    """List what the year's file says about earlier years, if anything. The values it restates, and those it repeats."""
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
    """The earlier figures that the year's file repeats. That they are equal is what the check looks at."""
    labels: dict[int, list[str]] = {}
    for each in context.vintage.data.restated:
        if each.value.vintage == context.vintage.year:
            label = context.locale.label_of(each.value, context.vintage.catalogue)
            labels.setdefault(each.year, []).append(label)
    if labels:
        locale = context.locale
        lines = tuple(locale.put("{}: {}", year, locale.listed(names)) for year, names in sorted(labels.items()))
        yield Entry(context.text("Figures of earlier years that the source repeats"), lines)


NUMBER = re.compile(r"<?\d+")


def differences(context: Context) -> Table | None:
    """The table of explained differences, by year. Where another publication states a figure differently, and why. Up
    to the edition's year; None when there are none."""
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
        unit_line=context.text("No figure was changed; the number of the other publication stands as it is published"),
        stub=context.text("Figure"),
        columns=(
            Column(context.text("Year")),
            Column(context.text("This edition")),
            Column(names[0] if one else context.text("Other publication")),
            *(() if one else (Column(context.text("Published by"), text=True),)),
            Column(context.text("What is known of the difference"), text=True),
        ),
    )
    lines = [_line(context, each, () if one else (_publisher(context, each.publication),)) for each in found]
    return tabulate(heads, lines, context.vintage, context.locale, (*own, *publications))


def _publisher(context: Context, code: str) -> str:
    """Who publishes the other number; a source unknown goes by its code."""
    source = context.vintage.catalogue.source(code)
    return source.publisher.text(context.locale.language) if source else code


def differing(vintage: Vintage) -> Iterator[Difference]:
    """The explanations of differences that the edition prints. A later revision may have settled one of them."""
    for each in vintage.data.differences:
        seen = vintage.observation(each.figure, each.year)
        if seen and is_given(seen) and str(seen.value) != each.published:
            yield each


def told_of(difference: Difference, vintage: Vintage, language: str) -> tuple[str, ...]:
    """What is known of a difference, in sentences. It is the reason, and the notes of the figure that say no more than
    the number of the other publication."""
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
