"""`reporter admin completion`: the completion script of a shell."""

import click
from click.shell_completion import get_completion_class

from reporter.cli import options

EPILOG = """\b
Examples:
  reporter admin completion bash >> ~/.bashrc
  reporter admin completion zsh >> ~/.zshrc
  reporter admin completion fish > ~/.config/fish/completions/reporter.fish"""


@click.command("completion", epilog=EPILOG)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@options.verbosity
@click.pass_context
def command(ctx: click.Context, shell: str, quiet: bool) -> int:
    """Prints the completion script of a shell."""
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(completion(ctx.find_root().command, {}, "reporter", "_REPORTER_COMPLETE").source())
    return 0
