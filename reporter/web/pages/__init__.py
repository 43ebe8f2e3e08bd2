"""The pages of the workbench: every address, and what answers it."""

from starlette.routing import Route

from reporter.web.pages import door, files

ROUTES = (
    Route("/enter/{ticket}", door.enter, methods=["GET"]),
    Route("/language", door.choose_language, methods=["POST"]),
    Route("/assets/{checksum}/{name}", files.asset, methods=["GET"]),
)
