"""Two who wrote one value: both sides."""

from collections.abc import Mapping
from dataclasses import dataclass

from reporter.edit.amendment import Conflict
from reporter.web.forms.form_inputs import as_plain
from reporter.web.forms.record_form import WAS_OF, RecordForm, told_value


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What two people wrote, and what was there when the first began; empty for nothing. `again` are the fields of the
    form that writes mine, `typed` those of a whole record as they were posted."""

    title: str
    mine: str
    theirs: str
    base: str
    again: tuple[tuple[str, str], ...]
    typed: tuple[tuple[str, str], ...] = ()


def conflict_of(form: RecordForm, found: Conflict, posted: Mapping[str, str]) -> Contradiction:
    path = found.path[len(form.place.path) :]
    name = "/".join(path)
    field = next((each for each in form.fields if each.path[:1] == path[:1]), None)
    typed = {key: value for key, value in posted.items() if key != "person"}
    return Contradiction(
        title=field.title if field else name,
        mine=", ".join(told_value(as_plain(found.mine)).split("\n")),
        theirs=" ".join(found.theirs.split()),
        base=" ".join(found.base.split()),
        again=tuple({**typed, f"{WAS_OF}{name}": found.theirs}.items()),
        typed=tuple(typed.items()),
    )
