"""`reporter admin validate`: checks finished PDFs by PDF/UA-1 and PDF/A-3a."""

from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.extras import extra

EPILOG = """\b
Examples:
  reporter admin validate build/LT/2020/LT-2020-en.pdf
  reporter admin validate build/*/*/*.pdf --format json"""


@click.command("validate", epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE.pdf …")
@options.output_format
@options.verbosity
def command(files: tuple[Path, ...], form: str, quiet: bool) -> int:
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
