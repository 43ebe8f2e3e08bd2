"""`reporter publish`: freeze an edition."""

from collections.abc import Sequence

import click

from reporter.cli import options
from reporter.cli.build_options import print_outcomes
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.records import Label
from reporter.editions.job import select
from reporter.editions.making.order import UnmadeError
from reporter.exchange.publish.publishing import PublishRequest, PublishResult, publish

EPILOG = """\b
Examples:
  reporter publish LT 2020
  reporter publish LT 2020 --by "R. Petraite"
  reporter publish LT 2020 --corrigendum "en=A total was wrong" \\
                           --corrigendum "lt=Klaidinga suma" """


@click.command("publish", epilog=EPILOG)
@options.edition
@click.option("--by", default="", help="Who publishes; by default the user of this machine.")
@click.option("--corrigendum", "reasons", multiple=True, metavar="LANG=REASON", help="The reason, in each language.")
@options.workspace
@options.verbosity
def command(country: str, year: int, by: str, reasons: tuple[str, ...], workspace: Workspace, quiet: bool) -> int:
    """Freezes an edition: builds, validates and records its files.

    Their sources are recorded, too. Only final figures without an open error are published and, if reporter.yaml says
    approvals: 1, only what someone else approved (reporter approve). Later changes become a corrigendum: the next
    number, with an erratum page of the differences. Published files are never replaced.
    """
    sources = workspace.snapshot()
    languages = select(sources, country, year).languages
    asked = PublishRequest(
        country=country,
        year=year,
        languages=languages,
        date=options.local_now().date().isoformat(),
        by=options.person_of(by),
        reason=_reason(reasons, languages),
    )
    try:
        ended = publish(workspace, sources, asked, _tell_published)
    except UnmadeError as problem:
        return print_outcomes(workspace, problem.outcomes)
    if ended.path is None:
        more = "its files were made again under build/" if ended.restored else "nothing changed since"
        click.echo(f"{ended.release} is published already{';' if ended.restored else ', and'} {more}")
    return ExitCode.OK


def _reason(written: Sequence[str], languages: Sequence[str]) -> Label:
    texts: dict[str, str] = {}
    for entry in written:
        language, sign, text = entry.partition("=")
        if not sign and len(languages) == 1:
            language, text = languages[0], entry
        if language not in languages or not text.strip():
            hint = f"write --corrigendum {languages[0]}=REASON; languages: {', '.join(languages)}"
            raise UsageError(f"--corrigendum {entry[:60]!r} is not a reason in one of the languages", hint=hint)
        texts[language] = " ".join(text.split())
    if missing := [code for code in languages if texts and code not in texts]:
        more = " ".join(f'--corrigendum "{code}=…"' for code in missing)
        raise UsageError(f"the reason is not given in {', '.join(missing)}", hint=f"add {more}")
    return Label(tuple((code, texts[code]) for code in languages if texts))


def _tell_published(new: PublishResult) -> None:
    """Print what was published before its files are put under `build/`, which may fail."""
    release = new.release
    click.echo(f"{release} is published: {options.display_path(new.path) if new.path else ''}")
    for name, sha256 in release.files:
        click.echo(f"  {name}  sha256 {sha256}")
    if release.number:
        click.echo("  hint: make a new package; it names what it replaces")
