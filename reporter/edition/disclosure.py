"""Refuse small counts of victims that no permission lets out."""

from reporter.analysis.small_counts import permission_lines, unpermitted
from reporter.errors import ReporterError
from reporter.model import Vintage

MOST_TOLD = 5
REMEDY = (
    "withhold them with confidentiality: A, and all that reporter check names then, since one alone would follow from "
    "the rest; what is not stated, by withholding a part beside it; or, if they may be published, say why in "
    "reporter.yaml:"
)
PERMISSIONS = "publish_small_counts:"


def refuse_small_counts(known: Vintage) -> None:
    """Refuse counts of one to four victims that no permission covers.

    Raises ReporterError with the first of them.
    """
    found = unpermitted(known)
    if not found:
        return
    told = [f"{each.mark}: {each.name} {each.year}" for each in found[:MOST_TOLD]]
    more = [f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
    message = "\n  ".join(("the public would get counts of 1 to 4 victims:", *told, *more))
    lines = permission_lines(found, known.settings.languages)
    raise ReporterError(message, hint="\n".join((REMEDY, PERMISSIONS, *lines)))
