"""Read files published under earlier rules.

Keys of that day that no program reads any more are dropped, and checks that came later do not apply.
"""

from collections.abc import Mapping
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
    ),
    "data/catalogue.yaml": (("eurostat", "note"),),
}


def without_retired_keys(path: str, data: Any) -> Any:
    """Leave out the keys that no program reads any more."""
    for keys in RETIRED.get(path, ()):
        data = _without(data, keys)
    return data


def _without(data: Any, keys: tuple[str, ...]) -> Any:
    if not isinstance(data, dict) or keys[0] not in data:
        return data
    if len(keys) == 1:
        return {key: value for key, value in data.items() if key != keys[0]}
    return data | {keys[0]: _without(data[keys[0]], keys[1:])}


def is_frozen(info: ValidationInfo) -> bool:
    """Return whether the file being validated was published.

    Then no later check applies to it.
    """
    return bool(info.context and info.context.get("frozen"))
