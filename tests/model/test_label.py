"""A label falls back to the first language it has."""

from reporter.model import Label


def test_a_label_falls_back_to_the_first_language():
    label = Label((("en", "Victims"), ("lt", "Aukos")))
    assert ("Aukos", "Victims", "") == (label.text("lt"), label.text("de"), Label().text("en"))
