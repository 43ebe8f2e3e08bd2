"""Describe a package for machines, as RO-Crate 1.1. The same files give the same bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from reporter.files.as_json import as_json

NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
# What the context of RO-Crate 1.1 does not have; that of 1.3 has it so.
FURTHER_TERMS = {"sha256": "http://schema.org/sha256"}
SENDER, AUTHOR, LICENCE, PRINCIPLE = "#publisher", "#author", "#licence", "#principle-"

Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class CrateFile:
    """A file as the RO-Crate describes it. `path` is below `data/`, `size` in bytes, `sha256` in hexadecimal;
    `conforms_to` are the addresses of standards."""

    path: str
    title: str
    media_type: str
    size: int
    sha256: str
    language: str = ""
    conforms_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrateOffice:
    """An office as the RO-Crate describes it. What is not known of it is empty."""

    name: str
    website: str = ""
    email: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class CrateLicence:
    """How files may be used again, as the RO-Crate describes it. `address` is where the licence stands, empty where
    there is none."""

    name: str
    description: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class CratePrinciple:
    """Why something was published, as the RO-Crate describes it. `about` are the names of what it is about, `place` and
    `period` those of its figures."""

    name: str
    reason: str
    place: str = ""
    period: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoCrate:
    """The whole package, as the RO-Crate describes it. `published` is the day of publication, `languages` are codes.
    `access` says who may read it, empty for everybody."""

    name: str
    description: str
    published: date
    licence: CrateLicence
    publisher: CrateOffice
    author: CrateOffice
    identifier: str = ""
    languages: tuple[str, ...] = ()
    access: str = ""
    principles: tuple[CratePrinciple, ...] = ()


def describe(crate: RoCrate, files: Iterable[CrateFile]) -> bytes:
    """Write the content of `ro-crate-metadata.json`, in UTF-8. The file lies beside those it describes, and lists them
    in the order of their paths."""
    known = sorted(files, key=lambda each: each.path)
    principles = [_principle(number, each) for number, each in enumerate(crate.principles, 1)]
    offices = [
        *_office(SENDER, crate.publisher),
        *_office(AUTHOR, crate.author, {"parentOrganization": {"@id": SENDER}}),
    ]
    graph = [_descriptor(), _root(crate, known), _licence(crate.licence), *offices, *principles, *map(_file, known)]
    return f"{as_json({'@context': [CONTEXT, FURTHER_TERMS], '@graph': graph})}\n".encode()


def _descriptor() -> Node:
    return {"@id": NAME, "@type": "CreativeWork", "conformsTo": {"@id": SPECIFICATION}, "about": {"@id": "./"}}


def _root(crate: RoCrate, files: Iterable[CrateFile]) -> Node:
    return _given(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": crate.name,
            "description": crate.description,
            "datePublished": crate.published.isoformat(),
            "license": {"@id": crate.licence.address or LICENCE},
            "publisher": {"@id": SENDER},
            "author": {"@id": AUTHOR},
            "identifier": crate.identifier,
            "inLanguage": list(crate.languages),
            "conditionsOfAccess": crate.access,
            "publishingPrinciples": [{"@id": f"{PRINCIPLE}{n + 1}"} for n in range(len(crate.principles))],
            "hasPart": [{"@id": quote(each.path)} for each in files],
        }
    )


def _licence(each: CrateLicence) -> Node:
    return _given(
        {
            "@id": each.address or LICENCE,
            "@type": "CreativeWork",
            "name": each.name,
            "description": each.description,
            "url": each.address,
        }
    )


def _office(place: str, each: CrateOffice, further: Node | None = None) -> Iterator[Node]:
    contact = _given({"email": each.email, "telephone": each.telephone})
    reached = f"{place}-contact"
    yield _given(
        {
            "@id": place,
            "@type": "Organization",
            "name": each.name,
            "url": each.website,
            "contactPoint": {"@id": reached} if contact else "",
        }
        | (further or {})
    )
    if contact:
        yield {"@id": reached, "@type": "ContactPoint", "name": each.name} | contact


def _principle(number: int, each: CratePrinciple) -> Node:
    return _given(
        {
            "@id": f"{PRINCIPLE}{number}",
            "@type": "CreativeWork",
            "name": each.name,
            "text": each.reason,
            "spatialCoverage": each.place,
            "temporalCoverage": each.period,
            "keywords": list(each.about),
        }
    )


def _file(each: CrateFile) -> Node:
    return _given(
        {
            "@id": quote(each.path),
            "@type": "File",
            "name": each.title,
            "encodingFormat": each.media_type,
            "contentSize": str(each.size),
            "sha256": each.sha256,
            "inLanguage": each.language,
            "conformsTo": [{"@id": standard} for standard in each.conforms_to],
        }
    )


def _given(node: Node) -> Node:
    """What is known of an entity. One value stands by itself, as RO-Crate recommends."""
    known = {key: value for key, value in node.items() if value not in ("", [])}
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in known.items()}
