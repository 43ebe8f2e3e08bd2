"""`reporter review`: remarks of reviewers in a Word file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from secrets import token_hex

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.file_type import read_file
from reporter.data.files.sources import known_years
from reporter.data.files.workspace import Workspace
from reporter.data.records import ChangedWords, ReviewRemark
from reporter.data.write.applying import Writer
from reporter.editions.job import check_country, no_year
from reporter.exchange.word_remarks.reviewing import (
    ANSWER,
    DISMISSED,
    decide_remarks,
    deciding_remark,
    filed_remarks,
    remark_numbered,
    reopening_remark,
    take_in_review,
)

NO_FILE = "a generated sentence, in no file"
SHOWN = 100


def remark_lines(remarks: Sequence[ReviewRemark], of: str) -> Iterator[str]:
    count = sum(remark.is_open for remark in remarks)
    yield f"{of}: {len(remarks)} {'remark' if len(remarks) == 1 else 'remarks'}, {count} open"
    for title, of_section in groupby(remarks, lambda remark: remark.title or remark.section):
        yield title or "outside any section"
        for (place, sentence), alike in groupby(of_section, lambda remark: (place_of_remark(remark), remark.sentence)):
            yield f"  {place}"
            if sentence:
                yield f"    {_short(sentence)}"
            for remark in alike:
                yield from _remark(remark)


def place_of_remark(remark: ReviewRemark) -> str:
    return f"{remark.file}:{remark.line}" if remark.file else remark.doubt or NO_FILE


def change_line(change: ChangedWords) -> str:
    if change.figure:
        where = ", ".join(filter(None, (change.figure, change.source, change.at)))
        return f"{change.old or 'nothing'} → {change.new or 'deleted'}: {where}"
    moved = "moved, " if change.moved else ""
    if not change.old:
        return f"{moved}inserted: {change.new}"
    return f"{moved}deleted: {change.old}" if not change.new else f"{change.old} → {change.new}"


def plain_remark(remark: ReviewRemark) -> dict[str, object]:
    values = asdict(remark)
    del values["mark"]
    values["open"] = remark.is_open
    for name in ("changes", "replies"):
        values[name] = [{key: value for key, value in entry.items() if key != "mark"} for entry in values[name]]
    return values


def _remark(remark: ReviewRemark) -> Iterator[str]:
    who = ", ".join(filter(None, (remark.author or "unknown", remark.day)))
    on = f" on “{_short(remark.words)}”" if remark.words else ""
    number = f"    {remark.number:>3}  "
    if remark.text:
        yield f"{number}{who}{on}: {remark.text}"
    for n, change in enumerate(remark.changes):
        yield f"{'' if n else number}{' ' * len(number) if n else f'{who}: '}{change_line(change)}"
    for reply in remark.replies:
        yield f"{' ' * len(number)}{', '.join(filter(None, (reply.author, reply.day)))}: {reply.text}"
    values = {"answered": remark.answer, "dismissed": remark.dismissed}
    yield from (f"{' ' * len(number)}{how} by {remark.by}: {words}" for how, words in values.items() if words)
    if remark.resolved:
        yield f"{' ' * len(number)}resolved in the Word file"


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"


IS_COUNTRY = re.compile("[A-Z]{2}", re.ASCII)
EPILOG = """\b
Examples:
  reporter review draft-rasa.docx                  its remarks, by section and sentence
  reporter review draft.docx --country LT --year 2020 --lang en
  reporter review LT 2020                          the remarks on an edition
  reporter review LT 2020 --answer 3 "corrected"
  reporter review LT 2020 --dismiss 4 "the statute says so\""""


