"""Say what a mark stands for, in words that the plot has."""

from reporter.document.plot import Bar


def words_of(title: str, label: str, text: str, special: str = "") -> str:
    """What is said of a mark. Of what, when, how much, and what is special."""
    said = f"{', '.join(filter(None, (title, label)))}: {text}"
    return f"{said}, {special}" if special else said


def words_of_bar(title: str, label: str, bar: Bar, key: str) -> str:
    """What is said of a bar. `key` is what the legend says of hatched ones."""
    return words_of(title, label, bar.text, key if bar.off_series and bar.value is not None else "")
