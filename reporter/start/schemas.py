"""The JSON Schemas with which editors complete a workspace's files."""

from reporter.export.figures_json import SCHEMA, figures_schema_text
from reporter.files.as_json import as_json
from reporter.files.sources import DATA, SETTINGS, Sources
from reporter.load.dataset import load_joint_catalogue
from reporter.load.schema import schema_text
from reporter.load.shapes import SHAPES
from reporter.model import Catalogue

NAMES = (*SHAPES, SCHEMA)
# Where Visual Studio Code looks for the settings of a folder, and which files each schema is for there.
EDITOR = ".vscode/settings.json"
FILES = {
    "workspace": SETTINGS,
    "catalogue": f"{DATA}/catalogue.yaml",
    "country": f"{DATA}/*/country.yaml",
    "year": f"{DATA}/*/[0-9][0-9][0-9][0-9].yaml",
    "protection": f"{DATA}/*/protection/[0-9][0-9][0-9][0-9].yaml",
    "edition": f"{DATA}/*/editions/*[0-9].yaml",
    "received": f"{DATA}/*/received/*[0-9].yaml",
    "asked": f"{DATA}/*/received/asked.yaml",
    "remarks": f"{DATA}/*/received/remarks/*.yaml",
    "approvals": f"{DATA}/*/editions/*-approvals.yaml",
}


def schema_files(sources: Sources) -> dict[str, bytes]:
    catalogue, _ = load_joint_catalogue(sources)
    return {schema_path(name): schema_of_kind(name, catalogue).encode() for name in NAMES}


def editor_settings() -> str:
    """The settings that lead Visual Studio Code to the schemas. Its YAML extension (redhat.vscode-yaml) reads them;
    other editors read the first line of each file."""
    return as_json({"yaml.schemas": {f"./{schema_path(name)}": files for name, files in FILES.items()}}) + "\n"


def schema_path(name: str) -> str:
    return f"schema/{name}.json"


def schema_of_kind(name: str, catalogue: Catalogue | None) -> str:
    return figures_schema_text() if name == SCHEMA else schema_text(name, catalogue)
