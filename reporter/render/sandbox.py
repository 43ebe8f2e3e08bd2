"""What templates may do: read the document, in a limited time. A workspace may bring some from elsewhere. The rounds of
loops, calls and included files are counted, and what is made of texts and lists is held to a length (`step_limits`)."""

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from functools import wraps
from types import BuiltinMethodType, CodeType, MappingProxyType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from reporter.render.step_limits import (
    LONGEST,
    PER_STEP,
    OverLimitError,
    bounded,
    check_arguments,
    counted,
    step,
    written,
)

# What a page needs from nobody: words made at random.
LEFT_OUT_FILTERS, LEFT_OUT_GLOBALS = ("random",), ("lipsum",)
# The filters of the library that go through all they are given, or make more of it.
GROWING = (
    *("batch", "capitalize", "center", "forceescape", "format", "indent", "join", "list", "lower", "pprint", "replace"),
    *("reverse", "slice", "sort", "string", "striptags", "sum", "title", "tojson", "trim", "truncate", "unique"),
    *("upper", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr"),
)
WIDE = re.compile(r"%(?:\([^)]*\))?[-+ #]*(?:\d*\.)?(?:\*|0*[1-9]\d{3,})|[:!][^{}]*\d{4,}|\{[^{}]*\{")
# More than all templates of the program, for pages of several kinds.
MOST_COMPILED = 500
COUNTED, TAKEN, BOUNDED = "_counted", "_taken", "_bounded"
CUT = (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block)


class _Generator(CodeGenerator):
    """Calculates nothing while it compiles. So pages with other filters share what it makes."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ANN401 - as it is
        if not isinstance(node, (nodes.Const, nodes.TemplateData)):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)


class _CompiledOnce(BytecodeCache):
    """The code of templates, which all pages of a process share. It depends on their text and place, and on what may be
    called in them."""

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _COMPILED.get(_compiled_as(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if len(_COMPILED) >= MOST_COMPILED:
            _COMPILED.clear()
        if bucket.code:
            _COMPILED[_compiled_as(bucket)] = bucket.code


_COMPILED: dict[tuple[object, ...], CodeType] = {}


def _compiled_as(bucket: Bucket) -> tuple[object, ...]:
    return bucket.key, bucket.checksum, frozenset(bucket.environment.filters), frozenset(bucket.environment.tests)


class Sandbox(ImmutableSandboxedEnvironment):
    """What templates may do. They may only read the document, in a limited number of steps."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=written,
            optimized=False,
            bytecode_cache=_CompiledOnce(),
        )
        self._safe: dict[tuple[type, str], bool] = {}
        for name in LEFT_OUT_FILTERS:
            del self.filters[name]
        for name in LEFT_OUT_GLOBALS:
            del self.globals[name]
        self.filters.update(_GUARDED)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read an attribute. The library answers by the type of an object and the name
        alone, so that it is asked once for each."""
        known = self._safe.get((type(obj), attr))
        if known is None:
            known = self._safe[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return known

    def call_binop(self, _context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as it is
        """Calculate, unless what comes out has no use on a page."""
        if operator == "%" and isinstance(left, str):
            _check_format(left, right if isinstance(right, tuple) else (right,))
        elif operator == "*":
            _check_repetition(left, right)
        elif operator == "**" and isinstance(left, int) and isinstance(right, int):
            check_arguments((left.bit_length() * right,))
        return bounded(self.binop_table[operator](left, right))

    def call(self, context: Context, function: Any, /, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - as it is
        """Call a macro, or a function that a template may know."""
        step()
        built = getattr(function, "__wrapped__", function)
        if isinstance(built, BuiltinMethodType) and isinstance(built.__self__, (str, int)):
            _check_method(built, given, named)
            return bounded(super().call(context, function, *given, **named))
        if isinstance(function, LoopContext):
            step(sum(len(each) for each in given if isinstance(each, Sized)))
        made = super().call(context, function, *given, **named)
        return bounded(made) if isinstance(function, type) and function is not range else made

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        try:
            return _Counting().counting(super()._parse(source, name, filename), self)
        except RecursionError:
            raise _too_deep(name, filename) from None
        except ValueError as problem:  # of a number of thousands of digits
            raise TemplateSyntaxError(str(problem), 1, name, filename) from None

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002
    ) -> str:
        try:
            return super()._generate(source, name, filename, defer_init)
        except RecursionError:
            raise _too_deep(name, filename) from None

    def _compile(self, source: str, filename: str) -> CodeType:
        try:
            return super()._compile(source, filename)
        except (RecursionError, SyntaxError, MemoryError):
            # Python itself allows only so many loops within each other.
            raise _too_deep(None, filename) from None


def _too_deep(name: str | None, filename: str | None) -> TemplateSyntaxError:
    return TemplateSyntaxError("loops, conditions or brackets are nested too deeply", 1, name, filename)


class _Counting(NodeTransformer):
    """Puts into a template what counts its steps."""

    def counting(self, template: nodes.Template, environment: Sandbox) -> nodes.Template:
        """A template that counts."""
        self.generic_visit(template)
        template.body = _begun(template)
        template.set_environment(environment)
        return template

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - as the library has it
        """Count the rounds of a loop, by what is written in each."""
        self.generic_visit(node)
        node.iter = _filtered(node.iter, COUNTED, nodes.Const(_weight(node.body)))
        return node

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802
        """Count what a macro writes."""
        self.generic_visit(node)
        node.body = _begun(node)
        return node

    visit_CallBlock = visit_Block = visit_Macro  # noqa: N815

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        """Measure a text that is put together."""
        self.generic_visit(node)
        return _filtered(node, BOUNDED)

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802
        """Measure a list that holds more than what is written there."""
        self.generic_visit(node)
        return node if all(isinstance(each, nodes.Const) for each in node.items) else _filtered(node, BOUNDED)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        """Measure a tuple, but not the names that a loop gives."""
        return self.visit_List(node) if node.ctx == "load" else node  # type: ignore[arg-type]

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:  # noqa: N802
        """Measure a mapping."""
        self.generic_visit(node)
        return _filtered(node, BOUNDED)


def _begun(node: Any) -> list[nodes.Node]:  # noqa: ANN401 - whatever has a body
    """The body of a part of a template, which begins with counting."""
    begin = nodes.ExprStmt(_filtered(nodes.Const(_weight(node.body)), TAKEN), lineno=node.lineno)
    return [begin, *node.body]


def _filtered(node: nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)


def _weight(body: Iterable[nodes.Node]) -> int:
    """How many steps the words of a part of a template count."""
    waiting, length = list(body), 0
    while waiting:
        node = waiting.pop()
        length += len(node.data) if isinstance(node, nodes.TemplateData) else 0
        waiting += () if isinstance(node, CUT) else node.iter_child_nodes()
    return 1 + length // PER_STEP


def _check_repetition(left: object, right: object) -> None:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, (str, list, tuple)) and isinstance(other, int) and len(one) * other > LONGEST:
            raise OverLimitError(f"the template makes a text or list of more than {LONGEST:,}")


def _check_format(text: str, values: Iterable[object]) -> None:
    """Refuse widths without end, and values that stand there many times."""
    if WIDE.search(text):
        raise OverLimitError("a text is formatted with a width that no page needs: it may have three digits")
    longest = max((len(each) for each in values if isinstance(each, Sized)), default=0)
    _check_repetition("%" * (text.count("%") + text.count("{")), longest)


def _check_method(method: BuiltinMethodType, given: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    """Refuse what Python's own functions would make without end."""
    text, name = method.__self__, method.__name__
    if not isinstance(text, str):
        check_arguments((*given, *named.values()))
    elif name in ("format", "format_map"):
        values = given[0].values() if name == "format_map" and isinstance(given[0], Mapping) else given
        _check_format(text, (*values, *named.values()))
    elif name == "join":
        _check_repetition(text, len(given[0]) if isinstance(given[0], Sized) else LONGEST)
    elif name == "replace":
        _check_repetition(str(given[1]), text.count(str(given[0])))
    elif name == "translate":
        raise OverLimitError("a text cannot be translated sign by sign: use replace")
    else:
        check_arguments((*given, *named.values()))
        _check_repetition(
            text, max((each for each in given if isinstance(each, int)), default=1) if "tab" in name else 1
        )


