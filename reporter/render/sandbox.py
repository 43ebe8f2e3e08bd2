"""What templates may do: read the document. Those of a stranger run only where a package is verified, in a process with
limits of time and memory."""

from types import CodeType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.sandbox import ImmutableSandboxedEnvironment

# More than all templates of the program, for pages of several kinds.
MOST_COMPILED = 500


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
    """Calls and changes nothing of the program but what a page needs."""

    code_generator_class = _Generator

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            bytecode_cache=_CompiledOnce(),
        )
        self._safe: dict[tuple[type, str], bool] = {}
        # Words made at random would differ from build to build.
        del self.filters["random"], self.globals["lipsum"]

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """The library answers by the type of an object and the name alone, so that it is asked once for each."""
        known = self._safe.get((type(obj), attr))
        if known is None:
            known = self._safe[type(obj), attr] = super().is_safe_attribute(obj, attr, value)
        return known
