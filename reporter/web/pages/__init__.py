"""The pages of the workbench: every address, and what answers it."""

from starlette.routing import Route

from reporter.web.pages import (
    begin,
    covers,
    door,
    events,
    figure,
    figures,
    files,
    findings,
    text_page,
    text_writing,
    undoing,
    web_page,
    year,
)

# The guard's tests ask every one of them as a stranger would: a new route needs no test of its own for that.
ROUTES = (
    Route("/", year.first_page, methods=["GET"]),
    Route("/enter/{ticket}", door.enter, methods=["GET"]),
    Route("/language", door.choose_language, methods=["POST"]),
    Route("/beside", door.show_beside, methods=["POST"]),
    Route("/undo", undoing.undo_last, methods=["POST"]),
    Route("/events", events.events, methods=["GET"]),
    Route("/assets/{checksum}/{name}", files.asset, methods=["GET"]),
    Route("/new", begin.new_workspace_page, methods=["GET"]),
    Route("/new", begin.begin_workspace, methods=["POST"]),
    Route("/new/country", begin.new_country_page, methods=["GET"]),
    Route("/new/country", begin.begin_country, methods=["POST"]),
    Route("/new/cover/{country}", covers.cover, methods=["GET"]),
    Route("/{country}/new", begin.new_year_page, methods=["GET"]),
    Route("/{country}/new", begin.begin_year, methods=["POST"]),
    Route("/{country}/{year:int}", year.show, methods=["GET"]),
    Route("/{country}/{year:int}/figures", figures.first_sheet, methods=["GET"]),
    Route("/{country}/{year:int}/figures/{chapter}", figures.show, methods=["GET"]),
    Route("/{country}/{year:int}/figures/{chapter}", figures.change, methods=["POST"]),
    Route("/{country}/{year:int}/findings", findings.show, methods=["GET"]),
    Route("/{country}/{year:int}/page", web_page.first, methods=["GET"]),
    Route("/{country}/{year:int}/page/{language}", web_page.show, methods=["GET"]),
    Route("/{country}/{year:int}/edition/{language}", web_page.edition, methods=["GET"]),
    Route("/{country}/{year:int}/edition/{language}/changes", web_page.changes, methods=["GET"]),
    Route("/{country}/{year:int}/figure/{address}", figure.show, methods=["GET"]),
    Route("/a/{name}", web_page.beside, methods=["GET"]),
    Route("/{country}/{year:int}/text", text_page.show_first, methods=["GET"]),
    Route("/{country}/{year:int}/text/{language}", text_page.show_first, methods=["GET"]),
    Route("/{country}/{year:int}/text/{language}/{section}", text_page.show, methods=["GET"]),
    Route("/{country}/{year:int}/text/{language}/{section}", text_writing.write_text_form, methods=["POST"]),
)