def _guarded(name: str, function: Any) -> Callable[..., Any]:  # noqa: ANN401 - the library types only some
    """A filter of the library that makes nothing without end."""
    check: Callable[[Any, list[Any]], None] = _GROWTH.get(name, _no_growth)

    @wraps(function)
    def guarded(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the library has it
        step()
        value, *others = [
            each for each in (*given, *named.values()) if not isinstance(each, (Context, Sandbox, nodes.EvalContext))
        ]
        check(value, others)
        return bounded(function(*given, **named))

    return guarded


def _no_growth(value: object, others: list[Any]) -> None:
    check_arguments(others)
    if isinstance(value, str):
        _check_repetition(value, 1)


def _in_indent(value: Any, others: list[Any]) -> None:  # noqa: ANN401 - what templates give
    check_arguments(others)
    width = others[0] if others else 4
    _check_repetition("x" * (width if isinstance(width, int) else len(str(width))), str(value).count("\n") + 1)


def _in_join(value: Any, others: list[Any]) -> None:  # noqa: ANN401
    if isinstance(value, Sized):
        _check_repetition(str(others[0]) if others else "", len(value))
        bounded(list(value) if isinstance(value, (list, tuple)) else value)


def _in_replace(value: Any, others: list[Any]) -> None:  # noqa: ANN401
    if len(others) > 1:
        _check_repetition(str(others[1]), str(value).count(str(others[0])))


def _in_sum(_value: object, others: list[Any]) -> None:
    if any(isinstance(each, (list, tuple)) for each in others):
        raise OverLimitError("sum adds up numbers only")


def _in_urlize(value: Any, others: list[Any]) -> None:  # noqa: ANN401
    check_arguments(others)
    _check_repetition(str(value), LONGEST // 10_000)


_GROWTH: Mapping[str, Callable[[Any, list[Any]], None]] = MappingProxyType(
    {
        "format": lambda value, others: _check_format(str(value), others),
        "indent": _in_indent,
        "join": _in_join,
        "replace": _in_replace,
        "sum": _in_sum,
        "urlize": _in_urlize,
        "wordwrap": _in_urlize,
    }
)


@pass_context
def _counted(_context: Context, items: Iterable[object], weight: int) -> Iterable[object]:
    return counted(items, weight)


@pass_context
def _taken(_context: Context, weight: int) -> str:
    step(weight)
    return ""


@pass_context
def _bounded(_context: Context, value: object) -> object:
    return bounded(value)


_GUARDED = {
    **{name: _guarded(name, FILTERS[name]) for name in GROWING},
    COUNTED: _counted,
    TAKEN: _taken,
    BOUNDED: _bounded,
}