@click.command("review", epilog=EPILOG)
@click.argument("what", metavar="FILE|COUNTRY", shell_complete=options.complete_country)
@click.argument("of_year", metavar="[YEAR]", required=False, type=int)
@click.option("--country", default="", metavar="CODE", help="The country, if the file does not name it.")
@click.option("--year", default=0, metavar="YEAR", help="The reference year, if the file does not name it.")
@click.option("--lang", default="", metavar="CODE", help="The language, if the file does not name it.")
@click.option("--day", default="", callback=options.day, metavar="DATE", help="The day it arrived; by default today.")
@click.option("--dry-run", is_flag=True, help="Show the result, but write nothing.")
@click.option("--answer", "answers", type=(str, str), multiple=True, metavar="N WORDS", help="What was done about it.")
@click.option("--dismiss", "dismissed", type=(str, str), multiple=True, metavar="N WORDS", help="Why nothing was done.")
@click.option("--reopen", multiple=True, metavar="N", help="Reopen remark N.")
@click.option("--by", "who", default="", help="Who decides; by default the user of this machine.")
@options.output_format
@options.in_workspace
def command(
    what: str,
    of_year: int | None,
    country: str,
    year: int,
    lang: str,
    day: date,
    dry_run: bool,
    answers: tuple[tuple[str, str], ...],
    dismissed: tuple[tuple[str, str], ...],
    reopen: tuple[str, ...],
    who: str,
    form: str,
    workspace: Workspace,
    quiet: bool,
) -> int:
    """Shows reviewers' remarks in a Word file, sentence by sentence.

    Comments and tracked changes are shown with file and line, author and day. Your texts and figures are not changed; a
    changed number is shown as its figure. Remarks are recorded in data/COUNTRY/received/remarks/ and stay open until
    they are answered or dismissed with a reason, here or in the workbench. A newer version of a file only adds new
    remarks. COUNTRY and YEAR show the remarks on an edition.
    """
    decisions = bool(answers or dismissed or reopen)
    if not IS_COUNTRY.fullmatch(what):
        if decisions or of_year is not None:
            raise UsageError("import the file first, then decide on its remarks", hint=f"reporter review {what}")
        return _take_in(Path(what), (country, year, lang), day, workspace, form=form, quiet=quiet, writes=not dry_run)
    sources = workspace.snapshot()
    check_country(sources, what)
    if of_year is None or of_year not in known_years(sources, what):
        raise no_year(sources, what, of_year)
    filed = filed_remarks(sources, what, of_year)
    if not decisions:
        _tell([filed_remark.remark for filed_remark in filed], form, f"{what} {of_year}")
        return ExitCode.OK
    writer = Writer(options.person_of(who), options.local_now(), token_hex(8))
    steps = [
        step
        for kind, numbered_words in ((ANSWER, answers), (DISMISSED, dismissed))
        for number, words in numbered_words
        for step in deciding_remark(remark_numbered(filed, number), kind, words, (writer.person, day.isoformat()))
    ]
    steps += [step for number in reopen for step in reopening_remark(remark_numbered(filed, number))]
    if not dry_run:
        decide_remarks(workspace, steps, writer)
    if not quiet:
        after = filed_remarks(workspace.snapshot(), what, of_year)
        click.echo(f"{what} {of_year}: {sum(item.remark.is_open for item in after)} of {len(after)} remarks are open")
    return ExitCode.OK


def _take_in(
    path: Path, named: tuple[str, int, str], day: date, workspace: Workspace, *, form: str, quiet: bool, writes: bool
) -> int:
    content = read_file(path, path.name, hint="name an existing Word file")
    came = take_in_review(workspace, workspace.snapshot(), content, path.name, day.isoformat(), named, writes=writes)
    edition = f"{came.received.country} {came.received.year} ({came.received.language})"
    remarks = came.received.remarks
    _tell(remarks, form, f"{edition}: {came.received.file}")
    if came.written:
        click.echo(options.display_path(came.written), err=form == "json")
    if not quiet:
        notes = {
            f"{came.repeats} of its remarks were imported before": came.repeats,
            "the edition changed after this file was made; sentences were matched by their words": not came.is_same,
            f"{came.formatting} changes of formatting were ignored: the theme decides the format": (came.formatting),
            f"{came.boxes} text boxes were ignored": came.boxes,
        }
        for line in (words for words, is_so in notes.items() if is_so):
            click.echo(f"reporter: {line}", err=True)
        if remarks and writes:
            number, where = remarks[0].number, f"{came.received.country} {came.received.year}"
            click.echo(f'  hint: reporter review {where} --answer {number} "what you did"', err=True)
    return ExitCode.FINDINGS if any(remark.doubt for remark in remarks) else ExitCode.OK


def _tell(remarks: Sequence[ReviewRemark], form: str, of: str) -> None:
    options.answer(form, [plain_remark(remark) for remark in remarks], remark_lines(remarks, of))
