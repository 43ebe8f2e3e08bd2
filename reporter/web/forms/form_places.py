"""The form that changes what stands at a place of a file."""

import re
from urllib.parse import quote

from reporter.errors import Mark
from reporter.files.sources import DATA, SETTINGS, Sources
from reporter.load.entry_fields import Holding, entry_fields
from reporter.load.key_examples import ShapeType
from reporter.load.yaml_tree import Keys, ReadError
from reporter.web.forms.entry_places import path_of_mark, place_at
from reporter.web.forms.listings import ListedFile, listed_file, settings_file
from reporter.web.forms.record_form import RecordPlace

LISTED = re.compile(rf"{DATA}/([A-Z]{{2}})/(?:country|([12]\d{{3}}))\.yaml", re.ASCII)


def form_of_mark(sources: Sources, mark: Mark) -> tuple[str, str]:
    """The title of a form, and the address of the field.

    Both are empty for what has none.
    """
    files = _file_at(mark.path)
    try:
        path = path_of_mark(sources, mark) if files and mark.line else ()
    except ReadError:
        path = ()
    if files is None or not path:
        return "", ""
    listing = next((each for each in files.listings if path[0] in (each.key, *each.about)), None)
    if listing is None:
        return "", ""
    if listing.about:
        return listing.title, f"{files.address}/{listing.key}#at-{_named(files.shape, path)}"
    return listing.title, _entry_address(files, path)


def _file_at(path: str) -> ListedFile | None:
    if path == SETTINGS:
        return settings_file()
    found = LISTED.fullmatch(path)
    return listed_file(found[1], int(found[2]) if found[2] else None) if found else None


def _entry_address(files: ListedFile, path: Keys) -> str:
    """The address of the innermost record, and of its field."""
    for depth in range(len(path), 1, -1):
        place = place_at(files.file, files.shape, path[:depth])
        if isinstance(place, RecordPlace) and not place.keys:
            field = f"#at-{_named(place.shape, path[depth:])}" if len(path) > depth else ""
            return "/".join((files.address, *map(quote, path[:depth]))) + field
    return f"{files.address}/{path[0]}"


def _named(shape: ShapeType, path: Keys) -> str:
    """The name of the field of a key.

    Of a group it is that of the key within.
    """
    field = next((each for each in entry_fields(shape) if each.key == path[0]), None)
    return "/".join(path[:2] if field and field.holding is Holding.GROUP else path[:1])
