"""Records as JSON has them: the one shape in which commands, briefs and bundles write values."""

import dataclasses
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any


def as_json(value: Any) -> Any:
    """`value` as JSON has it: dates ISO 8601, money {"minor", "currency"}, records as objects."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): as_json(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value) if isinstance(value, Path) else value
