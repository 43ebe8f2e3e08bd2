"""Which record, or list of entries, an address leads to."""

from dataclasses import dataclass
from itertools import chain

from reporter.errors import Mark
from reporter.files.sources import Sources
from reporter.load.entry_fields import EntryField, Holding, entry_fields, entry_keys
from reporter.load.key_examples import ShapeType
from reporter.load.yaml_tree import Keys
from reporter.web.forms.form_inputs import NEW, Plain, file_data, file_tree, value_at
from reporter.web.forms.record_form import RecordPlace


@dataclass(frozen=True, slots=True)
class EntryList:
    """A key of a file that holds entries, each a record. `field` says of the key what it means; `path` leads to it."""

    file: str
    path: Keys
    field: EntryField
    shape: ShapeType
    order: tuple[str, ...]

    @property
    def is_keyed(self) -> bool:
        return self.field.holding is not Holding.ITEMS

    def entries(self, sources: Sources) -> tuple[tuple[str, Plain], ...]:
        data = value_at(file_data(sources, self.file), self.path)
        if isinstance(data, dict):
            return tuple(data.items())
        return tuple((str(number), each) for number, each in enumerate(data)) if isinstance(data, list) else ()

    def place(self, code: str) -> RecordPlace:
        return RecordPlace(self.file, (*self.path, code), self.shape, order=self.order)


def place_at(file: str, shape: ShapeType, path: Keys) -> RecordPlace | EntryList | None:
    """What a path of a file leads to; None for no record. A key that holds a value leads to a form of that key
    alone."""
    order = entry_keys(shape)
    here: Keys = ()
    while path:
        field = next((each for each in entry_fields(shape) if each.key == path[0]), None)
        if field is None:
            return None
        named = 2 if field.holding is Holding.NAMED_ENTRIES else 1
        if field.shape is None or field.holding in (Holding.OTHER, Holding.COUNTS):
            return RecordPlace(file, here, shape, keys=path, order=order) if len(path) == 1 else None
        here, path = (*here, *path[:named]), path[named:]
        if field.holding is not Holding.GROUP:
            if not path:
                return EntryList(file=file, path=here, field=field, shape=field.shape, order=order)
            if field.holding is Holding.ITEMS and not (path[0] == NEW or path[0].isdecimal()):
                return None
            here, path = (*here, path[0]), path[1:]
        shape = field.shape
    return RecordPlace(file, here, shape, order=order)


def path_of_mark(sources: Sources, mark: Mark) -> Keys:
    """The path of what stands at a place in a file. Of several the innermost; else of what begins on its line, or
    before it."""
    tree = file_tree(sources, mark.path)
    found = [(each, path) for path, each in chain(tree.keys.items(), tree.marks.items())]
    exact = [path for each, path in found if (each.line, each.column) == (mark.line, mark.column)]
    before = [(each.line, len(path), path) for each, path in found if each.line <= mark.line]
    return max(exact, key=len) if exact else max(before, default=(0, 0, ()))[2]
