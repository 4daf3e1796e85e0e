"""An expression compiled once into a function of the answers. Pure.

elementpath reads the XPath 1.0 grammar; its own evaluation is not used, because it raises where
XLSForm says "not a number" (an empty answer, "tt" >= 1) and walks an XML tree that we do not have.
Refused here, not when a person answers: unknown functions, paths, and whatever is too long or
too deep for the one thread that writes.
"""

import difflib
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from elementpath import ElementPathError, XPath1Parser, XPathToken
from elementpath.xpath_tokens import XPathFunction

from bot.survey.patterns import check_pattern
from bot.survey.xpath_functions import FUNCTIONS, REFUSED, divide, remainder
from bot.survey.xpath_values import (
    Evaluate,
    ExpressionError,
    Scope,
    Value,
    equal,
    holds_for_any,
    to_bool,
    to_number,
)

LONGEST = 4_000  # characters
DEEPEST = 40  # brackets within brackets
LONGEST_CHAIN = 100  # a + b + c ...; "and" and "or" may be longer

_LITERAL = re.compile(r"""'[^']*'|"[^"]*\"""")
_PIECE = re.compile(r"""'[^']*'|"[^"]*"|\$\{([^}]*)\}|\bjr:(?=choice-name\b)""")
_REFERENCE = re.compile(r"\$\{([^}]*)\}")
_CALL = re.compile(r"([^\W\d][\w.\-]*(?::[\w.\-]+)?)\s*\(")
_NAME = re.compile(r"[^\W\d][\w.\-]*(?:\[\d{1,3}\])?")  # [2] is an instance of a repeat
_WORD_OPERATORS = frozenset({"and", "or", "div", "mod"})
_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": divide,
    "mod": remainder,
}
_COMPARISONS: Mapping[str, Callable[[Value, Value], bool]] = {
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": lambda left, right: to_number(left) < to_number(right),
    "<=": lambda left, right: to_number(left) <= to_number(right),
    ">": lambda left, right: to_number(left) > to_number(right),
    ">=": lambda left, right: to_number(left) >= to_number(right),
}


