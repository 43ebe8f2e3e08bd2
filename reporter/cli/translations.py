"""`reporter admin messages` and `translate`: words of the program and texts of a year, for translation and back."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import DataError, ExitCode, Finding, UsageError
from reporter.data.files.sources import DATA, SETTINGS, TRANSLATIONS, SourceFile, Sources, known_countries
from reporter.data.files.workspace import BROUGHT, Workspace
from reporter.data.files.writing import write_whole
from reporter.data.i18n.po_file import DOCUMENT, TOOL, read_po_file
from reporter.data.i18n.refresh import Refreshed, refreshed
from reporter.data.read.dataset import load_dataset
from reporter.data.read.text import MACHINE_LINE
from reporter.data.read.yaml_tree import read_scope, read_text
from reporter.data.records import Wording
from reporter.data.records.label import ENGLISH
from reporter.editions.job import select
from reporter.editions.resources import LanguageState, language_state
from reporter.editions.start.making import check_language
from reporter.editions.translation import with_translations, xliff_of
from reporter.exchange.narrative_translation import added_sections, narrative_xliff, translated_narrative

MOST_FILES, MOST_BYTES = 3, 40_000_000
MESSAGES_EPILOG = """\b
Examples:
  reporter admin messages fi        writes or updates translations/fi.po
  reporter admin messages fi --interface      with the words of the workbench, too
  reporter admin messages fi --format xliff   build/fi.xlf, for a translation service
  reporter admin messages fi --from fi.xlf    its translations, into translations/fi.po
  reporter admin messages           the languages of reporter.yaml that the program does not speak"""


@click.command("messages", epilog=MESSAGES_EPILOG)
@click.argument("language", metavar="[LANG]", required=False)
@click.option("--interface", is_flag=True, help="Also the words of the workbench and the checks.")
@click.option("--format", "form", type=click.Choice(["po", "xliff"]), default="po", help="The file to write.")
@click.option("--from", "back", type=options.FILE, help="A translated file to import, .xlf or .po.")
@options.in_workspace
def exchange_messages(
    language: str | None, interface: bool, form: str, back: Path | None, workspace: Workspace, quiet: bool
) -> int:
    """Writes translations/LANG.po with the words of the program that documents print.

    Translations by machine are in it with the flag "machine", to be reviewed: correct them, then remove the flag. An
    existing file keeps every translation and comment. Missing messages are added; unused ones are marked. If the file
    cannot be read, its errors are shown and it is not changed. Also counts the texts of the YAML files that lack the
    language.

    A file for a translation service has every text with its translation so far and its state. What comes back is by
    machine until the service or a person says that it is reviewed; placeholders and numbers are compared.
    """
    if back and language is None:
        raise UsageError("no language is named", hint="write it before --from: reporter admin messages fi --from FILE")
    if back and back.stat().st_size > MOST_BYTES:
        raise UsageError(f"{back.name} is too large for translations", hint="name the file that came back")
    if interface and workspace.root / TRANSLATIONS in BROUGHT:
        raise UsageError("this is a checkout of the program", hint=f"correct {TRANSLATIONS}/{TOOL}/{language}.po")
    kinds = (DOCUMENT, TOOL) if interface else (DOCUMENT,)
    sources = workspace.snapshot()
    spoken, wordings, faults = read_scope(sources).languages, tuple[Wording, ...](), list[Finding]()
    # Errors in the settings or catalogue are reported by the check.
    with suppress(DataError):
        wordings = load_dataset(sources, known_countries(sources)).dataset.wordings
    for code in map(check_language, spoken if language is None else (language,)):
        try:
            if back:
                state = _state(workspace, sources, code)
                content = with_translations(state, back.read_bytes(), back.name)
                write_whole(workspace.root / state.path, content.encode())
                sources = workspace.snapshot()
            elif form == "xliff":
                place = workspace.output / f"{code}.xlf"
                write_whole(place, xliff_of(_state(workspace, sources, code), *kinds))
                click.echo(options.display_path(place))
                continue
            state, refreshed_file = _refresh(workspace, sources, code, kinds)
        except DataError as problem:
            faults += problem.findings
            continue
        faults += state.own.faults() if state.own else ()
        for line in () if quiet else _lines(state, refreshed_file, wordings, spoken):
            click.echo(line, err=line.startswith("next"))
    options.print_lines(faults)
    return ExitCode.FINDINGS if faults else ExitCode.OK


def _state(workspace: Workspace, sources: Sources, language: str) -> LanguageState:
    """The messages of a language; in a checkout its own file is that of the program."""
    state = language_state(sources, language)
    if workspace.root / TRANSLATIONS not in BROUGHT:
        return state
    own = next((file for file in state.brought if file.path.startswith(DOCUMENT)), None)
    return replace(state, brought=(), own=own, path=f"{TRANSLATIONS}/{DOCUMENT}/{language}.po")


def _refresh(
    workspace: Workspace, sources: Sources, language: str, kinds: tuple[str, ...]
) -> tuple[LanguageState, Refreshed | None]:
    """Update the file of a language, or create it. Raises DataError when it cannot be read."""
    state = _state(workspace, sources, language)
    if state.own is None and not (state.lacking or state.machine or (len(kinds) > 1 and language != ENGLISH)):
        return state, None
    refreshed_file = refreshed(state.own, language, state.brought, *kinds)
    content = refreshed_file.text.encode()
    if state.own is None or refreshed_file.text != state.own.text:
        write_whole(workspace.root / state.path, content)
    return replace(state, own=read_po_file(SourceFile(state.path, lambda: content), language)), refreshed_file


def _lines(
    state: LanguageState, news: Refreshed | None, wordings: Iterable[Wording], spoken: Iterable[str]
) -> Iterator[str]:
    language = state.language
    if news is None:
        brings = "is written in it" if language == ENGLISH else f"comes with all {state.total} messages"
        yield f"{language}: the program {brings}, there is nothing to translate"
    else:
        done = state.total - state.lacking
        machine = f", {state.machine} by machine" if state.machine else ""
        summary = f"{state.path}: {done} of {state.total} messages translated{machine}, {state.lacking} to do"
        changes = (f"{news.added} added" if news.added else "", f"{news.ended} out of use" if news.ended else "")
        yield "; ".join(filter(None, (summary, *changes)))
    if lacking := Counter(wording.mark.path for wording in wordings if language not in wording.languages):
        most = [f"{path} {count}" for path, count in lacking.most_common(MOST_FILES)]
        more = len(lacking) - len(most)
        files = ", ".join((*most, *([f"{more} more file{'s' if more > 1 else ''}"] if more else ())))
        yield f"{lacking.total()} texts are missing in {language}: {files}"
        yield f"next: add {language}: to these texts"
    if state.lacking:
        yield f'next: fill every msgstr "" of {state.path}, the first in line {state.first_line}'
    if state.machine:
        yield f"next: review the translations that {state.path} marks as machine, and remove the flag of each"
    if language not in spoken:
        yield f"next: add {language} to the languages in {SETTINGS}"


TRANSLATE_EPILOG = """\b
Examples:
  reporter admin translate LT 2021 en               build/LT/2021/LT-2021-lt-en.xlf
  reporter admin translate LT 2021 en --from LT-2021-lt-en.xlf
                                                    data/LT/text/en/2021.md"""


@click.command("translate", epilog=TRANSLATE_EPILOG)
@click.argument("country")
@click.argument("year", type=options.Year())
@click.argument("language", metavar="LANG")
@click.option("--source", metavar="LANG", help="The language to translate from (default: the first with a text).")
@click.option("--from", "back", type=options.FILE, help="The translated file to import, .xlf.")
@options.in_workspace
def exchange_text(
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
