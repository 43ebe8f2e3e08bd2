"""The file `country.yaml`: offices, law, plans and resources of a country."""

from reporter.load.figures import Origin, check_source, label, read_counts
from reporter.load.shapes import CountryShape, PlanShape, ProvisionShape
from reporter.model import Contact, Country, Institution, Plan, Provision, Reference


def read_country(origin: Origin, shape: CountryShape) -> Country:
    """The country as its file describes it; errors go to the tree of the origin."""
    tree = origin.tree
    if shape.code != origin.country:
        message = f"the country is {shape.code}, but the folder is {origin.country}"
        tree.error(tree.mark("code"), "wrong-country", message, f"write code: {origin.country}, or rename the folder")
    check_source(origin, shape.source, tree.mark("source"))
    return Country(
        origin.country,
        label(shape.name),
        label(shape.rapporteur),
        label(shape.publisher),
        tuple(
            Contact(
                code,
                label(each.name),
                label(each.role),
                each.telephone,
                each.email,
                each.website,
                tree.mark("contacts", code),
            )
            for code, each in shape.contacts.items()
        ),
        tuple(
            Institution(
                code, label(each.name), label(each.role), each.since, each.until, tree.mark("institutions", code)
            )
            for code, each in shape.institutions.items()
        ),
        tuple(_provision(origin, code, each) for code, each in shape.provisions.items()),
        tuple(_plan(origin, code, each) for code, each in shape.plans.items()),
        tuple(
            Reference(code, each.group, label(each.title), each.url, each.since, tree.mark("references", code))
            for code, each in shape.references.items()
        ),
        tree.mark(),
    )


def _provision(origin: Origin, code: str, shape: ProvisionShape) -> Provision:
    return Provision(
        code,
        label(shape.law),
        shape.article,
        label(shape.subject),
        shape.since,
        shape.until,
        read_counts(origin, f"law.{code}", shape.figures),
        label(shape.note),
        origin.tree.mark("provisions", code),
    )


def _plan(origin: Origin, code: str, shape: PlanShape) -> Plan:
    first, _, last = shape.period.partition("/")
    return Plan(
        code,
        label(shape.name),
        int(first[:4]),
        int((last or first)[:4]),
        shape.framework,
        shape.adopted,
        shape.evaluated,
        label(shape.focus),
        label(shape.note),
        origin.tree.mark("plans", code),
    )
