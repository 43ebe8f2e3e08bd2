"""`make same` makes everything that the program makes: no command and no page of the workbench is left out."""

from reporter.cli.contents import COMMANDS
from reporter.web.pages import ROUTES
from scripts.same.contents import MISTAKES, ROOMS

# What is typed wrongly and nothing else: a key, a shell and a browser are no workspace's.
ONLY_WRONGLY = {"sign", "completion", "serve"}
# What a line leads to by an address that it does not say: by a link, by a form of another page, or from a form on.
LED_TO = {
    "GET": {"/", "/making/{digest}", "/{country}/{year:int}/agencies/came/{digest}"},
    "POST": {
        "/beside",
        "/{country}/{year:int}/release/{step}",
        "/undo",
        "/{country}/{year:int}/agencies/came",
        "/{country}/{year:int}/agencies/came/{digest}",
    },
}
# The catalogue's entries are written by the same code as those of lists.
NOT_SENT = {"/{country}/catalogue/{place:path}"}


def test_every_command_is_typed_well_and_wrongly() -> None:
    typed = {line.split()[0] for name, room in ROOMS.items() if name != "mistakes" for line in room.lines}
    assert set(COMMANDS) == MISTAKES.keys() - {""}
    assert ONLY_WRONGLY == COMMANDS.keys() - typed


def test_every_page_of_the_workbench_is_asked_for_and_every_form_is_sent() -> None:
    lines = [line.split() for room in ROOMS.values() for line in room.lines]
    places = [(words[0], words[3] if ">" in words else words[1].partition("?")[0]) for words in lines if words[1:]]
    asked = [(method, place) for method, place in places if place != "/"]
    missing = {
        (method, route.path)
        for route in ROUTES
        for method in (route.methods or set()) - {"HEAD"}
        if route.path not in LED_TO[method] | (NOT_SENT if method == "POST" else set())
        if not any(
            of == method and (route.path_regex.match(path) or path in route.path) for of, path in asked if path != "/"
        )
    }
    assert set() == missing
