"""A text that goes elsewhere without its figures and tables points at none, and keeps what it says."""

import pytest

from reporter.prose.evaluation import Printer
from reporter.prose.markdown_text import markdown_text
from tests.prose.printing import LOCALE, passage


@pytest.fixture
def told(known):
    def tell(text: str) -> str:
        made = markdown_text("T", (), (passage(text),), Printer(known, LOCALE, {}))
        assert () == made.findings
        return made.markdown.removeprefix("# T\n").strip()

    return tell


REF, VALUE = '{{ figure("forms_year") }}', "{{ investigations.opened }}"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"One. {REF} shows it.", "One."),
        (f"{REF} shows it.", ""),
        (f"**One. {REF} shows it.** Two.", "**One.** Two."),
        (f"One [link](https://x.eu). {REF} shows [it](https://y.eu).", "One [link](<https://x.eu>)."),
        (f"There were {VALUE} (see {REF}).", "There were 11."),
        (f"There were some (of {VALUE}, see {REF}).", "There were some (of 11)."),
        (f"There were {VALUE}, as {REF} shows. Two.", "There were 11. Two."),
        (f"As {REF} shows, {VALUE} were opened.", "11 were opened."),
        (f"They are not added; {REF} keeps them apart.", "They are not added."),
        (f"One (Art. 5). {REF} shows it. Two.", "One (Art. 5). Two."),
        (f"- One.\n- {REF} shows it.\n- Three; {REF} too.", "- One.\n- Three."),
        (f"Iki 2016 m. Paveiksle tai parodyta (žr. {REF}).", "Iki 2016 m."),
        (f"Tai kita grupė; ji parodyta lentelėje (žr. {REF}).", "Tai kita grupė."),
        (f"## Title\n\n{REF} shows it.", ""),
        (f"## Title\n\nOne. {REF} shows it.", "## Title\n\nOne."),
    ],
)
def test_what_points_is_left_out(told, text, kept):
    assert kept == told(text)


def test_what_points_at_nothing_stays_as_it_is(told):
    text = "As shown, one; two (see the table). Paveiksle nieko nėra."
    assert text == told(text)
