"""Check that a finished PDF keeps what it promises. The only room that knows Java; it needs the extra `verify`."""

from reporter.validate.checkers import inspect, judge, prove
from reporter.validate.opening import Judgement, UnreadableError
from reporter.validate.vera import PROFILES, validate
