"""The keys of the workbench, in one table. It serves the pages, their scripts and whoever asks. The page carries its
own keys in a dialog, and `assets/desk/keys.js` reads them there. A key calls `code`: a script that hears it acts
(`desk:key`), else the link or button that names it (`data-key`) is pressed. Without a code it is told only, as the
browser or a script knows it already."""

from dataclasses import dataclass

from reporter.i18n import N_
from reporter.web.navigation import PLACES

FIGURES, TEXTS = "figures", "texts"
# A sign of its own for what stands between two keys that are pressed one after the other.
THEN = " "


@dataclass(frozen=True, slots=True)
class Key:
    """A key, or some that do the same. Each of `presses` is written as on the keyboard: `Ctrl+K`, `Alt+↓`, `?`, and `G
    F` for one after the other. `place` is the code of the page on which it works, empty for all."""

    code: str
    presses: tuple[str, ...]
    title: str
    place: str = ""

    @property
    def is_letter(self) -> bool:
        """Whether it is pressed without Ctrl or Alt, as one writes. Those act outside fields alone, and can be switched
        off."""
        return bool(self.code) and all(len(part) == 1 for press in self.presses for part in press.split(THEN))

    @property
    def shown(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Its presses, each as one step after another, of keys held together."""
        return tuple(
            tuple(tuple(step.split("+")) if len(step) > 1 else (step,) for step in press.split(THEN))
            for press in self.presses
        )


KEYS = (
    Key("go", ("Ctrl+K",), N_("go to: a page, chapter, section, figure or year, by a few letters")),
    Key("keys", ("?",), N_("show the keys of this page")),
    Key("undo", ("Ctrl+Z",), N_("take back what you wrote last")),
    Key("redo", ("Ctrl+Shift+Z",), N_("write it again")),
    *(Key(f"go-{each.code}", (f"G {each.letter}",), each.title) for each in PLACES if each.letter),
    Key("pane", ("F6",), N_("to the next part of the page")),
    Key("pane-back", ("Shift+F6",), N_("to the part before")),
    Key("", ("Esc",), N_("close what is open")),
    Key("", ("↑", "↓"), N_("to the field above or below"), FIGURES),
    Key("", ("Enter",), N_("write, and to the field below"), FIGURES),
    Key("", ("Tab",), N_("to the next field"), FIGURES),
    Key("", ("Ctrl+V",), N_("paste a column from a spreadsheet"), FIGURES),
    Key("answers", ("Alt+↓",), N_("the answers that a field takes"), FIGURES),
    Key("open", ("O",), N_("to the next open figure"), FIGURES),
    Key("missing", ("M",), N_("missing: nobody says"), FIGURES),
    Key("withheld", ("W",), N_("withheld"), FIGURES),
    Key("zero", ("0",), N_("counted, none"), FIGURES),
    Key("least", ("+",), N_("at least"), FIGURES),
    Key("about", ("~",), N_("about"), FIGURES),
    Key("over", (">",), N_("over"), FIGURES),
    Key("note", ("N",), N_("to the note of the figure"), FIGURES),
    Key("history", ("H",), N_("where the figure comes from, and where it goes"), FIGURES),
    Key("pick", ("{",), N_("pick a figure for the text"), TEXTS),
    Key("pick-here", ("Alt+I",), N_("pick a figure where you are typing"), TEXTS),
    Key("holds", ("S",), N_("still holds"), TEXTS),
    Key("anew", ("N",), N_("write anew"), TEXTS),
    Key("text-before", ("[",), N_("the text before"), TEXTS),
    Key("text-after", ("]",), N_("the text after it"), TEXTS),
    Key("beside", ("Alt+B",), N_("another text beside"), TEXTS),
    Key("finding", ("F8",), N_("the next finding"), TEXTS),
    Key("field", ("F",), N_("to the field of the number that is chosen"), TEXTS),
    Key("field", ("F",), N_("to the field of the figure"), "page"),
)
