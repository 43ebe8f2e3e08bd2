"""Refuse small counts of victims that no permission lets out."""

from reporter.analysis.small_counts import permission_lines, unpermitted
from reporter.errors import ReporterError
from reporter.model import Vintage

MOST_TOLD = 5
REMEDY = (
    "reporter protect {country} {year} withholds them, with all that they would follow from; or, if they may be "
    "published, say why in reporter.yaml:"
)
PERMISSIONS = "publish_small_counts:"


def refuse_small_counts(known: Vintage) -> None:
    """Refuse counts so small that they need a permission, and have none. Raises ReporterError with the first of
    them."""
    found = unpermitted(known)
    if not found:
        return
    told = [f"{each.mark}: {each.name} {each.year}" for each in found[:MOST_TOLD]]
    more = [f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
    message = "\n  ".join(("the public would get small counts:", *told, *more))
    lines = permission_lines(found, known.settings.languages)
    remedy = REMEDY.format(country=known.country.code, year=known.year)
    raise ReporterError(message, hint="\n".join((remedy, PERMISSIONS, *lines)))
