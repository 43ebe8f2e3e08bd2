"""Read files written under earlier rules. Keys of that day that no program reads any more are dropped; of what was
published more of them, and checks that came later do not apply to it."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationInfo

from reporter.files.sources import SETTINGS

# Keys that no program reads any more, by file and path; nothing on a page came from them.
RETIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    SETTINGS: (
        ("thresholds", "percent_floor"),
        # How an edition was sent has no part in it (see page_settings), and more and more is asked of it.
        ("mail",),
        ("recipients",),
        ("deadlines",),
        ("publish_small_counts",),
        ("disclosure",),
        ("approvals",),
    ),
    "data/catalogue.yaml": (("eurostat", "note"),),
}
# The same, in every workspace: nobody has to strike them. A `*` stands for each key.
UNREAD: Mapping[str, tuple[tuple[str, ...], ...]] = {
    # Numbers of colours and names of icons, from when indicators and codes had some.
    "data/catalogue.yaml": (
        ("indicators", "*", "accent"),
        ("indicators", "*", "icon"),
        ("dimensions", "*", "codes", "*", "accent"),
    ),
    "data/*/country.yaml": (("codes", "*", "*", "accent"), ("indicators", "*", "icon")),
}


def without_retired_keys(path: str, data: Any, *, frozen: bool) -> Any:
    """Leave out the keys that no program reads any more."""
    for keys in RETIRED.get(path, ()) if frozen else ():
        data = _without(data, keys)
    for pattern, unread in UNREAD.items():
        for keys in unread if PurePosixPath(path).match(pattern) else ():
            data = _without(data, keys)
    return data


def _without(data: Any, keys: tuple[str, ...]) -> Any:
    if not isinstance(data, dict):
        return data
    if keys[0] == "*":
        return {key: _without(value, keys[1:]) for key, value in data.items()}
    if keys[0] not in data:
        return data
    if len(keys) == 1:
        return {key: value for key, value in data.items() if key != keys[0]}
    return data | {keys[0]: _without(data[keys[0]], keys[1:])}


def is_frozen(info: ValidationInfo) -> bool:
    """Return whether the file being validated was published. Then no later check applies to it."""
    return bool(info.context and info.context.get("frozen"))
