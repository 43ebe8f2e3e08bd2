"""The file `country.yaml`: offices, law, plans and resources of a country."""

from reporter.load.figures import Origin, check_source, label, read_counts
from reporter.load.reading import Tree
from reporter.load.shapes import (
    ContactShape,
    CountryShape,
    InstitutionShape,
    PlanShape,
    ProvisionShape,
    ReferenceShape,
)
from reporter.model import Contact, Country, Esms, Institution, Plan, Provision, Reference


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
        shape.source,
        tuple(_contact(tree, code, each) for code, each in shape.contacts.items()),
        tuple(_institution(tree, code, each) for code, each in shape.institutions.items()),
        tuple(_provision(origin, code, each) for code, each in shape.provisions.items()),
        tuple(_plan(origin, code, each) for code, each in shape.plans.items()),
        tuple(_reference(tree, code, each) for code, each in shape.references.items()),
        tree.mark(),
        tuple((each, label(shape.methodology[each])) for each in Esms if each in shape.methodology),
        shape.found_at,
        tuple(shape.mappings.items()),
    )


def _contact(tree: Tree, code: str, shape: ContactShape) -> Contact:
    return Contact(
        code,
        label(shape.name),
        label(shape.role),
        shape.telephone,
        shape.email,
        shape.website,
        shape.since,
        shape.until,
        tree.mark("contacts", code),
    )


def _institution(tree: Tree, code: str, shape: InstitutionShape) -> Institution:
    name, role = label(shape.name), label(shape.role)
    return Institution(code, name, role, shape.since, shape.until, tree.mark("institutions", code))


def _reference(tree: Tree, code: str, shape: ReferenceShape) -> Reference:
    return Reference(code, shape.group, label(shape.title), shape.url, shape.since, tree.mark("references", code))


def _provision(origin: Origin, code: str, shape: ProvisionShape) -> Provision:
    return Provision(
        code,
        label(shape.law),
        shape.article,
        label(shape.subject),
        shape.since,
        shape.until,
        label(shape.least),
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
