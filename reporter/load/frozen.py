"""What published files mean to a later program: keys that are gone, checks that came later."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationInfo

from reporter.files.sources import SETTINGS

# Keys that no program reads any more, by file and path; nothing on a page came from them.
GONE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    SETTINGS: (
        ("thresholds", "percent_floor"),
        # How an edition was sent has no part in it (see page_settings), and more and more is asked of it.
        ("mail",),
        ("recipients",),
        ("deadlines",),
        ("publish_small_counts",),
    ),
    "data/catalogue.yaml": (("eurostat", "note"),),
}


def without_gone(path: str, data: Any) -> Any:
    """The plain values of a file without the keys that are gone."""
    for keys in GONE.get(path, ()):
        data = _without(data, keys)
    return data


def _without(data: Any, keys: tuple[str, ...]) -> Any:
    if not isinstance(data, dict) or keys[0] not in data:
        return data
    if len(keys) == 1:
        return {key: value for key, value in data.items() if key != keys[0]}
    return data | {keys[0]: _without(data[keys[0]], keys[1:])}


def is_frozen(info: ValidationInfo) -> bool:
    """Whether what is validated was published, so that no later check applies to it."""
    return bool(info.context and info.context.get("frozen"))
