"""Compare years, editions or countries, as `reporter compare` does."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from reporter.data.errors import ReporterError, WordedError
from reporter.data.files.sources import Sources, known_countries, known_years
from reporter.data.outline import Volume
from reporter.data.records import Annexes, CountryData, Dataset, is_given
from reporter.editions.job import Job, compared_countries, compared_editions, compared_years, outlines_of
from reporter.figures.compare.figures import Manner
from reporter.workbench.server.background_jobs import Finished
from reporter.workbench.server.frame import YearPage, page_of_year, without_dataset
from reporter.workbench.server.shell import shell_of
from reporter.workbench.texts.live_edition import LiveEdition, editions_of, lead_of
from reporter.workbench.texts.web_page import (
    FRAME_POLICY,
    KINDS,
    answer_file,
    file_task,
    page_event,
    printed_numbers,
    refused_file,
)

KIND, SIDES, OF, LANGUAGE, VOLUME = "kind", "sides", "of", "lang", "volume"
YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What to compare. `year` is that of editions and of countries. Parts missing in an address have the commonest
    value: the two latest years with figures."""

    country: str
    manner: Manner
    sides: tuple[str, ...]
    year: int
    language: str
    volume: Volume = Volume.MAIN

    @property
    def query(self) -> str:
        named = {KIND: self.manner.value, SIDES: ",".join(self.sides), LANGUAGE: self.language}
        named |= {} if self.manner is Manner.YEARS else {OF: str(self.year)}
        return urlencode(named | ({VOLUME: self.volume.value} if self.volume else {}), safe=",")

    def job(self, sources: Sources) -> Job:
        """The job that compares them. Raises ReporterError, with a remedy, when that is impossible."""
        if self.manner is Manner.COUNTRIES:
            base_job = compared_countries(sources, self.sides, self.year)
        elif self.manner is Manner.EDITIONS:
            base_job = compared_editions(sources, self.country, self.year, _numbers(self.sides))
        else:
            base_job = compared_years(sources, self.country, _numbers(self.sides))
        job = replace(base_job, language=self.language)
        return replace(job, volume=self.volume) if self.volume in outlines_of(job, Annexes.SHORT) else job


def requested_comparison(dataset: Dataset, country: str, named: Mapping[str, Sequence[str]], spoken: str) -> Comparison:
    """The comparison named by an address, in the language `spoken` unless it names another."""
    languages = dataset.settings.languages
    years_by_country = {data.country.code: _counted_years(data) for data in dataset.countries}
    years = years_by_country.setdefault(country, [])
    kind = _first(named, KIND)
    manner = Manner(kind) if kind in tuple(Manner) else Manner.YEARS
    volume = _first(named, VOLUME)
    year = int(_first(named, OF)) if YEAR.fullmatch(_first(named, OF)) else 0
    asked = Comparison(
        country=country,
        manner=manner,
        sides=tuple(side for words in named.get(SIDES, ()) for side in words.split(",") if side),
        year=year or _usual_year(years_by_country, country, manner),
        language=next((code for code in (_first(named, LANGUAGE), spoken) if code in languages), languages[0]),
        volume=Volume(volume) if volume in tuple(Volume) else Volume.MAIN,
    )
    # A form sent without a choice says so; an address without sides has the usual ones.
    if SIDES in named or _first(named, OF):
        return asked
    if asked.manner is not Manner.COUNTRIES:
        return replace(asked, sides=tuple(map(str, years[-2:])))
    countries = [code for code in years_by_country if asked.year in years_by_country[code]]
    return replace(asked, sides=tuple(sorted(countries, key=lambda code: (code != country, code))))


def _counted_years(data: CountryData) -> list[int]:
    """The years that have figures; all years where fewer than two do."""
    years = {file.year for file in data.years}
    filled_years = years.intersection(observation.year for observation in data.observations if is_given(observation))
    return sorted(filled_years if len(filled_years) > 1 else years)


def _first(named: Mapping[str, Sequence[str]], field: str) -> str:
    return next(iter(named.get(field, ())), "")


def _numbers(sides: Sequence[str]) -> list[int]:
    strange = next((side for side in sides if not YEAR.fullmatch(side)), None)
    if strange is not None:
        raise WordedError("{word} is not a year", "choose years from the list", word=strange)
    return [int(side) for side in sides]


def _usual_year(spans: Mapping[str, list[int]], country: str, manner: Manner) -> int:
    """The most useful year: the latest that two editions or countries share."""
    years = spans[country]
    if manner is Manner.EDITIONS:
        return years[max(len(years) - 2, 0)] if years else 0
    shared = [year for year in years if any(year in spans[other] for other in spans if other != country)]
    return max(shared or years or (0,))


# Seconds before a frame says that its page is being made.
SHORT = 0.5


