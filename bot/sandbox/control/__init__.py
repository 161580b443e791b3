"""The way in for tests, the tour and the page: act as any reader, cause any fault.

Every verb is a function in a module of this package; its name is its address, ``/control/say``.
A GET takes its fields from the query, a POST from a JSON body.
"""

from bot.sandbox.control import disturbing, interacting, looking, people, showing, world
from bot.sandbox.control.verbs import VERBS

__all__ = ["VERBS", "disturbing", "interacting", "looking", "people", "showing", "world"]
