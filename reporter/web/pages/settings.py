"""The settings of the workspace: what there is to set."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

SEE_OTHER = 303


def show(_: Request) -> Response:
    """Lead to what can be set."""
    return RedirectResponse("/settings/backup", SEE_OTHER)