def show(request: Request) -> Response:
    reading = request.app.state.desk.reading
    if waiting := without_dataset(request, reading):
        return waiting
    asked = asked_of(request)
    years = known_years(reading.sources, asked.country)
    named = [asked.year, *(int(side) for side in asked.sides if side.isdecimal())]
    page = page_of_year(
        request, asked.country, max((year for year in named if year in years), default=years[-1] if years else 0)
    )
    if not isinstance(page, YearPage):
        return page
    if asked.manner is Manner.COUNTRIES:
        # In the order of comparison; the others by name.
        countries = known_countries(reading.sources)
        choices = [*(side for side in asked.sides if side in countries), *countries]
    else:
        # An edition has no figures of later years.
        first = asked.year if asked.manner is Manner.EDITIONS else 0
        choices = [str(year) for year in years if year >= first or str(year) in asked.sides]
    finished, problem, volumes = _standing(request, asked)
    edition: LiveEdition | None = finished.result if finished else None
    locale = page.locale
    # An edition is compared with a later one; each year is a side.
    return page.answer(
        "compare/compare.html",
        "compare",
        asked=asked,
        address_of=lambda **other: f"/{asked.country}/compare?{replace(asked, **other).query}",
        names=[locale.country(code) for code in asked.sides] if asked.manner is Manner.COUNTRIES else asked.sides,
        has_neighbours=len(known_countries(page.reading.sources)) > 1,
        choices=tuple(dict.fromkeys(choices)),
        years={Manner.EDITIONS: years[:-1], Manner.COUNTRIES: years}.get(asked.manner, ()),
        volumes=volumes,
        problem=problem,
        stopped=edition.stopped if edition else 0,
        tried=f"{finished is not None} {problem}",
        sections=printed_numbers(page, edition.document, partial(lead_of, page.state.dataset)) if edition else None,
    )


def page(request: Request) -> Response:
    """The comparison alone, for the frame; while it is being made, a notice until the page asks for it again."""
    if SIDES not in request.query_params:
        raise HTTPException(404)
    headers = {"content-security-policy": FRAME_POLICY}
    finished, problem, _ = _standing(request, asked_of(request), SHORT)
    edition: LiveEdition | None = finished.result if finished else None
    if edition is None:
        return shell_of(request).page(
            request.scope, "compare/no_comparison.html", {"problem": problem}, headers=headers
        )
    editions_of(request).remember(edition)
    return HTMLResponse(edition.html, headers=headers | {"etag": f'"{edition.digest}"'})


async def changes(request: Request) -> Response:
    have, tried = (request.query_params.get(name, "") for name in ("have", "tried"))
    finished, problem, _ = _standing(request, asked_of(request))
    sentences: list[tuple[str, object]] = []
    edition: LiveEdition | None = finished.result if finished else None
    if edition and edition.digest != have:
        before = editions_of(request).parts_of(have)
        editions_of(request).remember(edition)
        sentences.append(page_event(edition, before))
    now = f"{finished is not None} {problem}".replace("\n", " ")
    if now != tried:
        # The frame says that it is being made, until it is asked for again.
        sentences += [("page", {"parts": None})] if finished and problem else []
        sentences.append(("tried", now))
    return JSONResponse(sentences)


def asked_of(request: Request) -> Comparison:
    """The comparison an address asks for. Raises HTTPException for an unknown country."""
    reading, country = request.app.state.desk.reading, request.path_params["country"]
    if reading.checked is None or country not in known_countries(reading.sources):
        raise HTTPException(404)
    fields = {name: request.query_params.getlist(name) for name in request.query_params}
    spoken = shell_of(request).locale(request.scope).language
    return requested_comparison(reading.checked.dataset, country, fields, spoken)


def _standing(
    request: Request, asked: Comparison, seconds: float = 0
) -> tuple[Finished | None, ReporterError | None, tuple[Volume, ...]]:
    """The comparison if it is made in some seconds, or why there is none; and its volumes."""
    editions, reading = editions_of(request), request.app.state.desk.reading
    try:
        job = asked.job(reading.sources)
    except ReporterError as problem:
        return None, problem, ()
    finished = editions.workshop.wait(editions.task(reading, job), seconds)
    return finished, finished.problem if finished else None, tuple(outlines_of(job, Annexes.SHORT))


def comparison(request: Request) -> Response:
    form, desk = request.path_params["form"], request.app.state.desk
    if form not in KINDS:
        raise HTTPException(404)
    if waiting := without_dataset(request, desk.reading):
        return waiting
    asked, shell = asked_of(request), request.app.state.shell
    back = f"/{asked.country}/compare?{asked.query}"
    wording = {"title": shell.locale(request.scope).text("Comparison as a file"), "back": back}
    try:
        task = file_task(desk.workspace, desk.reading, asked.job(desk.reading.sources), form)
    except ReporterError as problem:
        return refused_file(request, problem, wording)
    return answer_file(request, task, wording)
