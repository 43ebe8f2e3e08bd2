"""`reporter admin schema`, `validate` and `completion`."""

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from reporter.cli import options
from reporter.data.errors import DataError, ExitCode, UsageError
from reporter.data.extras import extra
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_whole
from reporter.data.read.dataset import load_joint_catalogue
from reporter.editions.start.making import SCHEMAS, schema_of_kind, schema_path

SCHEMA_EPILOG = """\b
Examples:
  reporter admin schema             writes schema/*.json into the workspace
  reporter admin schema year        prints the schema of a year's file
  reporter admin schema export      prints that of the JSON of reporter export"""


@click.command("schema", epilog=SCHEMA_EPILOG)
@click.argument("name", required=False, type=click.Choice(SCHEMAS))
@options.in_workspace
def write_schemas(name: str | None, workspace: Workspace, quiet: bool) -> int:
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


VALIDATE_EPILOG = """\b
Examples:
  reporter admin validate build/LT/2020/LT-2020-en.pdf
  reporter admin validate build/*/*/*.pdf --format json"""


@click.command("validate", epilog=VALIDATE_EPILOG)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE.pdf …")
@options.output_format
@options.verbosity
def check_files(files: tuple[Path, ...], form: str, quiet: bool) -> int:
    """Checks PDFs by the machine rules of PDF/UA-1 and PDF/A-3a.

    veraPDF checks every file by both profiles. Only people can judge wording, alternative texts and colours.
    """
    for path in files:
        if path.is_dir():
            raise UsageError(f"{path} is a folder", hint=f"name the PDFs in it: {path / '*.pdf'}")
    with extra():
        from reporter.formats.validate.vera import judge
    faults = {path: judge(path) for path in files}
    lines = [{"path": path, "passes": not failures, "failures": failures} for path, failures in faults.items()]
    passing = () if quiet else ("passes",)
    options.answer(form, lines, (f"{path}: {text}" for path, of in faults.items() for text in of or passing))
    return ExitCode.FINDINGS if any(faults.values()) else ExitCode.OK


COMPLETION_EPILOG = """\b
Examples:
  reporter admin completion bash >> ~/.bashrc
  reporter admin completion zsh >> ~/.zshrc
  reporter admin completion fish > ~/.config/fish/completions/reporter.fish"""


@click.command("completion", epilog=COMPLETION_EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@options.verbosity
@click.pass_context
def print_script(ctx: click.Context, shell: str, quiet: bool) -> int:
    """Prints the completion script of a shell."""
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(completion(ctx.find_root().command, {}, "reporter", "_REPORTER_COMPLETE").source())
    return 0
