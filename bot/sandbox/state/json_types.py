"""The types of what goes over the wire."""

from typing import Any

Value = Any
"""Any JSON value, of which only its sender knows the shape."""
JSON = dict[str, Value]
"""A JSON object."""
