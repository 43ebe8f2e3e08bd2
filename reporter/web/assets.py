"""The files that pages load: stylesheets, scripts, typefaces. All come with the program. Their address holds their
checksum, so that a browser asks for each of them once."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reporter.files.checksum import checksum
from reporter.files.workspace import packaged_folder
from reporter.i18n import country_codes
from reporter.render.html import environment_of, fill
from reporter.render.style_values import look_of
from reporter.theme.addresses import Templates
from reporter.theme.cover import cover_map
from reporter.theme.tokens import DEFAULT, Theme, load_theme

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


FOLDER, TOKENS, TEMPLATES = "desk", "tokens.css", "templates"
FILES = (
    "desk.css",
    "edition.css",
    "forms.css",
    "findings.css",
    "texts.css",
    "htmx.js",
    "news.js",
    "desk.js",
    "typed.js",
    "keys.js",
    "go.js",
    "figures.js",
    "answers.js",
    "findings.js",
    "page.js",
    "paper.js",
    "release.css",
    "release.js",
    "texts.js",
    "icon.svg",
)
# Not asked of the machine: on Windows any program may have said there that a script is plain text.
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".ttf": "font/ttf"}
WEIGHTS = (400, 600)
SHORT = 16


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load."""

    name: str
    content: bytes
    kind: str

    @property
    def path(self) -> str:
        return f"/assets/{checksum(self.content)[:SHORT]}/{self.name}"


def load_assets() -> dict[str, Asset]:
    folder = packaged_folder("assets")
    theme = load_theme(folder, DEFAULT)
    fonts = {
        each.name: each for each in (_asset(each.path) for each in theme.fonts if each.path and each.weight in WEIGHTS)
    }
    own = (_asset(folder / FOLDER / name) for name in FILES)
    tokens = Asset(TOKENS, _tokens(theme, fonts).encode(), "text/css")
    return {**fonts, TOKENS: tokens, **{each.name: each for each in own}}


def _asset(path: Path) -> Asset:
    return Asset(path.name, path.read_bytes(), KINDS[path.suffix])


def _tokens(theme: Theme, fonts: dict[str, Asset]) -> str:
    """The theme as a stylesheet: colours by day and by night, typefaces."""
    look = look_of(theme)
    named = ((each, each.address.rpartition("/")[2]) for each in look.faces)
    faces = tuple(replace(each, address=fonts[name].path) for each, name in named if name in fonts)
    environment = environment_of(lambda text: text, Templates(packaged_folder(TEMPLATES)), FOLDER)
    return fill(environment, TOKENS, {"look": replace(look, faces=faces)})
