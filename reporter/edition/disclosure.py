"""Find values that may not leave the ministry.

They are values withheld, and small counts of victims that no permission covers.
"""

import re
from itertools import takewhile

from reporter.analysis.small_counts import permission_lines, unpermitted
from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.model import Vintage, is_hidden

MOST_TOLD = 5
TEXT, UNPRINTED = ".md", b"<!--"
COMMENT, ALONE = re.compile(rb"(?:^|\s)#"), re.compile(rb"\s*#")
REMEDY = (
    "reporter protect {country} {year} withholds them, with all that they would follow from; or, if they may be "
    "published, say why in reporter.yaml:"
)
PERMISSIONS = "publish_small_counts:"


def withheld_files(known: Vintage, sources: Sources) -> frozenset[str]:
    """The paths of files that tell of a withheld value.

    A comment beside one may tell it, and so may one in a text: nobody can know, so these files are among them.
    """
    counts = (seen for thing in known.data.things for seen in thing.figures)
    stated = (*known.data.observations, *(each.now for each in known.data.revisions), *counts)
    marks = [seen.mark for seen in stated if is_hidden(seen)]
    figures = {
        each.path for each in marks if each.path in sources and _has_comment(sources[each.path].content, each.line)
    }
    texts = {path for path, each in sources.items() if path.endswith(TEXT) and UNPRINTED in each.content}
    return known.withheld | figures | (texts if marks else set())


def _has_comment(content: bytes, line: int) -> bool:
    """Return whether a comment stands at an entry.

    It does on its line, on those that belong to it, or right above.
    """
    before, own = content.splitlines()[: line - 1], content.splitlines()[line - 1 :]
    inside = takewhile(lambda each: not each.strip() or _depth(each) > _depth(own[0]), own[1:])
    return any(COMMENT.search(each) for each in (*own[:1], *inside)) or any(map(ALONE.match, before[-1:]))


def _depth(line: bytes) -> int:
    return len(line) - len(line.lstrip())


def refuse_small_counts(known: Vintage) -> None:
    """Refuse counts so small that they need a permission, and have none.

    Raises ReporterError with the first of them.
    """
    found = unpermitted(known)
    if not found:
        return
    told = [f"{each.mark}: {each.name} {each.year}" for each in found[:MOST_TOLD]]
    more = [f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
    message = "\n  ".join(("the public would get small counts:", *told, *more))
    lines = permission_lines(found, known.settings.languages)
    remedy = REMEDY.format(country=known.country.code, year=known.year)
    raise ReporterError(message, hint="\n".join((remedy, PERMISSIONS, *lines)))
