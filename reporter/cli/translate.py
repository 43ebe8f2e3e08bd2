"""`reporter admin translate`: the narrative of a year, for a translation service and back."""

from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.sources import DATA
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_whole
from reporter.data.read.text import MACHINE_LINE
from reporter.data.read.yaml_tree import read_scope, read_text
from reporter.editions.job import select
from reporter.editions.start.making import check_language
from reporter.exchange.narrative_translation import added_sections, narrative_xliff, translated_narrative

EPILOG = """\b
Examples:
  reporter admin translate LT 2021 en               build/LT/2021/LT-2021-lt-en.xlf
  reporter admin translate LT 2021 en --from LT-2021-lt-en.xlf
                                                    data/LT/text/en/2021.md"""


@click.command("translate", epilog=EPILOG)
@click.argument("country")
@click.argument("year", type=options.Year())
@click.argument("language", metavar="LANG")
@click.option("--source", metavar="LANG", help="The language to translate from (default: the first with a text).")
@click.option(
    "--from",
    "back",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The translated file to import, .xlf.",
)
@options.workspace
@options.verbosity
def command(
    country: str, year: int, language: str, source: str | None, back: Path | None, workspace: Workspace, quiet: bool
) -> int:
    """Writes the text of YEAR as XLIFF, to be translated into LANG, or imports the translation.

    Passages for the restricted edition are left out, and figures are placeholders: no value leaves. Sections that are
    written in LANG stay as they are. Next to each paragraph that the service does not call reviewed, the import writes
    the comment <!-- machine -->: read the paragraph, then delete the comment. A final edition must have none.
    """
    sources = workspace.snapshot()
    select(sources, country, year)
    check_language(language)
    paths = {code: f"{DATA}/{country}/text/{code}/{year}.md" for code in (*read_scope(sources).languages, language)}
    spoken = [source] if source else [code for code in paths if code != language and sources.get(paths[code])]
    path = f"{DATA}/{country}/text/{spoken[0] if spoken else 'LANG'}/{year}.md"
    if not sources.get(path):
        raise UsageError(f"there is no text to translate: {path}", hint="write it first, or name another --source")
    text = read_text(sources, path)
    if back is None:
        place = workspace.output / country / str(year) / f"{country}-{year}-{spoken[0]}-{language}.xlf"
        write_whole(place, narrative_xliff(text, path, spoken[0], language))
        click.echo(options.display_path(place))
        return ExitCode.OK
    if back.stat().st_size > 40_000_000:
        raise UsageError(f"{back.name} is too large for a text", hint="name the file that came back")
    new = translated_narrative(text, path, back.read_bytes(), back.name, language)
    own = paths[language]
    content, unchanged = added_sections(read_text(sources, own) if sources.get(own) else "", new, own, language, year)
    write_whole(workspace.root / paths[language], content.encode())
    kept_lines = (f"{section}: stays as it is written in {language}" for section in unchanged)
    for line in () if quiet else (f"{own}: paragraphs to review: {content.count(MACHINE_LINE)}", *kept_lines):
        click.echo(line)
    return ExitCode.OK
