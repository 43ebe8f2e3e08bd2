"""Describe a package for machines, as RO-Crate 1.1.

The same files give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from reporter.files.as_json import as_json

NAME = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
SENDER, PRINCIPLE = "#publisher", "#principle-"

Node = dict[str, object]


@dataclass(frozen=True, slots=True)
class CrateFile:
    """A file as the RO-Crate describes it.

    `path` is below `data/`, `size` in bytes, `sha256` in hexadecimal; `conforms_to` are the addresses of standards.
    """

    path: str
    title: str
    media_type: str
    size: int
    sha256: str
    language: str = ""
    description: str = ""
    conforms_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CratePrinciple:
    """Why something was published, as the RO-Crate describes it.

    `about` are the names of what it is about, `place` and `period` those of its figures.
    """

    name: str
    reason: str
    place: str = ""
    period: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoCrate:
    """The whole package, as the RO-Crate describes it.

    `published` is the day of publication, `languages` are codes. `access` says who may read it, empty for everybody.
    """

    name: str
    description: str
    published: date
    licence: str
    publisher: str
    identifier: str = ""
    languages: tuple[str, ...] = ()
    access: str = ""
    principles: tuple[CratePrinciple, ...] = ()


def describe(crate: RoCrate, files: Iterable[CrateFile]) -> bytes:
    """Write the content of `ro-crate-metadata.json`, in UTF-8.

    The file lies beside those it describes, and lists them in the order of their paths.
    """
    known = sorted(files, key=lambda each: each.path)
    publisher: Node = {"@id": SENDER, "@type": "Organization", "name": crate.publisher}
    principles = [_principle(number, each) for number, each in enumerate(crate.principles, 1)]
    graph = [_descriptor(), _root(crate, known), publisher, *principles, *map(_file, known)]
    return f"{as_json({'@context': CONTEXT, '@graph': graph})}\n".encode()


def _descriptor() -> Node:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": SPECIFICATION},
        "about": {"@id": "./"},
    }


def _root(crate: RoCrate, files: Iterable[CrateFile]) -> Node:
    return _given(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": crate.name,
            "description": crate.description,
            "datePublished": crate.published.isoformat(),
            "license": crate.licence,
            "publisher": {"@id": SENDER},
            "identifier": crate.identifier,
            "inLanguage": list(crate.languages),
            "conditionsOfAccess": crate.access,
            "publishingPrinciples": [{"@id": f"{PRINCIPLE}{n + 1}"} for n in range(len(crate.principles))],
            "hasPart": [{"@id": quote(each.path)} for each in files],
        }
    )


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
            "description": each.description,
            "encodingFormat": each.media_type,
            "contentSize": str(each.size),
            "sha256": each.sha256,
            "inLanguage": each.language,
            "conformsTo": [{"@id": standard} for standard in each.conforms_to],
        }
    )


def _given(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in ("", [])}
