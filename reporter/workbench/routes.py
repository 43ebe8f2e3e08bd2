"""The pages of the workbench: every address and its handler."""

from starlette.routing import Route

from reporter.workbench.agencies import agency_page
from reporter.workbench.backup import backup_page
from reporter.workbench.begin import begin
from reporter.workbench.compare import comparison_page
from reporter.workbench.figures import figure, figures
from reporter.workbench.findings import findings
from reporter.workbench.lists import entries
from reporter.workbench.release import release
from reporter.workbench.search import going
from reporter.workbench.server import door, shell
from reporter.workbench.server import workspace_reader as desk
from reporter.workbench.texts import text_page, web_page
from reporter.workbench.withheld import withheld_page
from reporter.workbench.year import year

# The guard's tests request each of them as a stranger: a new route needs no test of its own for that.
ROUTES = (
    Route("/", year.first_page, methods=["GET"]),
    Route("/enter/{ticket}", door.enter, methods=["GET"]),
    Route("/language", door.choose_language, methods=["POST"]),
    Route("/person", door.show_person, methods=["GET"]),
    Route("/person", door.choose_person, methods=["POST"]),
    Route("/beside", door.choose_preview, methods=["POST"]),
    Route("/keys", door.all_keys, methods=["GET"]),
    Route("/keys", door.choose_letters, methods=["POST"]),
    Route("/go", going.go, methods=["GET"]),
    Route("/undo", door.undo_last, methods=["POST"]),
    Route("/events", desk.events, methods=["GET"]),
    Route("/events/release", release.progress, methods=["GET"]),
    Route("/assets/{checksum}/{name}", shell.asset, methods=["GET"]),
    Route("/settings", entries.settings, methods=["GET"]),
    Route("/settings/backup", backup_page.show, methods=["GET"]),
    Route("/settings/backup", backup_page.restore_chosen, methods=["POST"]),
    Route("/backup.zip", backup_page.download, methods=["GET"]),
    Route("/settings/{place:path}", entries.show, methods=["GET"]),
    Route("/settings/{place:path}", entries.change, methods=["POST"]),
    Route("/file", begin.show_broken, methods=["GET"]),
    Route("/file", begin.correct_file, methods=["POST"]),
    Route("/new", begin.new_workspace_page, methods=["GET"]),
    Route("/new", begin.begin_workspace, methods=["POST"]),
    Route("/new/figures", begin.begin_workspace, methods=["POST"]),
    Route("/new/country", begin.new_country_page, methods=["GET"]),
    Route("/new/country", begin.begin_country, methods=["POST"]),
    Route("/new/cover/{country}", shell.cover, methods=["GET"]),
    Route("/{country}/new", begin.new_year_page, methods=["GET"]),
    Route("/{country}/new", begin.begin_year, methods=["POST"]),
    Route("/{country}/compare", comparison_page.show, methods=["GET"]),
    Route("/{country}/compare/page", comparison_page.page, methods=["GET"]),
    Route("/{country}/compare/changes", comparison_page.changes, methods=["GET"]),
    Route("/{country}/compare/file/{form}", comparison_page.comparison, methods=["GET"]),
    Route("/{country}/compare/file/{form}/{name}.pdf", comparison_page.comparison, methods=["GET"]),
    Route("/making/{digest}", web_page.made, methods=["GET"]),
    Route("/{country}/{year:int}", year.show, methods=["GET"]),
    Route("/{country}/{year:int}/figures", figures.first_sheet, methods=["GET"]),
    Route("/{country}/{year:int}/figures/{chapter}", figures.show, methods=["GET"]),
    Route("/{country}/{year:int}/figures/{chapter}", figures.change, methods=["POST"]),
    Route("/{country}/{year:int}/agencies", agency_page.show, methods=["GET"]),
    Route("/{country}/{year:int}/agencies", agency_page.change, methods=["POST"]),
    Route("/{country}/{year:int}/agencies/came", agency_page.choose, methods=["POST"]),
    Route("/{country}/{year:int}/agencies/came/{digest}", agency_page.look, methods=["GET"]),
    Route("/{country}/{year:int}/agencies/came/{digest}", agency_page.take_in, methods=["POST"]),
    Route("/{country}/{year:int}/agencies/file/{name}", agency_page.download, methods=["GET"]),
    Route("/{country}/{year:int}/import", agency_page.show_import, methods=["GET"]),
    Route("/{country}/{year:int}/import", agency_page.take_import, methods=["POST"]),
    Route("/{country}/{year:int}/findings", findings.show, methods=["GET"]),
    Route("/{country}/lists", entries.overview, methods=["GET"]),
    Route("/{country}/lists/{place:path}", entries.show, methods=["GET"]),
    Route("/{country}/lists/{place:path}", entries.change, methods=["POST"]),
    Route("/{country}/catalogue", entries.overview, methods=["GET"]),
    Route("/{country}/catalogue/{place:path}", entries.show, methods=["GET"]),
    Route("/{country}/catalogue/{place:path}", entries.change, methods=["POST"]),
    Route("/{country}/{year:int}/lists", entries.overview, methods=["GET"]),
    Route("/{country}/{year:int}/lists/{place:path}", entries.show, methods=["GET"]),
    Route("/{country}/{year:int}/lists/{place:path}", entries.change, methods=["POST"]),
    Route("/{country}/{year:int}/findings", findings.accept, methods=["POST"]),
    Route("/{country}/{year:int}/page", web_page.first, methods=["GET"]),
    Route("/{country}/{year:int}/page/{language}", web_page.show, methods=["GET"]),
    Route("/{country}/{year:int}/edition/{language}", web_page.edition, methods=["GET"]),
    Route("/{country}/{year:int}/edition/{language}/changes", web_page.changes, methods=["GET"]),
    Route("/{country}/{year:int}/paper/{language}", web_page.paper, methods=["GET"]),
    Route("/{country}/{year:int}/paper/{language}/{name}.pdf", web_page.paper, methods=["GET"]),
    Route("/{country}/{year:int}/paper/{language}/{section}", web_page.paper, methods=["GET"]),
    Route("/{country}/{year:int}/paper/{language}/{section}/{name}.pdf", web_page.paper, methods=["GET"]),
    Route("/{country}/{year:int}/word/{language}", web_page.for_word, methods=["GET"]),
    Route("/{country}/{year:int}/published/{number:int}/{name}", web_page.published, methods=["GET"]),
    Route("/{country}/{year:int}/figure/{address}", figure.show, methods=["GET"]),
    Route("/{country}/{year:int}/withheld", withheld_page.show, methods=["GET"]),
    Route("/{country}/{year:int}/withheld", withheld_page.change, methods=["POST"]),
    Route("/{country}/{year:int}/release", release.show, methods=["GET"]),
    Route("/{country}/{year:int}/release/{step}", release.take, methods=["POST"]),
    Route("/a/{name}", web_page.companion_file, methods=["GET"]),
    Route("/{country}/{year:int}/text", text_page.show_first, methods=["GET"]),
    Route("/{country}/{year:int}/text/{language}", text_page.show_first, methods=["GET"]),
    Route("/{country}/{year:int}/text/{language}/{section}", text_page.show, methods=["GET"]),
    Route("/{country}/{year:int}/text/{language}/{section}", text_page.write_text_form, methods=["POST"]),
)
