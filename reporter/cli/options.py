"""Arguments and options that several commands share."""

import getpass
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from reporter.data.errors import Finding, ReporterError, Severity, UsageError
from reporter.data.files.as_json import as_json
from reporter.data.files.sources import SETTINGS, known_countries, known_years
from reporter.data.files.workspace import Workspace, find_workspace
from reporter.data.records import Audience

YEAR = re.compile(r"[12]\d{3}", re.ASCII)
FOUR_DIGITS = "write four digits, such as 2019"
# The proposed folder of a workspace where there are other files.
PROPOSED = "reporter"
# The files of publications, next to which a workspace may be created.
PUBLICATIONS = (".csv", ".tsv", ".gz", ".xlsx", ".xls", ".pdf", ".zip", ".txt")
SHORT_YEAR = re.compile(r"\d\d", re.ASCII)
F = TypeVar("F", bound=Callable[..., Any])
# The type of an argument that is an existing file.
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Year(click.ParamType[int]):
    """The type of an argument that is a reference year."""

    name = "integer"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The year as a number; raises UsageError for another word."""
        word = str(value)
        if YEAR.fullmatch(word):
            return int(word)
        _refuse_swapped(ctx, word)
        hint = f"did you mean 20{word}?" if SHORT_YEAR.fullmatch(word) else FOUR_DIGITS
        raise UsageError(f"{word!r} is not a year", hint=hint)


class YearSpan(click.ParamType[tuple[int, int]]):
    """The type of an argument that is one year or several: the first and the last."""

    name = "years"

    def convert(
        self, value: str | tuple[int, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """The first year and the last; raises UsageError for other words."""
        if isinstance(value, tuple):
            return value
        first, dash, last = value.replace("–", "-").partition("-")
        if not all(YEAR.fullmatch(word) for word in (first, last if dash else first)):
            _refuse_swapped(ctx, value)
            raise UsageError(f"{value!r} is neither a year nor a span of years", hint="write 2020 or 2015-2020")
        if dash and last < first:
            raise UsageError(f"the span {value} ends before it starts", hint=f"write {last}-{first}")
        return int(first), int(last or first)


def _refuse_swapped(ctx: click.Context | None, word: str) -> None:
    """Raise UsageError with the right order when the year comes before the country."""
    first = str((ctx and ctx.params.get("country")) or "")
    if YEAR.fullmatch(first) and word.isalpha():
        raise UsageError("the country comes before the year", hint=f"write {word} {first}")


def local_now() -> datetime:
    return datetime.now().astimezone()


def day(ctx: click.Context, param: click.Parameter, value: str) -> date:
    """A typed day, by default today. Raises UsageError for anything else."""
    try:
        return date.fromisoformat(value) if value else local_now().date()
    except ValueError:
        raise UsageError(f"--{param.name} {value!r} is no date", hint="write one such as 2026-12-31") from None


def answer(form: str, plain: object, lines: Iterable[str]) -> None:
    """Print the answer of a command: records as JSON for machines, lines for people."""
    print_lines((as_json(plain),) if form == "json" else lines)


def print_lines(lines: Iterable[object], *, err: bool = False) -> None:
    click.echo("".join(f"{line}\n" for line in lines), err=err, nl=False)


def warn_of(findings: Iterable[Finding]) -> None:
    print_lines((finding for finding in findings if finding.severity is Severity.WARNING), err=True)


def complete_country(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    return [code for code in known_countries(_workspace_of(ctx).snapshot()) if code.startswith(incomplete)]


def _complete_year(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    country = ctx.params.get("country")
    years = known_years(_workspace_of(ctx).snapshot(), country) if country else ()
    return [str(year) for year in years if str(year).startswith(incomplete)]


def _workspace_of(ctx: click.Context) -> Workspace:
    try:
        return ctx.params.get("workspace") or find_workspace(Path.cwd())
    except ReporterError:  # completing outside a workspace: nothing to offer
        return Workspace(Path.cwd())


def _find(ctx: click.Context, param: click.Parameter, value: Path | None) -> Workspace:
    return find_workspace((value or Path.cwd()).resolve())


def _find_or_choose(ctx: click.Context, param: click.Parameter, value: Path | None) -> Workspace:
    """The workspace around a folder, or a new one: in an empty folder that is named, even within another workspace;
    else in the first folder `reporter` inside that is empty, new or a workspace, so that nothing is written among other
    files."""
    folder = (value or Path.cwd()).resolve()
    try:
        return Workspace(folder) if value and _is_empty(folder) else find_workspace(folder)
    except UsageError:
        inside = (folder / f"{PROPOSED}{suffix}" for suffix in ("", *(f"-{n}" for n in range(2, 99))))
        fitting = (path for path in inside if not path.exists() or (path / SETTINGS).is_file() or _is_empty(path))
        return Workspace(folder if _is_empty(folder) else next(fitting))


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and all(path.name.startswith(".") for path in folder.iterdir())


def _find_or_create_near_files(ctx: click.Context, param: click.Parameter, value: Path | None) -> Workspace:
    """The workspace around a folder, or a new one in a folder with nothing but publications."""
    folder = (value or Path.cwd()).resolve()
    try:
        return find_workspace(folder)
    except UsageError:
        others = (path for path in folder.iterdir() if not path.name.startswith("."))
        if any(path.is_dir() or path.suffix.lower() not in PUBLICATIONS for path in others):
            raise
        return Workspace(folder)


def _find_if_any(ctx: click.Context, param: click.Parameter, value: Path | None) -> Workspace | None:
    """The workspace around a folder, if any. Raises UsageError for a named folder outside any workspace."""
    try:
        return _find(ctx, param, value)
    except UsageError:
        if value:
            raise
        return None


def _workspace_option(callback: Callable[..., Workspace | None], *, exists: bool = True) -> Callable[[F], F]:
    return click.option(
        "-w",
        "--workspace",
        type=click.Path(exists=exists, file_okay=False, path_type=Path),
        callback=callback,
        help="The workspace; by default the one around the current folder.",
    )


# `--workspace DIR`: required, optional, to be created (serve), to restore into, and to be created among publications.
workspace = _workspace_option(_find)
workspace_if_any = _workspace_option(_find_if_any)
workspace_to_be = _workspace_option(_find_or_choose)
workspace_to_restore = _workspace_option(
    lambda _ctx, _param, value: Workspace((value or Path.cwd()).resolve()), exists=False
)
workspace_around_files = _workspace_option(_find_or_create_near_files)


def country(function: F, *, required: bool = False) -> F:
    return click.argument("country", required=required, shell_complete=complete_country)(function)


def year(function: F, *, required: bool = False) -> F:
    return click.argument("year", type=Year(), required=required, shell_complete=_complete_year)(function)


def span(function: F) -> F:
    return click.argument("span", metavar="[YEAR|FIRST-LAST]", type=YearSpan(), required=False)(function)


def edition(function: F) -> F:
    return country(year(function, required=True), required=True)


def verbosity(function: F, *, takes_verbose: bool = False) -> F:
    """Add `-q` and `-v`; `-v` always shows faults in full and is passed only to commands with `takes_verbose`."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="Show errors only.")
    more = "Show more, and where a fault occurred."
    verbose = click.option("-v", "--verbose", is_flag=True, expose_value=takes_verbose, help=more)
    return quiet(verbose(function))


