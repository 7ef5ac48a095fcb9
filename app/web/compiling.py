"""Has Jinja compile to less: the same text, without asking of everything what kind of thing it is.

A page prints some hundreds of values and calls some hundreds of macros, and Jinja spends more on each than either does.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from types import CodeType
from typing import Any

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

_UNKNOWN = frozenset({"defined", "undefined"})
"""Tests of what may not be there."""

_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
"""What escapes a string within `escape`."""


class Compiler(CodeGenerator):
    """Writes attributes and calls as Python has them."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute of what has it: a key of a mapping is written in brackets in the templates."""
        self.write("(")
        self.visit(node.node, frame)
        is_block = isinstance(node.node, nodes.Name) and node.node.name == "self"
        self.write(f")[{node.attr!r}]" if is_block else f").{node.attr}")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        """Write a test; whether something has an attribute is for Jinja to find out."""
        if node.name == "none":
            self.write("(")
            self.visit(node.node, frame)
            self.write(" is None)")
            return
        if node.name in _UNKNOWN and isinstance(node.node, nodes.Getattr):
            self.write("(" if node.name == "undefined" else "(not ")
            self.write("isinstance(environment.getattr(")
            self.visit(node.node.node, frame)
            self.write(f", {node.node.attr!r}), Undefined))")
        else:
            super().visit_Test(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call; nothing here wants the context, nor what is set in a loop."""
        if forward_caller or node.dyn_args is not None or node.dyn_kwargs is not None:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for each in node.args:
            self.visit(each, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write(")")


class Compiled(Template):
    """A template whose code escapes and calls by what stands here."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Run the code of a template, whose first line takes the names below from Jinja."""
        namespace: dict[str, Any] = {"environment": environment, "__file__": code.co_filename}
        exec(code, namespace)  # noqa: S102
        namespace["escape"], namespace["Markup"], namespace["Macro"] = _escaped, _marked, _macro
        return cls._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        # No template has globals of its own that another would need.
        if self._module is None:
            self._module = self.make_module()
        return self._module


class Compiling(Environment):
    """The environment of such templates; what is global is so for all of them."""

    code_generator_class = Compiler
    template_class = Compiled

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return one plain mapping: each name that a template uses is looked up for each page."""
        return self.globals if d is None else {**self.globals, **d}


def _marked(text: str) -> Markup:
    return str.__new__(Markup, text)


def _escaped(value: object) -> str:
    """Return what is written for a value; not as Markup, for it is only joined, and Markup takes ten times as long."""
    kind = type(value)
    if kind is str:
        return _escape(value)  # type: ignore[arg-type]
    if kind is Markup:
        return value  # type: ignore[return-value]
    return str(value) if kind is int else escape(value)


def _macro(
    environment: Environment,
    write: Callable[..., str],
    name: str,
    arguments: Sequence[str],
    takes_named: bool,
    takes_more: bool,
    takes_caller: bool,
    autoescape: bool,
) -> Callable[..., str]:
    """Return a macro; `write` takes all `arguments` in order, and `missing` for each that is not given."""
    if takes_named or takes_more or takes_caller:
        return Macro(environment, write, name, list(arguments), takes_named, takes_more, takes_caller, autoescape)
    many = len(arguments)
    places = {argument: place for place, argument in enumerate(arguments)}

    def called(*given: object, **named: object) -> str:
        if len(given) < many:
            filled = [*given, *(missing,) * (many - len(given))]
            for argument, value in named.items():
                filled[places[argument]] = value
            given = tuple(filled)
        elif named:
            raise TypeError(f"{name} was given {', '.join(named)} twice")
        return str.__new__(Markup, write(*given))

    return called
