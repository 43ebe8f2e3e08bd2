"""Run commands, and turn errors into exit codes. Each command is loaded when it runs. Errors become exit codes only
here."""

import sys
import traceback
from difflib import get_close_matches
from importlib import import_module

import click

from reporter.cli.finding_lines import finding_lines
from reporter.errors import DataError, ExitCode, ReporterError, UsageError

COMMANDS = {
    "init": ("reporter.cli.init", "make a workspace to start from: for a country, or an example"),
    "new": ("reporter.cli.new", "begin a year or a country: files to fill and texts to write"),
    "serve": ("reporter.cli.serve", "open the workspace in a browser: the workbench"),
    "check": ("reporter.cli.check", "show every finding: where, what is wrong, what to do"),
    "questionnaire": ("reporter.cli.questionnaire", "ask agencies for their figures, in a workbook each"),
    "receive": ("reporter.cli.receive", "take in the workbook that an agency sent"),
    "import": ("reporter.cli.import_figures", "take in what another publication states: UNODC"),
    "answers": ("reporter.cli.answers", "decide on what agencies say of a year"),
    "review": ("reporter.cli.review", "tell what reviewers said in a Word file, sentence by sentence"),
    "protect": ("reporter.cli.protect", "decide what the public does not get, and write it down"),
    "build": ("reporter.cli.build", "make the annual profile: PDF, web page, workbook"),
    "compare": ("reporter.cli.compare", "lay years, editions or countries side by side"),
    "status": ("reporter.cli.status", "show what is due, what is missing, what was sent"),
    "approve": ("reporter.cli.approve", "approve an edition that somebody else is to publish"),
    "publish": ("reporter.cli.publish", "freeze an edition; a later change is a corrigendum"),
    "rebuild": ("reporter.cli.rebuild", "make a published edition again, byte for byte"),
    "validate": ("reporter.cli.validate", "check finished PDFs by PDF/UA-1 and PDF/A-3a"),
    "reconcile": ("reporter.cli.reconcile", "compare figures with those that UNODC publishes"),
    "audit": ("reporter.cli.audit", "tell which withheld figures readers can work out"),
    "package": ("reporter.cli.package", "pack a final edition for a recipient: PDF, page, figures, letter"),
    "sign": ("reporter.cli.sign", "sign PDFs and packages, with a key from a file or a card"),
    "verify": ("reporter.cli.verify", "tell whether a package arrived as it was sent, and by whom"),
    "send": ("reporter.cli.send", "send a package to a recipient, once, or lay it in a folder"),
    "outbox": ("reporter.cli.outbox", "list what was sent, what waits, what a person must see to"),
    "resend": ("reporter.cli.resend", "send a message again, with a person's name and reason"),
    "receipt": ("reporter.cli.receipt", "file the receipt that came back"),
    "backup": ("reporter.cli.backup", "write the workspace into one file, to be kept elsewhere"),
    "restore": ("reporter.cli.restore", "restore a back-up into an empty folder, or move what is there aside"),
    "explain": ("reporter.cli.explain", "trace a figure: value, file, line, source, where it is printed"),
    "export": ("reporter.cli.export", "write the figures as CSV, workbook, SDMX-CSV for Eurostat, JSON"),
    "preview": ("reporter.cli.preview_eurostat", "show how Eurostat's tables will read, beside what it published"),
    "messages": ("reporter.cli.messages", "write the words of the program for a translation into a language"),
    "schema": ("reporter.cli.schema", "write the JSON Schemas that editors complete with"),
    "doctor": ("reporter.cli.doctor", "say what this machine lacks, what differs, and what mends it"),
    "completion": ("reporter.cli.completion", "print the completion script of a shell"),
}

HELP = """\
Usage: reporter COMMAND [OPTIONS]

Makes the annual country profile of a National Rapporteur on trafficking in
human beings from yearly data in YAML and narrative in Markdown.

Commands:
{commands}

Options:
  -h, --help   this page; reporter COMMAND --help tells more
  --version    the version of the program

Examples:
  reporter init DIR --country FI --languages en,fi
  reporter new LT 2021              the files of a year, to be filled
  reporter serve                    the workbench, in the browser
  reporter import glotip FILE FI    years of what UNODC publishes
  reporter check LT                 all findings on Lithuania
  reporter build LT 2020            build/LT/2020/LT-2020-en.pdf
  reporter build LT --format html   build/LT/2020/LT-2020-en.html
  reporter compare LT 2019 2020     build/LT/compare-2019-2020/
  reporter explain LT 2020 victims.identified
  reporter export LT 2020 --format csv,xlsx
  reporter package LT 2020 --to commission

Exit codes: 0 fine, 1 findings or a failed edition, 2 wrong usage,
3 a fault of the program, 130 interrupted.
""".format(commands="\n".join(f"  {name:<14}{line}" for name, (_, line) in COMMANDS.items()))


INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group of commands that loads the one called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def get_help(self, ctx: click.Context) -> str:
        """The help page that `reporter --help` prints."""
        return HELP.rstrip()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the words name. Raises UsageError with the nearest one for a word that names none."""
        if args[0] in COMMANDS or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        near = get_close_matches(args[0], COMMANDS, 1, 0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"commands: {', '.join(COMMANDS)}"
        raise UsageError(f"no command is called {args[0]!r}", hint=hint)


group = LazyGroup("reporter", context_settings={"help_option_names": ["-h", "--help"]})


def run(arguments: list[str]) -> int:
    """Run a command line and give the exit code. Every error is one plain message."""
    try:
        result = group.main(arguments, "reporter", standalone_mode=False)
        return result if isinstance(result, int) else ExitCode.OK
    except click.ClickException as problem:
        problem.show()
        return ExitCode.USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("reporter: interrupted; earlier reports are unchanged", err=True)
        return INTERRUPTED
    except DataError as problem:
        for line in finding_lines(problem.findings, all_of_them=_is_verbose(arguments)):
            click.echo(line, err=True)
        click.echo(f"reporter: {problem.closing}", err=True)
        return problem.exit_code
    except ReporterError as problem:
        click.echo(f"reporter: {problem}", err=True)
        return problem.exit_code
    except Exception as problem:
        click.echo(_fault(problem, verbose=_is_verbose(arguments)), err=True)
        return ExitCode.FAULT


def _is_verbose(arguments: list[str]) -> bool:
    return "-v" in arguments or "--verbose" in arguments


def _fault(problem: Exception, *, verbose: bool) -> str:
    if verbose:
        return traceback.format_exc()
    place = traceback.extract_tb(sys.exc_info()[2])[-1]
    return (
        f"reporter: a fault of the program: {type(problem).__name__}: {problem} ({place.filename}:{place.lineno})\n"
        "  hint: run again with -v and send the output to the maintainers; earlier reports are unchanged"
    )
