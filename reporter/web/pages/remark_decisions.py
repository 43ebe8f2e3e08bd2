"""What a form of the findings decides of a reviewer's remark."""

from collections.abc import Mapping
from functools import partial

from starlette.responses import RedirectResponse, Response

from reporter.errors import ReporterError
from reporter.i18n import N_
from reporter.intake.remarks.deciding_remarks import (
    ANSWER,
    DISMISSED,
    deciding_remark,
    filed_remarks,
    remark_numbered,
    reopening_remark,
)
from reporter.web.amending import write
from reporter.web.finding_list import LostReason, RemarkTrouble, findings_page
from reporter.web.frame import YearPage, about_year
from reporter.web.person import ask_person, person_of, remember_person

SEE_OTHER, CONFLICT, UNFIT = 303, 409, 422
SAY_SO = N_("Say it in a few words: whoever comes after you reads them.")
MEANWHILE = N_("Somebody decided on this remark meanwhile")
AGAIN = N_("Nothing was written. What you typed stands here; look at the remark as it is now.")
KINDS = {"answer": ANSWER, "dismiss": DISMISSED}


def decide_remark(form: Mapping[str, str], page: YearPage) -> Response:
    person, number, act = person_of(page.request, form), form.get("remark", ""), form.get("act", "")
    words, state = " ".join(form.get("words", "").split()), page.state
    if act in KINDS and not any(map(str.isalnum, words)):
        trouble = RemarkTrouble(number, page.locale.text(SAY_SO), form.get("words", ""))
        return findings_page(page, form.get("show", ""), remark_trouble=trouble, status=UNFIT)
    if not person:
        return ask_person(page.request, form)
    try:
        filed = remark_numbered(filed_remarks(page.reading.sources, state.country.code, state.year), number)
        if filed.remark.is_open is not (act in KINDS):
            return _meanwhile(form, page)
        by = person, page.desk.today().isoformat()
        steps = deciding_remark(filed, KINDS[act], words, by) if act in KINDS else reopening_remark(filed)
        outcome = write(page.desk, person, steps, decides=True)
    except ReporterError:
        return about_year(partial(_meanwhile, form))(page.request)
    if outcome.conflict or outcome.problem:
        return about_year(partial(_meanwhile, form))(page.request)
    show = form.get("show", "")
    query = f"?show={show}" if show.replace("_", "").isalnum() else ""
    place = f"/{state.country.code}/{state.year}/findings{query}#remark-{number}"
    return remember_person(page.request, RedirectResponse(place, SEE_OTHER), person)


def _meanwhile(form: Mapping[str, str], page: YearPage) -> Response:
    words, locale = " ".join(form.get("words", "").split()), page.locale
    lost = LostReason(
        locale.text(MEANWHILE), locale.text(AGAIN if words else ""), ((locale.language, words),) if words else ()
    )
    return findings_page(page, form.get("show", ""), lost=lost, status=CONFLICT)
