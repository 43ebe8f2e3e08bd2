"""Write a text as HTML, for paper and for screens."""

from collections.abc import Callable, Iterable
from html import escape

from markupsafe import Markup

from reporter.data.i18n import N_
from reporter.data.records import Observation
from reporter.data.records.label import language_of
from reporter.text import tree
from reporter.text.tree import Text

# The address to which a printed value leads.
Lead = Callable[[Observation], str]
CALLED = N_("Note {n}")


class HtmlWriter:
    """Writes texts of a document in a language; `translate` says words of the program in it. On paper a note stands in
    its first call, on a `screen` elsewhere. In the workbench a value leads to where its `lead` says; `placed` is
    what stands in a place of a text that is not filled."""

    def __init__(
        self,
        language: str,
        translate: Callable[[str], str] = str,
        *,
        screen: bool = False,
        lead: Lead | None = None,
        placed: Callable[[int], str] = str,
    ) -> None:
        self.language, self.label = language, translate(CALLED)
        self.screen, self.lead, self.placed = screen, lead, placed
        self.around = language

    def __call__(self, text: Text | None) -> Markup:
        return Markup(self.html(text.nodes, text.language)) if text else Markup("")  # noqa: S704 - each word is escaped

    def html(self, nodes: Iterable[tree.TextBlock | tree.Inline], language: str = "") -> str:
        """HTML of what stands in a text of some language, the document's without one."""
        self.around = language or self.language
        return "".join(map(self._node, nodes))

    def _node(self, node: tree.TextBlock | tree.Inline) -> str:
        match node:
            case tree.Paragraph():
                inside = self._inside(node.inside)
                if node.sort == tree.PRE:
                    return f"<pre><code>{inside}</code></pre>\n"
                sort = f' class="{node.sort}"' if node.sort else ""
                return inside if node.tight else f"<p{sort}>{inside}</p>\n"
            case tree.Group():
                return self._group(node)
            case tree.Value() | tree.Marked() | tree.Link():
                return self._wrapper(node)
            case tree.Words():
                words = _escaped(node.text)
                return f"<span{self._lang(node.language)}>{words}</span>" if node.language else words
            case tree.Call():
                return self._call(node)
        return "<br />\n" if isinstance(node, tree.Break) else self.placed(node.number)

    def _wrapper(self, node: tree.Wrapper) -> str:
        inside = self._inside(node.inside)
        if isinstance(node, tree.Marked):
            return f"<{node.tag}>{inside}</{node.tag}>"
        if isinstance(node, tree.Link):
            kind = f'class="{node.sort}" ' if node.sort else ""
            title = f' title="{escape(node.title)}"' if node.title else ""
            return f'<a {kind}href="{escape(node.address)}"{title}{self._lang(node.language)}>{inside}</a>'
        if self.lead is None or not node.observations:
            return inside
        return f'<span data-at="{escape(self.lead(node.observations[0]))}">{inside}</span>'

    def _inside(self, nodes: Iterable[tree.Inline]) -> str:
        return "".join(map(self._node, nodes))

    def _group(self, group: tree.Group) -> str:
        if group.tag == "hr":
            return "<hr />\n"
        inside = ""
        for n, each in enumerate(group.inside):
            # Behind a tight paragraph the next block begins on a line of its own.
            inside += self._node(each)
            after = group.inside[n + 1] if n + 1 < len(group.inside) else None
            if after and isinstance(each, tree.Paragraph) and each.tight:
                inside += "" if isinstance(after, tree.Paragraph) and after.sort == tree.PRE else "\n"
        first = group.inside[0] if group.inside else None
        begins = "" if first is None or (isinstance(first, tree.Paragraph) and first.tight) else "\n"
        start = f' start="{group.start}"' if group.tag == "ol" and group.start != 1 else ""
        return f"<{group.tag}{start}>{begins}{inside}</{group.tag}>\n"

    def _call(self, call: tree.Call) -> str:
        n = call.number
        if call.first and not self.screen:
            place = f'id="note-{n}" data-number="{n}"{self._lang(call.language)}'
            return f'\u00a0<span class="note" {place}>{_escaped(call.text)}</span>'
        # In a text of another language the label of a call says which one it is in itself.
        label, lang = escape(self.label).format(n=n), self._lang(language_of(self.label) or self.language)
        if not self.screen:
            return f'\u00a0<a class="note-call" href="#note-{n}" title="{label}"{lang}>({n})</a>'
        # The first one of each note is where the note leads back to.
        place = f' id="call-{n}"' if call.first else ""
        attributes = f'href="#note-{n}" role="doc-noteref" aria-label="{label}"{lang}'
        return f'\u00a0<a class="note-call"{place} {attributes}>({n})</a>'

    def _lang(self, language: str) -> str:
        return f' lang="{language}"' if language and language != self.around else ""


def _escaped(words: str) -> str:
    return escape(words).replace("&#x27;", "'")
