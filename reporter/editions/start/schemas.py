"""The JSON Schemas with which editors complete a workspace's files. The first line of each file leads to its own."""

from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_joint_catalogue
from reporter.data.read.schema import schema_text
from reporter.data.read.shapes import SHAPES
from reporter.data.records import Catalogue
from reporter.formats.export.figures_json import SCHEMA, figures_schema_text

NAMES = (*SHAPES, SCHEMA)


def schema_files(sources: Sources) -> dict[str, bytes]:
    catalogue, _ = load_joint_catalogue(sources)
    return {schema_path(name): schema_of_kind(name, catalogue).encode() for name in NAMES}


def schema_path(name: str) -> str:
    return f"schema/{name}.json"


def schema_of_kind(name: str, catalogue: Catalogue | None) -> str:
    return figures_schema_text() if name == SCHEMA else schema_text(name, catalogue)
