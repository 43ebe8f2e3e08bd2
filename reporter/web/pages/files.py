"""The files that pages load."""

from functools import lru_cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reporter.files.workspace import packaged_folder
from reporter.i18n import country_codes
from reporter.theme.cover import cover_map
from reporter.theme.tokens import DEFAULT, load_theme

LASTING = "public, max-age=31536000, immutable"
# Instead of a code: the map without a country.
NOBODY = "none"
# Seconds: it changes with the program only.
HOUR = "private, max-age=3600"


async def asset(request: Request) -> Response:
    found = request.app.state.shell.assets.get(request.path_params["name"])
    if found is None or request.url.path != found.path:
        raise HTTPException(404)
    return Response(found.content, media_type=found.kind, headers={"cache-control": LASTING})


def cover(request: Request) -> Response:
    code = request.path_params["country"]
    if code != NOBODY and code not in country_codes():
        raise HTTPException(404)
    return Response(_drawn(code), media_type="image/svg+xml", headers={"cache-control": HOUR})


@lru_cache(maxsize=8)
def _drawn(code: str) -> bytes:
    return cover_map(load_theme(packaged_folder("assets"), DEFAULT), code)
