"""What `--format json` writes, as a JSON Schema made from the dataclasses: what they document, it documents.

`python -m kamtui.brief.schema > kamtui/brief/brief.schema.json` writes it anew.
"""

import dataclasses
import inspect
import sys
import types
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from kamtui.brief.customer import CustomerBrief
from kamtui.brief.model import Brief

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema of both kinds of brief: the internal ones, and the customer's."""
    kinds: dict[str, Any] = {}
    either = [_of(kind, kinds) for kind in (Brief, CustomerBrief)]
    return {
        "$schema": DIALECT,
        "title": "The account brief as JSON",
        "description": "What `kamtui brief ACCOUNT --format json` writes. What is null is unknown, and not zero.",
        "oneOf": either,
        "$defs": dict(sorted(kinds.items())),
    }


def _of(hint: Any, kinds: dict[str, Any]) -> dict[str, Any]:
    if get_origin(hint) is Annotated:
        return {**_of(get_args(hint)[0], kinds), "description": "A number by which programs tie records together."}
    if get_origin(hint) in {Union, types.UnionType}:
        inner = [part for part in get_args(hint) if part is not type(None)]
        return {"anyOf": [*(_of(part, kinds) for part in inner), {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0], kinds)}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _record(hint, kinds)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [word.value for word in hint]}
    return dict(_PLAIN[hint])


_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date"},
}


def _record(kind: type, kinds: dict[str, Any]) -> dict[str, Any]:
    """A record by its module and name: there is a need that is open, and one that was agreed."""
    path = f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}"
    if path not in kinds:
        kinds[path] = {}
        hints = get_type_hints(kind, include_extras=True)
        fields = [field.name for field in dataclasses.fields(kind)]
        kinds[path] = {
            "description": " ".join((inspect.getdoc(kind) or "").split()),
            "type": "object",
            "properties": {field: _of(hints[field], kinds) for field in fields},
            "required": fields,
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{path}"}


def main() -> None:
    """Writes the schema on stdout."""
    import json

    sys.stdout.write(json.dumps(schema(), indent=2) + "\n")


if __name__ == "__main__":
    main()
