"""Run commands, each loaded when it runs, and turn errors into exit codes, which happens only here."""

import traceback
from difflib import get_close_matches
from importlib import import_module

import click

from reporter.cli import options
from reporter.cli.contents import COMMANDS, HELP, RENAMED, commands_in, help_of
from reporter.cli.finding_lines import finding_lines
from reporter.data.errors import DataError, ExitCode, ReporterError, UsageError

INTERRUPTED = 130


class LazyGroup(click.Group):
    """The commands of the program, or of the group `name` in `COMMANDS`; loads only the one called."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name or "reporter", context_settings={"help_option_names": ["-h", "--help"]})
        self.path, self.known = name, commands_in(name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.known:
            return None
        name = f"{self.path} {cmd_name}".strip()
        if not (module := COMMANDS[name][0]):
            return LazyGroup(name)
        inside = vars(import_module(module)).values()
        return next(member for member in inside if isinstance(member, click.Command) and member.name == cmd_name)

    def get_help(self, ctx: click.Context) -> str:
        return help_of(self.path) if self.path else HELP.rstrip()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if self.path and not args and not ctx.resilient_parsing:
            hint = f"commands: reporter {self.path} {', '.join(self.known)}"
            raise UsageError(f"reporter {self.path} needs a command", hint=hint)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command. Raises UsageError with the new name of a renamed one, the nearest of an unknown one."""
        word = args[0]
        if word in self.known or word.startswith("-"):
            return super().resolve_command(ctx, args)
        if not self.path and word in RENAMED:
            raise UsageError(f"reporter {word} is now: reporter {RENAMED[word]}")
        near = get_close_matches(word, self.known, 1, 0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"commands: {', '.join(self.known)}"
        raise UsageError(f"there is no command {f'{self.path} {word}'.strip()!r}", hint=hint)


group = LazyGroup()


def run(arguments: list[str]) -> int:
    """Run a command line and return the exit code; every error is one plain message."""
    is_verbose = "-v" in arguments or "--verbose" in arguments
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
        options.print_lines(finding_lines(problem.findings, all_of_them=is_verbose), err=True)
        click.echo(f"reporter: {problem.closing}", err=True)
        return problem.exit_code
    except ReporterError as problem:
        click.echo(f"reporter: {problem}", err=True)
        return problem.exit_code
    except Exception as problem:
        place, what = traceback.extract_tb(problem.__traceback__)[-1], f"{type(problem).__name__}: {problem}"
        fault = f"reporter: a fault in the program: {what} ({place.filename}:{place.lineno})"
        hint = "  hint: run again with -v and send the output to the maintainers; earlier reports are unchanged"
        click.echo(traceback.format_exc() if is_verbose else f"{fault}\n{hint}", err=True)
        return ExitCode.FAULT
