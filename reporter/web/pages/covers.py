"""The map of a cover, shown before a country begins."""

from functools import lru_cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reporter.files.workspace import packaged_folder
from reporter.i18n import country_codes
from reporter.theme.cover import cover_map
from reporter.theme.tokens import DEFAULT, load_theme

# Instead of a code: the map without a country.
NOBODY = "none"
# Seconds: it changes with the program only.
HOUR = "private, max-age=3600"


def cover(request: Request) -> Response:
    code = request.path_params["country"]
    if code != NOBODY and code not in country_codes():
        raise HTTPException(404)
    return Response(_drawn(code), media_type="image/svg+xml", headers={"cache-control": HOUR})


@lru_cache(maxsize=8)
def _drawn(code: str) -> bytes:
    return cover_map(load_theme(packaged_folder("assets"), DEFAULT), code)
