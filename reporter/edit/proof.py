"""The proof that a splice changes what it should and nothing else. The text before and after is read as the program
reads every file, with all that it refuses."""

from collections import Counter
from functools import lru_cache

from reporter.edit.handwriting import Value, plain_value
from reporter.edit.splice import BY_HAND, EditError, Splice, place_at
from reporter.files.sources import Sources
from reporter.load.yaml_tree import Keys, Tree, read_yaml

Plain = str | list["Plain"] | dict[str, "Plain"] | None


def prove(
    text: str, splice: Splice, file: str, path: Keys, value: Value | None, *, was_there: bool, is_there: bool
) -> Splice:
    """Give a splice that does what is meant at a path, and nothing else. Something was there before, or is there then:
    the `value`, or anything where it is None. Raises EditError for any other."""
    was, now = _read(text, file), _read(splice.apply(text), file)
    mark, told = place_at(text, file, splice.start), " / ".join(path)
    new = Counter(each.code for each in now.findings) - Counter(each.code for each in was.findings)
    finding = next((each for each in now.findings if each.code in new), None)
    if finding:
        # What the loader guesses of a file that it cannot read is not what happened here.
        why = "the file could not be read then" if now.data is None else finding.message
        raise EditError(f"{told} cannot be written so: {why}", hint=BY_HAND, mark=mark)
    before, _ = _parted(was.data, path, is_there=was_there)
    after, found = _parted(now.data, path, is_there=is_there)
    is_right = value is None or found == [plain_value(value)]
    # Compared as text, in which the order of the keys tells.
    if not is_right or repr(before) != repr(after):
        raise EditError(f"{told} cannot be changed without changing more", hint=BY_HAND, mark=mark)
    return splice


def stands_at(text: str, file: str, path: Keys, value: Value | None) -> bool:
    """Return whether a value stands at a path; None is nothing."""
    found = _parted(_read(text, file).data, path, is_there=True)[1]
    return found == ([] if value is None else [plain_value(value)])


# A text is asked about several times while one change is made.
@lru_cache(maxsize=4)
def _read(text: str, file: str) -> Tree:
    return read_yaml(Sources.from_contents({file: text.encode()}), file)


def _parted(data: Plain, path: Keys, *, is_there: bool) -> tuple[Plain, list[Plain]]:
    """What stands elsewhere than at a path, and what stands there. An empty list or mapping counts as nothing, as it
    may stand where nothing stood."""
    rest: dict[str, Plain] = {"": data}
    holder: Plain = rest
    key, found = "", []
    for step in path:
        inner = (
            (holder[int(key)] if key.isdecimal() and int(key) < len(holder) else None)
            if isinstance(holder, list)
            else holder.get(key)
            if isinstance(holder, dict)
            else None
        )
        # What was read stays as it is: each holder on the way is another one.
        inner = list(inner) if isinstance(inner, list) else dict(inner) if isinstance(inner, dict) else inner
        inner = {} if inner in ("", None) else inner
        if isinstance(holder, list) and key.isdecimal() and int(key) < len(holder):
            holder[int(key)] = inner
        elif isinstance(holder, dict) and key in holder:
            holder[key] = inner
        holder, key = inner, step
    if is_there and isinstance(holder, list) and key.isdecimal() and int(key) < len(holder):
        found = [holder.pop(int(key))]
    elif is_there and isinstance(holder, dict) and key in holder:
        found = [holder.pop(key)]
    return _bare(rest), found


def _bare(data: Plain) -> Plain:
    if isinstance(data, dict):
        return {key: _bare(each) for key, each in data.items()} or None
    return [_bare(each) for each in data] or None if isinstance(data, list) else data
