"""Check the agencies of a country: what they answer must be known."""

from reporter.errors import nearest
from reporter.load.figures import FileOrigin, check_source
from reporter.model import Agency, Catalogue

BY, ACTIVITIES = " by ", "activities."


def check_agencies(origin: FileOrigin, agencies: tuple[Agency, ...]) -> None:
    tree = origin.tree
    for agency in agencies:
        place = ("agencies", agency.code)
        check_source(origin, agency.source, tree.mark(*place, "source"))
        if not agency.answers:
            tree.error(tree.key(*place), "wrong-type", f"{agency.code}: it answers nothing", "list figures in answers")
        for number, problem in enumerate(_problem(each, origin.catalogue) for each in agency.answers):
            if problem:
                what, hint = problem
                message = f"{agency.code}: {what}"
                tree.error(tree.mark(*place, "answers", str(number)), "unknown-indicator", message, hint)


def _problem(answer: str, catalogue: Catalogue) -> tuple[str, str] | None:
    if answer.startswith(ACTIVITIES):
        # The activities of a year are in its own file.
        return None
    code, _, axis = answer.partition(BY)
    indicator = catalogue.indicator(code)
    if indicator is None:
        return f"no figure is called {code[:60]!r}", nearest(code, (each.code for each in catalogue.indicators))
    if axis and axis not in indicator.dimensions:
        known = [f"{code}{BY}{each}" for each in indicator.dimensions]
        return f"no breakdown is called {answer[:60]!r}", nearest(
            answer, known
        ) if known else f"{code} is not broken down: write {code}"
    return None
