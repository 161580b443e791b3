"""The control API: whatever a person or a test does to the sandbox.

In comes ``GET`` or ``POST /control/{name}``, where the name is that of a function in this package
(a GET has its fields in the query, a POST in a JSON body); out goes what changed, or a refusal.
"""

from bot.sandbox.control import faults, interactions, members, queries, tour, world
from bot.sandbox.control.endpoints import ENDPOINTS

__all__ = ["ENDPOINTS", "faults", "interactions", "members", "queries", "tour", "world"]
