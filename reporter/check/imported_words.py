"""What is written beside figures that another publication states. The program makes these words from the publication of
that very year, so they say the same again and again, and nobody need read them anew. They stand in English too, by
which they are known."""

import re

from reporter.i18n import N_
from reporter.model import Label
from reporter.model.label import ENGLISH

MASKED = N_("Counts below {n} are masked by {publisher}; the mask covers zero too.")
NOT_THERE = N_(
    "The file of {publisher} has no total for this figure and year; this does not mean that there was nothing to count."
)
OTHERS = N_("{publisher} also counts persons of other or unknown sex or age; they are in none of these parts.")
IN_DOUBT = N_("As the source states it: {fault}. It does not say which number is wrong.")
AS_STATED = N_("As the source states it: {fault}.")
# Where a number is withheld the words tell none.
UNTOLD = N_("As the source states it: these numbers do not fit each other, and it does not say which is wrong.")
UNTOLD_BESIDES = N_("As the source states it: persons of other or unknown sex or age are counted besides.")
CONTRADICTS = N_("The source contradicts itself: {fault}.")
FRAMES = (MASKED, NOT_THERE, OTHERS, IN_DOUBT, AS_STATED, UNTOLD, UNTOLD_BESIDES, CONTRADICTS)
PART = re.compile(r"\\\{\w+\\\}")
# A person writes the number of a mask as a word.
NUMBER = re.escape("{n}")
ONE = "|".join(PART.sub("[^\n]+?", re.escape(frame).replace(NUMBER, "[0-9]+")) for frame in FRAMES)
MADE = re.compile(rf"(?:{ONE})(?: (?:{ONE}))*")


def is_made_by_import(label: Label) -> bool:
    return bool(MADE.fullmatch(dict(label.texts).get(ENGLISH, "")))
