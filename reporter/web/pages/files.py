"""The files that pages load."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

LASTING = "public, max-age=31536000, immutable"


async def asset(request: Request) -> Response:
    """A stylesheet, script or typeface, by its checksum and name."""
    found = request.app.state.shell.assets.get(request.path_params["name"])
    if found is None or request.url.path != found.path:
        raise HTTPException(404)
    return Response(found.content, media_type=found.kind, headers={"cache-control": LASTING})