Sight = Literal["own", "now", "label", "chance"]
_SIGHTS: Mapping[str, Sight] = {
    "once": "own", "now": "now", "today": "now", "choice-name": "label", "random": "chance",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compiled:
    evaluate: Evaluate
    references: frozenset[str]
    columns: frozenset[str]  # bare names: columns of the choices, in a choice_filter only
    looks_at: frozenset[Sight]  # what else than the answers decides


@lru_cache(maxsize=4_096)
def compiled(source: str) -> Compiled:
    """Parse once: the same source gives the same function."""
    _check_limits(source)
    found = _Found()
    text = _PIECE.sub(found.note, source)
    _check_calls(_LITERAL.sub("''", text))
    evaluate = _compile(_parsed(text), found, 0)
    return Compiled(
        evaluate, frozenset(found.names), frozenset(found.columns), frozenset(found.looks_at)
    )


class _Parser(XPath1Parser):
    """The grammar of XPath 1.0 with the functions of XLSForm in place of its own."""


for _name, _token in list(_Parser.symbol_table.items()):
    if issubclass(_token, XPathFunction):
        _Parser.unregister(_name)
for _name in FUNCTIONS:
    _Parser.function(_name, nargs=(0, None))  # arity is checked by _call, in plainer words
_Parser.build()


@dataclass(slots=True)
class _Found:
    """What one expression refers to, gathered while it is compiled."""

    names: list[str] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    looks_at: set[Sight] = field(default_factory=set)
    draws: int = 0  # calls of random() so far

    def note(self, piece: re.Match[str]) -> str:
        """Write ${a name} as a variable the grammar knows; leave literals as they are."""
        if piece[1] is None:
            return "" if piece[0] == "jr:" else piece[0]
        self.names.append(_reference(piece[1]))
        return f"$v{len(self.names) - 1} "


def _reference(written: str) -> str:
    name = written.strip()
    if not _NAME.fullmatch(name):
        raise ExpressionError(f'"${{{written}}}" does not name an item. Write ${{item_name}}.')
    return name


def _check_limits(source: str) -> None:
    if len(source) > LONGEST:
        raise ExpressionError(f"It is longer than {LONGEST} characters. Split it into calculates.")
    depth = deepest = 0
    bare = _LITERAL.sub("", source)
    for character in bare:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    if deepest > DEEPEST or re.search(r"(?:-\s*){4}", bare):
        raise ExpressionError("It is nested too deeply. Split it into calculates.")
    if "[" in _REFERENCE.sub("", bare):
        raise ExpressionError("Square brackets are not available. Write ${item_name} conditions.")
    if "${" in _REFERENCE.sub("", bare):
        raise ExpressionError('A "${" is not closed. Write ${item_name}.')


def _check_calls(bare: str) -> None:
    for name in _CALL.findall(bare):
        if name in REFUSED:
            raise ExpressionError(f"The function {name}() is not available: {REFUSED[name]}")
        if name not in FUNCTIONS and name not in _WORD_OPERATORS:
            near = difflib.get_close_matches(name, FUNCTIONS, 1)
            hint = f" Did you mean {near[0]}()?" if near else " Use a function of XLSForm."
            raise ExpressionError(f"There is no function {name}().{hint}")


def _parsed(text: str) -> XPathToken:
    try:
        # Not XPath1Parser.parse: that would also evaluate constants, elementpath's way.
        return super(XPath1Parser, _Parser()).parse(text)
    except (ElementPathError, SyntaxError, ValueError) as error:
        reason = str(error).split("] ", 1)[-1]
        raise ExpressionError(
            f"It cannot be read ({reason}). Check brackets and quotes; join comparisons with and."
        ) from error


def _compile(token: XPathToken, found: _Found, depth: int) -> Evaluate:
    if depth > LONGEST_CHAIN:
        raise ExpressionError("It has too many parts in a row. Split it into calculates.")
    if isinstance(token, XPathFunction):
        return _call(token, found, depth)
    symbol = token.symbol
    if symbol in {"and", "or"}:
        return _chain(token, found, depth)
    parts = [_compile(part, found, depth + 1) for part in token] if _has_parts(token) else []
    match parts:
        case [left, right]:
            return _binary(symbol, left, right)
        case [part]:
            return _unary(symbol, part)
        case _:
            return _leaf(token, found)


def _has_parts(token: XPathToken) -> bool:
    known = {*_ARITHMETIC, *_COMPARISONS, "("}
    if len(token) and token.symbol not in known and token.symbol != "$":
        raise ExpressionError("Paths are not available. Refer to an answer as ${item_name}.")
    return token.symbol != "$" and len(token) > 0


def _leaf(token: XPathToken, found: _Found) -> Evaluate:
    symbol, value = token.symbol, token.value
    if symbol == ".":
        found.looks_at.add("own")
        return lambda scope: scope.own
    if symbol == "$":
        name = _variable(str(value), found)
        return lambda scope: scope.values.get(name, "")
    if symbol == "(name)":
        column = str(value)
        found.columns.add(column)
        return lambda scope: scope.columns.get(column, "")
    if symbol == "(string)":
        return _constant(str(value))
    if symbol in {"(integer)", "(decimal)", "(float)"}:
        return _constant(float(str(value)))
    raise ExpressionError("Paths are not available. Refer to an answer as ${item_name}.")


def _variable(written: str, found: _Found) -> str:
    try:
        return found.names[int(written.removeprefix("v"))]
    except (ValueError, IndexError):
        raise ExpressionError(f'"${written}" is not understood. Write ${{{written}}}.') from None


def _constant(value: Value) -> Evaluate:
    return lambda _scope: value


def _chain(token: XPathToken, found: _Found, depth: int) -> Evaluate:
    """Take "a and b and c" as one step: a long condition need not be a deep one."""
    symbol, parts = token.symbol, []
    while token.symbol == symbol:
        parts.append(_compile(token[1], found, depth + 1))
        token = token[0]
    parts.append(_compile(token, found, depth + 1))
    parts.reverse()
    if symbol == "and":
        return lambda scope: all(to_bool(part(scope)) for part in parts)
    return lambda scope: any(to_bool(part(scope)) for part in parts)


def _unary(symbol: str, part: Evaluate) -> Evaluate:
    if symbol == "-":
        return lambda scope: -to_number(part(scope))
    if symbol == "+":
        return lambda scope: to_number(part(scope))
    return part  # brackets


def _binary(symbol: str, left: Evaluate, right: Evaluate) -> Evaluate:
    if symbol in _COMPARISONS:
        holds = _COMPARISONS[symbol]

        def compared(scope: Scope) -> Value:
            one, other = left(scope), right(scope)
            if isinstance(one, tuple) or isinstance(other, tuple):
                return holds_for_any(one, other, holds)
            return holds(one, other)

        return compared
    compute = _ARITHMETIC[symbol]
    return lambda scope: compute(to_number(left(scope)), to_number(right(scope)))


def _call(token: XPathFunction, found: _Found, depth: int) -> Evaluate:
    name, arguments = token.symbol, list(token)
    function = FUNCTIONS[name]
    if not function.takes(len(arguments)):
        raise ExpressionError(f"{name}() takes {function.arity}, not {len(arguments)}.")
    if name == "regex":
        check_pattern(_literal(name, arguments[1]))
    if sight := _SIGHTS.get(name, "own" if function.least == 0 and not arguments else None):
        found.looks_at.add(sight)
    if name == "choice-name":
        return _choice_name(arguments, found, depth)
    if name == "random":
        found.draws += 1
        number = float(found.draws)
        return lambda scope: function.call(scope, [number])
    call, parts = function.call, [_compile(part, found, depth + 1) for part in arguments]
    return lambda scope: call(scope, [part(scope) for part in parts])


def _choice_name(arguments: list[XPathToken], found: _Found, depth: int) -> Evaluate:
    quoted = _REFERENCE.fullmatch(_literal("jr:choice-name", arguments[1]))
    if quoted is None:
        raise ExpressionError("Write jr:choice-name(${item}, '${item}').")
    item, code = _reference(quoted[1]), _compile(arguments[0], found, depth + 1)
    found.names.append(item)

    def labelled(scope: Scope) -> Value:
        text = str(code(scope))
        return scope.label(item, text) if text else ""

    return labelled


def _literal(function: str, argument: XPathToken) -> str:
    if argument.symbol != "(string)":
        raise ExpressionError(f"The second argument of {function}() must stand in quotes.")
    return str(argument.value)
