"""Make an edition as a Word file, for reading and commenting. A module of its own, for its library loads late."""

from reporter.produce.formats import Material
from reporter.produce.order import MadeFile, made_file
from reporter.word.package import WordFacts, properties_of, to_word


def make(material: Material) -> MadeFile:
    """Make the Word file of an edition."""
    context, document = material.context, material.document
    facts = WordFacts(context.vintage.edition.day, properties_of(document.edition, context.audience, material.checksum))
    return made_file(to_word(document, material.theme, material.locale, material.pictures, facts))
