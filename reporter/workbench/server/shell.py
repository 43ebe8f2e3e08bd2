"""Make pages from templates in the user's language, and serve their stylesheets, scripts and typefaces. The address of
a file contains its checksum, so that a browser requests each of them once."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request, cookie_parser
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from reporter.data.errors import ReporterError
from reporter.data.files.sources import TEMPLATES, TRANSLATIONS, Sources, checksum, folder_files
from reporter.data.files.workspace import packaged_folder
from reporter.data.i18n import N_, Locale, country_codes
from reporter.data.i18n.po_file import CATALOGUE, TOOL
from reporter.data.i18n.refresh import program_messages, translated_problem
from reporter.data.records.label import ENGLISH
from reporter.data.theme.cover import Templates, cover_map
from reporter.data.theme.tokens import DEFAULT, load_theme
from reporter.editions.resources import locale_lookup
from reporter.formats.html.embed import look_of
from reporter.formats.html.html import environment_of, fill
from reporter.report.sections.quality import problem_words
from reporter.workbench.server.refusals import Refusal, trouble_of
from reporter.workbench.year.year_state import TextState, YearState

LASTING = "public, max-age=31536000, immutable"
# Instead of a code: the map without a country.
NOBODY = "none"
# Seconds: it changes with the program only.
HOUR = "private, max-age=3600"


async def asset(request: Request) -> Response:
    asset_file = request.app.state.shell.assets.get(request.path_params["name"])
    if asset_file is None or request.url.path != asset_file.path:
        raise HTTPException(404)
    return Response(asset_file.content, media_type=asset_file.kind, headers={"cache-control": LASTING})


def cover(request: Request) -> Response:
    code = request.path_params["country"]
    if code != NOBODY and code not in country_codes():
        raise HTTPException(404)
    drawn = cover_map(load_theme(packaged_folder("assets"), DEFAULT), code)
    return Response(drawn, media_type="image/svg+xml", headers={"cache-control": HOUR})


TOKENS = "tokens.css"
# Not asked of the machine: on Windows other programs may have registered scripts as plain text.
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
    used = (_asset(face.path) for face in theme.fonts if face.path and face.weight in WEIGHTS)
    fonts = {font.name: font for font in used}
    # The theme as a stylesheet: colours by day and by night, typefaces.
    look = look_of(theme)
    named = ((face, face.address.rpartition("/")[2]) for face in look.faces)
    faces = tuple(replace(face, address=fonts[name].path) for face, name in named if name in fonts)
    environment = environment_of(lambda text: text, Templates(packaged_folder(TEMPLATES)), FOLDER)
    sheet = fill(environment, TOKENS, {"look": replace(look, faces=faces)})
    own = (_asset(path) for path in sorted((folder / FOLDER).iterdir()) if path.suffix in KINDS)
    return {**fonts, TOKENS: Asset(TOKENS, sheet.encode(), "text/css"), **{file.name: file for file in own}}


def _asset(path: Path) -> Asset:
    return Asset(path.name, path.read_bytes(), KINDS[path.suffix])


@dataclass(frozen=True, slots=True)
class Place:
    """A page about a year, as the bar names it. `path` follows the country and the year in its address, or only the
    country if `of_country`. `count` is the number of items that wait there. `letter` is its key after G."""

    code: str
    title: str
    path: str = ""
    count: Callable[[YearState], int] | None = None
    letter: str = ""
    of_country: bool = False

    def address(self, state: YearState) -> str:
        return f"/{state.country.code}{'' if self.of_country else f'/{state.year}'}{self.path}"


PLACES = (
    Place("year", N_("Overview"), letter="Y"),
    Place("figures", N_("The figures"), "/figures", count=lambda state: len(state.open_figures), letter="F"),
    Place("agencies", N_("Agencies"), "/agencies", count=lambda state: state.waiting, letter="A"),
    Place("lists", N_("Lists"), "/lists", letter="L"),
    Place("texts", N_("Texts"), "/text", count=lambda state: state.texts.count(TextState.UNDECIDED), letter="T"),
    Place("findings", N_("Findings"), "/findings", count=lambda state: len(state.asking), letter="B"),
    Place("page", N_("Preview"), "/page", letter="P"),
    Place("compare", N_("Compare"), "/compare", letter="C", of_country=True),
    Place("release", N_("To the Commission"), "/release", letter="R"),
)


FIGURES, TEXTS = "figures", "texts"
# Separates keys that are pressed one after the other.
THEN = " "


@dataclass(frozen=True, slots=True)
class Key:
    """Keys that do the same. Each of `presses` is written as on the keyboard: `Ctrl+K`, `Alt+↓`, `?`, and `G F` for one
    after the other. `place` is the code of the page on which it works, empty for all."""

    code: str
    presses: tuple[str, ...]
    title: str
    place: str = ""

    @property
    def is_letter(self) -> bool:
        """Whether it is pressed without Ctrl or Alt. Such keys act outside fields only, and can be switched off."""
        return bool(self.code) and all(len(part) == 1 for press in self.presses for part in press.split(THEN))

    @property
    def strokes(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        return tuple(
            tuple(tuple(step.split("+")) if len(step) > 1 else (step,) for step in press.split(THEN))
            for press in self.presses
        )


KEYS = (
    Key("go", ("Ctrl+K",), N_("go to: a page, chapter, section, figure or year, by a few letters")),
    Key("keys", ("?",), N_("show the keys of this page")),
    Key("undo", ("Ctrl+Z",), N_("undo your last change")),
    Key("redo", ("Ctrl+Shift+Z",), N_("redo the last change you undid")),
    *(Key(f"go-{place.code}", (f"G {place.letter}",), place.title) for place in PLACES if place.letter),
    Key("pane", ("F6",), N_("to the next part of the page")),
    Key("pane-back", ("Shift+F6",), N_("to the previous part of the page")),
    Key("", ("Esc",), N_("close what is open")),
    Key("", ("↑", "↓"), N_("to the field above or below"), FIGURES),
    Key("", ("Enter",), N_("write, and go to the field below"), FIGURES),
    Key("", ("Tab",), N_("to the next field"), FIGURES),
    Key("", ("Ctrl+V",), N_("paste a column from a spreadsheet"), FIGURES),
    Key("answers", ("Alt+↓",), N_("show the answers allowed in a field"), FIGURES),
    Key("open", ("O",), N_("to the next open figure"), FIGURES),
    Key("missing", ("M",), N_("missing: not reported"), FIGURES),
    Key("withheld", ("W",), N_("withheld"), FIGURES),
    Key("zero", ("0",), N_("counted, none"), FIGURES),
    Key("least", ("+",), N_("at least"), FIGURES),
    Key("about", ("~",), N_("about"), FIGURES),
    Key("over", (">",), N_("over"), FIGURES),
    Key("note", ("N",), N_("to the note of the figure"), FIGURES),
    Key("history", ("H",), N_("origin and use of the figure"), FIGURES),
    Key("pick", ("{",), N_("pick a figure for the text"), TEXTS),
    Key("pick-here", ("Alt+I",), N_("pick a figure where you are typing"), TEXTS),
    Key("holds", ("S",), N_("still holds"), TEXTS),
    Key("anew", ("N",), N_("rewrite"), TEXTS),
    Key("text-before", ("[",), N_("the previous text"), TEXTS),
    Key("text-after", ("]",), N_("the next text"), TEXTS),
    Key("beside", ("Alt+B",), N_("compare with another text"), TEXTS),
    Key("finding", ("F8",), N_("the next finding"), TEXTS),
    Key("field", ("F",), N_("to the field of the chosen number"), TEXTS),
    Key("field", ("F",), N_("to the field of the figure"), "page"),
)


NOTHING: Mapping[str, object] = {}
FOLDER, COOKIE, REFUSAL = "workbench", "reporter-language", "server/refusal.html"
# Whether the page is shown next to a text; by default it is.
BESIDE, OPEN, CLOSED = "reporter-beside", "open", "closed"
# Whether single letters are keys; users of voice control may prefer to switch them off.
LETTERS, OFF = "reporter-letters", "off"


class Shell:
    """Shared by all pages: languages, templates, assets. `sources` may contain translations into further languages."""

    def __init__(self, sources: Sources, assets: Mapping[str, Asset], *, read_only: bool = False) -> None:
        self.assets, self.read_only = assets, read_only
        self.locales: dict[str, Locale] = {}
        brought, own = folder_files(packaged_folder(TRANSLATIONS) / TOOL), sources.below(TRANSLATIONS)
        codes = {path.removesuffix(CATALOGUE) for path in (*brought, *own) if path.endswith(CATALOGUE)}
        spoken = {ids[0] for ids in program_messages(TOOL)}
        for code in (ENGLISH, *sorted(codes - {ENGLISH})):
            # The checks report an unreadable file. A language with the messages of documents alone is not offered.
            with suppress(ReporterError):
                locale = locale_lookup(sources)(code)
                if code == ENGLISH or not spoken.isdisjoint(locale.translated):
                    self.locales[code] = locale
        templates = Templates(packaged_folder(TEMPLATES))
        self._fill: dict[str, Callable[[str, Mapping[str, object]], str]] = {}
        for code, locale in self.locales.items():
            environment = environment_of(locale.text, templates, FOLDER)
            environment.filters.update(
                date=locale.date,
                number=locale.number,
                problem=partial(translated_problem, locale=locale),
                told=partial(problem_words, locale=locale),
                trouble=partial(trouble_of, locale=locale),
            )
            self._fill[code] = partial(fill, environment)

    def locale(self, scope: Scope) -> Locale:
        headers = Headers(scope=scope)
        asked = [cookie_parser(headers.get("cookie", "")).get(COOKIE, "")]
        # Browsers list languages in the user's order.
        preferred = headers.get("accept-language", "").split(",")
        asked += [entry.partition(";")[0].strip().partition("-")[0] for entry in preferred]
        return self.locales[next((code for code in asked if code in self.locales), ENGLISH)]

    def page(
        self,
        scope: Scope,
        template: str,
        values: Mapping[str, object] = NOTHING,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        locale, app = self.locale(scope), scope.get("app")
        # A value for workspace and user, by which a browser separates what was typed.
        root = app.state.desk.workspace.root.resolve() if app else ""
        mark = checksum(f"{root} {scope.get('user', '')}")[:SHORT] if app else ""
        common = {
            "locale": locale,
            "languages": {code: other.opened(other.language_name(code)) for code, other in self.locales.items()},
            "assets": self.assets,
            "here": scope["path"],
            "read_only": self.read_only,
            "workspace": mark,
            "keys": KEYS,
            "place": "",
            "is_named": bool(scope.get("user")),
            "letters": cookie_parser(Headers(scope=scope).get("cookie", "")).get(LETTERS) != OFF,
        }
        return HTMLResponse(self._fill[locale.language](template, {**common, **values}), status, headers)

    def refuse(self, scope: Scope, refusal: Refusal) -> HTMLResponse:
        return self.page(scope, REFUSAL, {"refusal": refusal}, status=refusal.status)


def shell_of(request: Request) -> Shell:
    shell: Shell = request.app.state.shell
    return shell
