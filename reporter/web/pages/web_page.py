"""The web edition of a year, as it would be now."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from reporter.document.document import Document
from reporter.document.printed import printed_values
from reporter.files.sources import known_years
from reporter.i18n import N_
from reporter.model import Audience, Observation
from reporter.web.form_post import SEE_OTHER
from reporter.web.frame import YearPage, about_year, find_year
from reporter.web.live_edition import (
    LiveEdition,
    Made,
    Wanted,
    changed_parts,
    editions_of,
    field_address,
    figure_address,
)
from reporter.web.shell import LASTING, shell_of

# Drawings bring their style along; there is no script, whatever a text or a template of the workspace says.
FRAME_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups "
    "allow-popups-to-escape-sandbox allow-downloads"
)

EDITIONS = {Audience.PUBLIC: N_("For the public"), Audience.RESTRICTED: N_("Restricted, with all that is withheld")}

PrintedNumbers = list[tuple[str, list[tuple[str, ...]]]]


def wanted_edition(request: Request) -> Wanted:
    """The edition that an address names. Raises HTTPException for one that there is not."""
    country, year, language = (request.path_params[each] for each in ("country", "year", "language"))
    reading = request.app.state.desk.reading
    is_there = year in known_years(reading.sources, country)
    known = reading.checked.dataset.settings.languages if reading.checked else (language,)
    if not is_there or language not in known or not language.isalpha():
        raise HTTPException(404)
    is_restricted = request.query_params.get("for") == Audience.RESTRICTED
    return Wanted(country, year, language, Audience.RESTRICTED if is_restricted else Audience.PUBLIC)


@about_year
def first(page: YearPage) -> Response:
    language = page.state.dataset.settings.languages[0]
    return RedirectResponse(f"/{page.state.country.code}/{page.state.year}/page/{language}", SEE_OTHER)


def show(request: Request) -> Response:
    """The page of an edition, with where its numbers come from. Where files cannot be read the last page stays."""
    wanted = wanted_edition(request)
    editions = editions_of(request)
    found = find_year(request)
    if isinstance(found, YearPage):
        editions.seen[wanted] = found.state
    elif wanted in editions.seen and editions.watch(wanted).edition:
        desk, shell = request.app.state.desk, request.app.state.shell
        state = editions.seen[wanted]
        found = YearPage(request=request, desk=desk, shell=shell, state=state, reading=desk.reading)
    else:
        return found
    return _show(found, wanted, editions.watch(wanted))


def _show(page: YearPage, wanted: Wanted, made: Made) -> Response:
    locale, document = page.locale, made.edition.document if made.edition else None
    return page.answer(
        "page.html",
        "page",
        wanted=wanted,
        audiences=[(replace(wanted, audience=each).query, locale.text(words)) for each, words in EDITIONS.items()],
        query=wanted.query,
        is_public=wanted.audience is Audience.PUBLIC,
        made=made,
        editions=[(each, locale.language_name(each)) for each in page.state.dataset.settings.languages],
        sections=printed_numbers(
            page,
            document,
            lambda seen: field_address(seen, page.state.data),
            lambda seen: figure_address(seen, page.state.year),
        )
        if document
        else (),
        chapters=[(paper_address(wanted, each.code), each.title) for each in (document.sections if document else ())],
    )


def paper_address(wanted: Wanted, section: str) -> str:
    """Where the pages of a section are shown on paper. The PDF has the pages of the whole part in which it stands, and
    opens at the section. A viewer that does not know the title of a PDF shows the last name of its address."""
    name = f"{wanted.country}-{wanted.year}-{wanted.language}-{section}.pdf"
    here = f"/{wanted.country}/{wanted.year}/paper/{wanted.language}/{section}/{name}"
    return f"{here}{wanted.query}#nameddest=section-{section}"


def edition(request: Request) -> Response:
    """The edition alone, as a frame shows it. It waits for the first one, and else no longer than somebody would."""
    made = editions_of(request).wait(wanted_edition(request))
    headers = {"content-security-policy": FRAME_POLICY}
    if made.edition is None:
        words = str(made.problem or "").partition("\n")[0]
        return shell_of(request).page(request.scope, "no_edition.html", {"words": words}, headers=headers)
    return HTMLResponse(made.edition.html, headers=headers | {"etag": f'"{made.edition.digest}"'})


def beside(request: Request) -> Response:
    found = request.app.state.editions.file(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    return Response(found.content, media_type=found.media_type, headers={"cache-control": LASTING})


async def changes(request: Request) -> Response:
    """What is new for a frame that has an edition, as pairs of a kind and what is told."""
    have, tried = (request.query_params.get(each, "") for each in ("have", "tried"))
    editions = editions_of(request)
    made, told = editions.watch(wanted_edition(request)), []
    if made.edition and made.edition.digest != have:
        told.append(page_event(made.edition, editions.known(have)))
    if made.reading != tried:
        # What stands around the frame says whether it could be made, and lists its numbers.
        told.append(("tried", made.reading))
    return JSONResponse(told)


def page_event(edition: LiveEdition, before: Mapping[str, str]) -> tuple[str, object]:
    """What tells a frame that its page is another one now. `before` are the digests of the parts that it has."""
    parts = changed_parts(edition, before)
    return "page", {"parts": parts, "all": list(edition.page.parts), "digest": edition.digest}


def printed_numbers(page: YearPage, document: Document, *leads: Callable[[Observation], str]) -> PrintedNumbers:
    """The values that a document prints, by section: label, value, and where they lead to."""
    locale, sections = page.locale, dict[str, dict[tuple[str, ...], None]]()
    for each in printed_values(document):
        seen = each.observation
        label = locale.label_of(seen, page.vintage.catalogue)
        if seen.country != page.state.country.code:
            label = locale.joined(": ", (locale.country(seen.country), label))
        row = (f"{label} {seen.year or ''}".strip(), locale.value(seen), *(lead(seen) for lead in leads))
        sections.setdefault(each.section, {})[row] = None
    return [(title, list(rows)) for title, rows in sections.items()]
