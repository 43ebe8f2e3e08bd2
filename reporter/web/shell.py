"""Make pages from templates, in the language of who asks."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse
from starlette.types import Scope

from reporter.edition.resources import CATALOGUE, locale_lookup
from reporter.errors import ReporterError
from reporter.files.sources import TEMPLATES, TRANSLATIONS, Sources, folder_files
from reporter.files.workspace import packaged_folder
from reporter.i18n import Locale
from reporter.model.label import ENGLISH
from reporter.render.html import environment_of, fill
from reporter.theme.templates import Templates
from reporter.web.assets import Asset
from reporter.web.key_table import KEYS
from reporter.web.refusals import Refusal

NOTHING: Mapping[str, object] = {}
FOLDER, COOKIE, REFUSAL = "desk", "reporter-language", "refusal.html"
# Whether the page stands beside a text; it does unless somebody closed it.
BESIDE, OPEN, CLOSED = "reporter-beside", "open", "closed"
# Whether single letters are keys: whoever speaks to the machine, or types with one finger, has them off.
LETTERS, OFF = "reporter-letters", "off"


class Shell:
    """What all pages share: languages, templates, and the files that they load. `sources` may have words of the program
    in further languages."""

    def __init__(self, sources: Sources, assets: Mapping[str, Asset], *, read_only: bool = False) -> None:
        self.assets, self.read_only = assets, read_only
        self.locales = {each.language: each for each in _locales(sources)}
        templates = Templates(packaged_folder(TEMPLATES))
        self._fill: dict[str, Callable[[str, Mapping[str, object]], str]] = {
            code: partial(fill, environment_of(locale.text, templates, FOLDER)) for code, locale in self.locales.items()
        }

    def locale(self, scope: Scope) -> Locale:
        """The language that somebody chose, or that their browser asks for."""
        headers = Headers(scope=scope)
        asked = [cookie_parser(headers.get("cookie", "")).get(COOKIE, "")]
        # Browsers name them in the order that people set.
        asked += [
            each.partition(";")[0].strip().partition("-")[0] for each in headers.get("accept-language", "").split(",")
        ]
        return self.locales[next((each for each in asked if each in self.locales), ENGLISH)]

    def page(
        self,
        scope: Scope,
        template: str,
        values: Mapping[str, object] = NOTHING,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> HTMLResponse:
        locale = self.locale(scope)
        names = {code: each.opened(each.language_name(code)) for code, each in self.locales.items()}
        common = {
            "locale": locale,
            "languages": names,
            "assets": self.assets,
            "here": scope["path"],
            "read_only": self.read_only,
            "keys": KEYS,
            "place": "",
            "letters": cookie_parser(Headers(scope=scope).get("cookie", "")).get(LETTERS) != OFF,
        }
        return HTMLResponse(self._fill[locale.language](template, {**common, **values}), status, headers)

    def refuse(self, scope: Scope, refusal: Refusal) -> HTMLResponse:
        return self.page(scope, REFUSAL, {"refusal": refusal}, status=refusal.status)


def _locales(sources: Sources) -> Iterator[Locale]:
    brought = folder_files(packaged_folder(TRANSLATIONS))
    own = sources.below(TRANSLATIONS)
    codes = {path.removesuffix(CATALOGUE) for path in (*brought, *own) if path.endswith(CATALOGUE)}
    speak = locale_lookup(sources)
    for code in (ENGLISH, *sorted(codes - {ENGLISH})):
        # A file that cannot be read is told by the checks.
        with suppress(ReporterError):
            yield speak(code)
