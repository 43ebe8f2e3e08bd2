"""A number: where it is stated, and where it is printed."""

from starlette.exceptions import HTTPException
from starlette.responses import Response

from reporter.errors import Mark
from reporter.files.sources import DATA
from reporter.model import Observation, is_hidden
from reporter.web.editions import Editions
from reporter.web.frame import YearPage, about_year
from reporter.web.live_edition import Wanted, field_address
from reporter.web.printed_places import places_of

# What an export tells of all observations; none has what is withheld.
EXPORTS = ("{stem}-observations.csv", "{stem}-observations.json", "{stem}-{language}.xlsx")


@about_year
def show(page: YearPage) -> Response:
    """Where a value comes from, and every place where it is printed."""
    seen = _asked(page)
    state, locale, known = page.state, page.locale, page.vintage
    editions: Editions = page.request.app.state.editions
    languages = state.dataset.settings.languages
    language = locale.language if locale.language in languages else languages[0]
    wanted = Wanted(state.country.code, state.year, language)
    made = editions.wait(wanted)
    stem = f"{state.country.code}-{state.year}"
    source = known.catalogue.source(seen.source)
    field = field_address(seen, state.data)
    return page.answer(
        "figure.html",
        "page",
        seen=seen,
        label=locale.label_of(seen, known.catalogue),
        value=locale.value(seen),
        source=source.title.text(locale.language) if source else seen.source,
        field=field if "/figure/" not in field else "",
        wanted=wanted,
        problem=made.problem,
        printed=places_of(made.edition.volumes, seen, locale) if made.edition else (),
        exports=() if is_hidden(seen) else tuple(each.format(stem=stem, language=language) for each in EXPORTS),
        lines=tuple(_lines(page, seen.mark)),
    )


def _asked(page: YearPage) -> Observation:
    """The value that an address names.

    Raises HTTPException when the edition has none there.
    """
    of, address = page.request.query_params.get("of", ""), page.request.path_params["address"]
    year = int(of) if of.isascii() and of.isdigit() and len(of) == 4 else page.state.year
    seen = page.vintage.observation(address, year)
    if seen is None:
        raise HTTPException(404)
    return seen


def _lines(page: YearPage, mark: Mark) -> list[str]:
    """The line of a file that states a value."""
    found = page.reading.sources.get(mark.path) if mark.path.startswith(f"{DATA}/") else None
    lines = found.content.decode(errors="replace").splitlines() if found else []
    return lines[mark.line - 1 : mark.line]
