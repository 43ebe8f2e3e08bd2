"""Name the texts in the file of a year. `still_holds:` confirms them by these names, such as
`figures.victims.identified.men.note` and `accepted.jump.victims.identified`: the keys that lead to a text, but for
those that nobody needs to find it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from reporter.load.yaml_tree import Tree
from reporter.model import CountryData, Wording
from reporter.model.statement import Form, statements

# What tells an entry from the others of its list.
TOLD_BY = ("rule", "publication", "kind", "figure", "year")
# The one text of an entry goes by the entry's name.
REASON = "reason"


def name_texts(tree: Tree, year: int) -> None:
    tree.wordings = [named_text(each, tree.data, year) for each in tree.wordings]


def named_text(each: Wording, data: Any, year: int) -> Wording:
    words = [key for key in each.keys if not key.isdigit()]
    name = ".".join(_names(data, each.keys, year))
    return replace(each, name=name, year=year, is_title=words[-1] in _titles(CountryData))


def _names(holder: Any, keys: Iterable[str], year: int) -> Iterator[str]:
    for key in keys:
        if isinstance(holder, list):
            holder = holder[int(key)]
            told = [str(holder[name]) for name in TOLD_BY if name in holder]
            yield from (each for each in told or [str(int(key) + 1)] if each != str(year))
        else:
            holder = holder[key]
            if key != REASON and not key.startswith("by "):
                yield key


@cache
def _titles(record: type) -> frozenset[str]:
    """The keys of texts that name a thing. They are those of a record and of all records within it."""
    found: set[str] = set()
    for each in statements(record):
        found |= (
            {each.key}
            if each.form is Form.TITLE
            else _titles(each.record)
            if each.record not in (None, record)
            else set()
        )
    return frozenset(found)
