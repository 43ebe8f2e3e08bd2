"""`reporter admin schema`: writes the JSON Schemas for editors."""

import click

from reporter.cli import options
from reporter.data.errors import DataError
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_whole
from reporter.data.read.dataset import load_joint_catalogue
from reporter.editions.start.making import SCHEMAS, schema_of_kind, schema_path

EPILOG = """\b
Examples:
  reporter admin schema             writes schema/*.json into the workspace
  reporter admin schema year        prints the schema of a year's file
  reporter admin schema export      prints that of the JSON of reporter export"""


@click.command("schema", epilog=EPILOG)
@click.argument("name", required=False, type=click.Choice(SCHEMAS))
@options.workspace
@options.verbosity
def command(name: str | None, workspace: Workspace, quiet: bool) -> int:
    """Writes the JSON Schemas of the workspace's files and of exports.

    They include the codes of its catalogue and countries. Run it again after adding an indicator, a code or a source to
    data/catalogue.yaml or a country.yaml.
    """
    catalogue, findings = load_joint_catalogue(workspace.snapshot())
    if findings:
        raise DataError(findings)
    if name:
        click.echo(schema_of_kind(name, catalogue), nl=False)
        return 0
    for kind in SCHEMAS:
        path = workspace.root / schema_path(kind)
        write_whole(path, schema_of_kind(kind, catalogue).encode())
        if not quiet:
            click.echo(options.display_path(path))
    return 0
