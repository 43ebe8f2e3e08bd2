"""Read what a form says."""

from urllib.parse import parse_qsl

from starlette.requests import Request

from reporter.errors import ReporterError

# A form of the workbench has a few dozen fields.
MOST = 1000


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, each with the last value given.

    Raises ReporterError when there are more than any form has.
    """
    body = (await request.body()).decode()
    try:
        form = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST))
    except ValueError:
        raise ReporterError(f"the form has more than {MOST} fields", hint="go back and try again") from None
    # Where it cannot be answered, it is given back.
    request.scope["form"] = form
    return form
