"""Read `country.yaml`: offices, law, plans and resources of a country."""

from dataclasses import replace

from reporter.document.outline import parts
from reporter.errors import nearest
from reporter.load.agencies import check_agencies
from reporter.load.fields import label
from reporter.load.figures import FileOrigin, check_source, read_counts
from reporter.load.shapes import CountryShape
from reporter.model import Country, Esms


def read_country(origin: FileOrigin, shape: CountryShape) -> Country:
    tree = origin.tree
    methodology = tuple((each, label(shape.methodology[each])) for each in Esms if each in shape.methodology)
    headings = tuple((code, label(words)) for code, words in shape.headings.items())
    country = shape.made(tree, provisions=(), methodology=methodology, headings=headings)
    known = [each.code for each in parts()]
    for code in (each for each in shape.headings if each not in known):
        tree.error(
            tree.key("headings", code), "unknown-code", f"headings: no section is called {code!r}", nearest(code, known)
        )
    if country.code != origin.country:
        message = f"the country is {country.code}, but the folder is {origin.country}"
        tree.error(tree.mark("code"), "wrong-country", message, f"write code: {origin.country}, or rename the folder")
    check_source(origin, country.source, tree.mark("source"))
    check_agencies(origin, country.agencies)
    origin = replace(origin, source=country.source)
    provisions = tuple(
        each.made(tree, "provisions", code, figures=read_counts(origin, f"law.{code}", each.figures))
        for code, each in shape.provisions.items()
    )
    return replace(country, code=origin.country, provisions=provisions)
