"""Read `country.yaml`: offices, law, plans and resources of a country."""

from reporter.load.figures import FileOrigin, check_source, label, read_counts
from reporter.load.shapes import (
    ContactShape,
    CountryShape,
    InstitutionShape,
    PlanShape,
    ProvisionShape,
    ReferenceShape,
)
from reporter.load.yaml_tree import Tree
from reporter.model import Contact, Country, Esms, Institution, Plan, Provision, Reference


def read_country(origin: FileOrigin, shape: CountryShape) -> Country:
    """Read the file of a country; errors go to its tree."""
    tree = origin.tree
    if shape.code != origin.country:
        message = f"the country is {shape.code}, but the folder is {origin.country}"
        tree.error(tree.mark("code"), "wrong-country", message, f"write code: {origin.country}, or rename the folder")
    check_source(origin, shape.source, tree.mark("source"))
    return Country(
        code=origin.country,
        name=label(shape.name),
        rapporteur=label(shape.rapporteur),
        publisher=label(shape.publisher),
        source=shape.source,
        contacts=tuple(_contact(tree, code, each) for code, each in shape.contacts.items()),
        institutions=tuple(_institution(tree, code, each) for code, each in shape.institutions.items()),
        provisions=tuple(_provision(origin, code, each) for code, each in shape.provisions.items()),
        plans=tuple(_plan(origin, code, each) for code, each in shape.plans.items()),
        references=tuple(_reference(tree, code, each) for code, each in shape.references.items()),
        mark=tree.mark(),
        methodology=tuple((each, label(shape.methodology[each])) for each in Esms if each in shape.methodology),
        found_at=shape.found_at,
        mappings=tuple(shape.mappings.items()),
    )


def _contact(tree: Tree, code: str, shape: ContactShape) -> Contact:
    return Contact(
        code=code,
        name=label(shape.name),
        role=label(shape.role),
        telephone=shape.telephone,
        email=shape.email,
        website=shape.website,
        since=shape.since,
        until=shape.until,
        mark=tree.mark("contacts", code),
    )


def _institution(tree: Tree, code: str, shape: InstitutionShape) -> Institution:
    name, role = label(shape.name), label(shape.role)
    return Institution(
        code=code, name=name, role=role, since=shape.since, until=shape.until, mark=tree.mark("institutions", code)
    )


def _reference(tree: Tree, code: str, shape: ReferenceShape) -> Reference:
    return Reference(
        code=code,
        group=shape.group,
        title=label(shape.title),
        url=shape.url,
        since=shape.since,
        mark=tree.mark("references", code),
    )


def _provision(origin: FileOrigin, code: str, shape: ProvisionShape) -> Provision:
    return Provision(
        code=code,
        law=label(shape.law),
        article=shape.article,
        subject=label(shape.subject),
        since=shape.since,
        until=shape.until,
        least=label(shape.least),
        figures=read_counts(origin, f"law.{code}", shape.figures),
        note=label(shape.note),
        mark=origin.tree.mark("provisions", code),
    )


def _plan(origin: FileOrigin, code: str, shape: PlanShape) -> Plan:
    first, _, last = shape.period.partition("/")
    return Plan(
        code=code,
        name=label(shape.name),
        first=int(first[:4]),
        last=int((last or first)[:4]),
        framework=shape.framework,
        adopted=shape.adopted,
        evaluated=shape.evaluated,
        focus=label(shape.focus),
        note=label(shape.note),
        mark=origin.tree.mark("plans", code),
    )
