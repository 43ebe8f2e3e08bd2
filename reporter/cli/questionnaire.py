"""`reporter questionnaire`: asks agencies for their figures, in a workbook each."""

import click

from reporter.cli import options
from reporter.edition.job import check_country
from reporter.errors import ExitCode
from reporter.files.workspace import Workspace
from reporter.intake.asked_agencies import ask_agencies

EPILOG = """\b
Examples:
  reporter questionnaire LT 2021                 one for each agency that answers figures of 2021
  reporter questionnaire LT 2021 --to police     build/LT/forms/LT-2021-police.xlsx, and a mail with it
  reporter questionnaire LT 2021 --to police --remind"""


@click.command("questionnaire", epilog=EPILOG)
@options.edition
@click.option("--to", "codes", multiple=True, metavar="AGENCY", help="An agency; left out: all that answer.")
@click.option("--remind", is_flag=True, help="Write a reminder, with the workbook once more.")
@options.workspace
@options.verbosity
def command(country: str, year: int, codes: tuple[str, ...], remind: bool, workspace: Workspace, quiet: bool) -> int:
    """Asks agencies for their figures of a year.

    Which figures, in which language and by when stands under agencies: in the file of the country. Each gets a
    workbook to fill in, and a mail with it as a draft, which your mail program opens. Whom you asked, and when, is
    written down in data/COUNTRY/received/asked.yaml.
    """
    sources = workspace.snapshot()
    check_country(sources, country)
    for each in ask_agencies(workspace, sources, country, year, codes, options.local_now(), again=remind):
        click.echo(f"{options.display_path(each.workbook)}\n{options.display_path(each.mail)}")
        if not (quiet or each.agency.address):
            told = f"{each.agency.code} has no address in data/{country}/country.yaml; write it into the mail"
            click.echo(f"reporter: {told}", err=True)
    return ExitCode.OK
