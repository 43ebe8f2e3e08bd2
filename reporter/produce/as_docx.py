"""Make an edition as a Word file, for reading and commenting. A module of its own, for its library loads late."""

from reporter.produce.formats import Material
from reporter.produce.order import MadeFile, made_file
from reporter.word.package import WordFacts, to_word
from reporter.word.properties import properties_of


def make(material: Material) -> MadeFile:
    """Make the Word file of an edition. Raises ValueError when none was asked for."""
    document, context = material.led, material.context
    if document is None:
        raise ValueError("nothing was composed for Word")
    properties = properties_of(document.edition, context.audience, material.checksum)
    facts = WordFacts(context.vintage.edition.day, properties)
    return made_file(to_word(document, material.theme, material.locale, material.pictures, facts))
