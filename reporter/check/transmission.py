"""A rule for the tables of Eurostat: the population that fills them."""

from collections.abc import Iterator

from reporter.analysis.populations import unfilled
from reporter.check.rule import CheckedEdition, Problem


def eurostat_unfilled(edition: CheckedEdition) -> Iterator[Problem]:
    """Cells that stay empty although another population would fill them. A table for which the file of the year chooses
    is decided."""
    for each in unfilled(edition.known):
        if not each.decided:
            table = each.dataflow.code
            hint = (
                f"decide it here: write eurostat: {{{table}: {each.other}}}, or, to leave it as it is, "
                f"eurostat: {{{table}: {each.indicator}}}; one table never mixes the two"
            )
            yield Problem(message=str(each), mark=edition.known.edition.mark, hint=hint, year=each.year)
