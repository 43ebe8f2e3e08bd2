"""Tell again, in the language of a page, what a check found."""

from dataclasses import replace
from decimal import Decimal

from reporter.charts.countries import TITLES
from reporter.context import Context
from reporter.i18n import Locale
from reporter.i18n.po_file import has_words
from reporter.model import Activity, Catalogue, Observation
from reporter.model.catalogue import Code, Dimension
from reporter.model.telling import At, Told


def retold(message: Told, context: Context) -> str:
    parts = {name: _part(each, context) for name, each in message.parts.items()}
    return (context.text if has_words(message.frame) else context.locale.put)(message.frame, **parts)


def _part(part: object, context: Context) -> str:
    locale = context.locale
    match part:
        case Told():
            return retold(part, context)
        case tuple():
            return locale.listed(_part(each, context) for each in part)
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
            return str(part)


def label_at(address: str, context: Context) -> str:
    """The label of what has an address. It is the address where nothing is known of it."""
    locale = context.locale
    for vintage in context.vintages:
        seen = next((each for (name, _), each in vintage.index.items() if name == address), None)
        if seen:
            titles = {f"activities.{each.code}": each.title for each in vintage.data.activities}
            titles |= {f"law.{each.code}": each.subject for each in vintage.country.provisions}
            label = _in_a_sentence(seen, vintage.catalogue, locale)
            return locale.joined(", ", (titles[seen.owner].text(locale.language), label)) if seen.owner else label
    kind = next((title for each, title in TITLES.items() if address == f"countries.{each}"), "")
    found = context.vintage.catalogue.indicator(address)
    return context.text(kind) if kind else found.label.text(locale.language) if found else address


def _in_a_sentence(seen: Observation, catalogue: Catalogue, locale: Locale) -> str:
    """The label of an observation, its part in brackets: Persons assisted (men)."""
    total = locale.label_of(replace(seen, dimension="", code=""), catalogue)
    axis = catalogue.dimension(seen.dimension)
    part = axis.get(seen.code) if axis else None
    return locale.put("{} ({})", total, locale.inside(part.label.text(locale.language))) if part else total
