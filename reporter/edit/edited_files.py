"""The file of an edit: read, written, made, or taken away."""

from dataclasses import replace

from reporter.edit.amendment import Amendment, Edit, encoded, sum_of
from reporter.edit.journal import keep_edit
from reporter.edit.splice import EditError
from reporter.errors import Mark
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import create_whole, require_writable, rewrite_whole, take_away
from reporter.load.yaml_tree import ReadError, decode


def read_for(sources: Sources, wanted: Amendment) -> tuple[bytes | None, str]:
    """The file that an amendment is about, as bytes and as text. None and what it begins with, where it is to be made.
    Raises EditError when it cannot be read."""
    return read_edited(sources, wanted.file, wanted.whole or None)


def read_edited(sources: Sources, file: str, whole: str | None) -> tuple[bytes | None, str]:
    """A file as bytes and text, or what it begins with. There are no bytes, and `whole` is the text, where there is
    none; without that there must be one. Raises EditError when it cannot be read."""
    source = sources.find(file)
    # A folder on the way to it that cannot be read is another one.
    if whole is not None and file not in sources and source.path == file:
        return None, whole
    try:
        if source.finding:
            raise ReadError(source.finding)
        if source.path != file:
            raise EditError("a file lies where a folder should be", hint="move it away", mark=Mark(source.path))
        return source.content, decode(source.content, file)
    except ReadError as problem:
        found = problem.finding
        raise EditError(found.message, hint=found.hint, mark=found.mark) from None


def write_edit(workspace: Workspace, content: bytes | None, text: str | None, edit: Edit) -> Edit:
    """Write the line of the journal, then the file. Without a text it is taken away."""
    new, place = None if text is None else encoded(content, text), (workspace.root / edit.file).resolve()
    done = replace(edit, sums=(sum_of(content), sum_of(new)))
    if content is None:
        if not place.is_relative_to(workspace.root.resolve()):
            hint = "put the folder itself where the link is"
            raise EditError("a folder leads out of the workspace by a symbolic link", hint=hint, mark=Mark(edit.file))
    else:
        require_writable(place)
    keep_edit(workspace, done)
    if new is None:
        take_away(place)
    elif content is None:
        create_whole(place, new)
    else:
        rewrite_whole(place, new)
    return done
