"""The shape of a condition: what it calls, which names it looks at, which words it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message, message_factory

_MESSAGES = {
    "Expr": {"id": (2, "int64"), "const_expr": (3, "Constant"), "ident_expr": (4, "Ident"),
             "select_expr": (5, "Select"), "call_expr": (6, "Call"), "list_expr": (7, "List"),
             "struct_expr": (8, "Opaque"), "comprehension_expr": (9, "Opaque")},
    "Ident": {"name": (1, "string")},
    "Select": {"operand": (1, "Expr"), "field": (2, "string")},
    "Call": {"target": (1, "Expr"), "function": (2, "string"), "args": (3, "Expr*")},
    "List": {"elements": (1, "Expr*")},
    "Opaque": {},
    "Constant": {"bool_value": (2, "bool"), "int64_value": (3, "int64"), "uint64_value": (4, "uint64"),
                 "double_value": (5, "double"), "string_value": (6, "string")},
    "CheckedExpr": {"expr": (4, "Expr")},
    "Any": {"value": (2, "bytes")},
}  # fmt: skip
"""The part of CEL's own syntax tree that conditions use. Source: cel.expr, syntax.proto and checked.proto."""

_SCALARS = {
    "int64": descriptor_pb2.FieldDescriptorProto.TYPE_INT64,
    "uint64": descriptor_pb2.FieldDescriptorProto.TYPE_UINT64,
    "double": descriptor_pb2.FieldDescriptorProto.TYPE_DOUBLE,
    "bool": descriptor_pb2.FieldDescriptorProto.TYPE_BOOL,
    "string": descriptor_pb2.FieldDescriptorProto.TYPE_STRING,
    "bytes": descriptor_pb2.FieldDescriptorProto.TYPE_BYTES,
}


@dataclass(frozen=True)
class Literal:
    """A word, a number or a truth value that stands in the condition."""

    value: str | int | float | bool


@dataclass(frozen=True)
class Variable:
    """A name that the condition looks at, such as `citizen.benefit`."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function or an operator with its operands, such as `_>=_`."""

    function: str
    operands: tuple["Node", ...]


@dataclass(frozen=True)
class Words:
    """A list that stands in the condition."""

    items: tuple["Node", ...]


@dataclass(frozen=True)
class Unknown:
    """Something that conditions do without, such as a loop."""

    what: str


Node = Literal | Variable | Call | Words | Unknown


def _message_classes() -> dict[str, type[message.Message]]:
    file = descriptor_pb2.FileDescriptorProto(name="trinvis/condition.proto", package="trinvis", syntax="proto3")
    for name, fields in _MESSAGES.items():
        shape = file.message_type.add(name=name)
        if name in {"Expr", "Constant"}:
            shape.oneof_decl.add(name="kind")
        for field, (number, type_) in fields.items():
            many, scalar = type_.endswith("*"), _SCALARS.get(type_)
            added = shape.field.add(
                name=field,
                number=number,
                label=descriptor_pb2.FieldDescriptorProto.LABEL_REPEATED
                if many
                else descriptor_pb2.FieldDescriptorProto.LABEL_OPTIONAL,
                type=scalar or descriptor_pb2.FieldDescriptorProto.TYPE_MESSAGE,
            )
            if scalar is None:
                added.type_name = f".trinvis.{type_.removesuffix('*')}"
            if name in {"Expr", "Constant"} and field != "id":
                added.oneof_index = 0
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"trinvis.{name}")) for name in _MESSAGES}


_CLASSES = _message_classes()


def nodes(node: Node) -> Iterator[Node]:
    """*node* and everything below it."""
    yield node
    below = node.operands if isinstance(node, Call) else node.items if isinstance(node, Words) else ()
    for each in below:
        yield from nodes(each)


def tree(serialized: bytes) -> Node:
    """The syntax tree of a checked CEL expression, as CEL serializes it."""
    envelope: Any = _CLASSES["Any"].FromString(serialized)
    checked: Any = _CLASSES["CheckedExpr"].FromString(envelope.value)
    return _node(checked.expr)


def _node(expr: Any) -> Node:  # noqa: ANN401 - the message classes are made at run time
    kind = expr.WhichOneof("kind")
    part: Any = getattr(expr, kind) if kind else None
    match kind:
        case "const_expr":
            constant = part.WhichOneof("kind")
            return Literal(getattr(part, constant)) if constant else Unknown("constant")
        case "ident_expr":
            return Variable(part.name)
        case "select_expr":
            operand = _node(part.operand)
            return Variable(f"{operand.name}.{part.field}") if isinstance(operand, Variable) else Unknown("select")
        case "call_expr":
            target = (_node(part.target),) if part.HasField("target") else ()
            return Call(part.function, (*target, *(_node(each) for each in part.args)))
        case "list_expr":
            return Words(tuple(_node(each) for each in part.elements))
        case _:
            return Unknown((kind or "nothing").removesuffix("_expr"))
