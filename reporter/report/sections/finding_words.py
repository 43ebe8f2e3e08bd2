"""Findings and problems in the language of who reads them."""

from dataclasses import replace
from decimal import Decimal

from reporter.data.errors import DataError, Finding, NoPaperError, ReporterError, WordedError
from reporter.data.i18n import N_, Locale
from reporter.data.i18n.po_file import has_words
from reporter.data.i18n.problem_words import said_problem
from reporter.data.outline import parts as parts_of
from reporter.data.records import Activity, Observation
from reporter.data.records.catalogue import Code, Dimension
from reporter.data.records.label import ENGLISH, language_of
from reporter.data.records.message import At, Told
from reporter.report.charts.countries import TITLES
from reporter.report.context import Context

# On screen the checks speak English.
CHECKS = ENGLISH
# What figures of a year that have the same first word are called together.
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
    """The name of what a message calls by its code: a language, a group of figures, a section, a part of one."""
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
    """The label of what has an address. It is the address where nothing is known of it."""
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
    """What is wrong; in English where it cannot be told otherwise."""
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
    """What is wrong, and how to repair it. In English where it cannot be told otherwise."""
    first = problem.findings[0] if isinstance(problem, DataError) and problem.findings else problem
    words, remedy = said_problem(first.message, locale), said_problem(first.hint, locale)
    if isinstance(problem, WordedError):
        values = {
            name: locale.listed(each) if isinstance(each, tuple) else each for name, each in problem.values.items()
        }
        words, remedy = (each and locale.text(each, **values) for each in (problem.words, problem.remedy))
    elif isinstance(problem, NoPaperError):
        words = locale.text("this machine cannot lay out pages of paper, and makes all else")
    return locale.opened(words), locale.opened(remedy)


def message_of(context: Context, finding: Finding) -> str:
    """The words of a finding, in the language of the page. Of one that cannot be told again it is what the rule
    finds."""
    if isinstance(finding.message, Told):
        message = retold(finding.message, context)
    else:
        message = finding.message if context.locale.language == CHECKS else context.text(finding.title)
    return context.locale.put("{}: {}", finding.year, message) if finding.year else message
