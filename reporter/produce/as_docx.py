"""Make an edition as a Word file, for reading and commenting. A module of its own, for its library loads late."""

from reporter.produce.formats import Material
from reporter.produce.order import Content
from reporter.word.package import WordFacts, to_word
from reporter.word.properties import properties_of


def make(material: Material) -> Content:
    """Make the Word file of an edition."""
    context, document = material.context, material.document
    facts = WordFacts(context.vintage.edition.day, properties_of(document.edition, context.audience, material.checksum))
    return Content(to_word(document, material.theme, material.locale, material.pictures, facts))