def in_workspace(function: F) -> F:
    return workspace(verbosity(function))


def build_choices(function: F) -> F:
    """Add the options of commands that make documents: `--lang`, `-j`, `-f`, `--strict` and `--validate`."""
    named = (
        click.option("--lang", default="", help="Languages, such as en,lt; by default those of reporter.yaml."),
        click.option("-j", "--jobs", type=click.IntRange(1, 64), help="How many at once; by default up to four."),
        click.option("-f", "--force", is_flag=True, help="Make unchanged files, too."),
        click.option("--strict", is_flag=True, help="Stop on warnings, too."),
        click.option("--validate", is_flag=True, help="Keep only a PDF that passes PDF/UA-1 and PDF/A-3a."),
    )
    # Decorators apply from the last to the first; the help page lists them in this order.
    for option in reversed(named):
        function = option(function)
    return function


def audience(function: F) -> F:
    return click.option(
        "--audience",
        type=click.Choice([choice.value for choice in Audience]),
        default=Audience.PUBLIC.value,
        callback=lambda _ctx, _param, value: Audience(value),
        help="public, or restricted with the figures withheld from the public.",
    )(function)


def formats(choices: Sequence[str], default: str, help_text: str, alone: Sequence[str] = ()) -> Callable[[F], F]:
    """Add `--format LIST` of known formats, or of one used `alone`; an empty `default` names none."""
    hint = f"formats: {', '.join(choices)}" + (f"; or one of {', '.join(alone)}" if alone else "")
    hint += "" if "json" in (*choices, *alone) else "; for machines: --json"

    def parse(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
        named = [word.strip() for word in value.split(",")] if value else []
        for name in named:
            if name not in (*choices, *alone):
                raise UsageError(f"unknown format {name!r}", hint=hint)
            if name in alone and len(named) > 1:
                raise UsageError(f"{name!r} is printed and cannot be combined", hint=f"write --format {name}")
        return tuple(form for form in (*choices, *alone) if form in named)

    return click.option("--format", "formats", default=default, callback=parse, metavar="LIST", help=help_text)


def output_format(function: F) -> F:
    forms = click.Choice(["text", "json"])
    return click.option("--format", "form", type=forms, default="text", help="For people, or for machines.")(function)


def trust(function: F) -> F:
    help_text = "A root certificate to trust; may be repeated."
    return click.option("--trust", "roots", multiple=True, type=FILE, metavar="ROOT.pem", help=help_text)(function)


def person_of(named: str) -> str:
    """The user as named, else by the system's name, which in a container may be only a number."""
    try:
        return named or getpass.getuser()
    except (KeyError, OSError, ImportError):
        if sys.platform == "win32":
            return "somebody"
        return f"user {os.getuid()}"


def display_path(path: Path) -> str:
    """A path as shown to the user, relative to the current folder if possible."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
