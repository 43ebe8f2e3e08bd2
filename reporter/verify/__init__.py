"""Whether a finished PDF keeps what it promises; the only room that knows Java. It needs the extra `verify`."""

from reporter.verify.failure import Judgement, UnreadableError
from reporter.verify.inspection import inspect
from reporter.verify.proof import judge, prove
from reporter.verify.vera import PROFILES, validate

__all__ = ["PROFILES", "Judgement", "UnreadableError", "inspect", "judge", "prove", "validate"]
