"""The learned part: how much each feature of a sentence speaks for a question to readers.

Two logistic regressions, whose weights `make train` fits on labelled endings. A feature's weight is
found by its hash, so that features need no list: two that share a place get the weight that is best
for both. Weights are small integers, so that a sum is the same on every machine.
"""

import json
from array import array
from base64 import b85decode
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple
from zlib import crc32, decompress

FILE = "weights.json"
"""Beside this module."""

VERSION = 1
"""Of the features: weights that were fitted on others do not fit."""

SCALE = 64
"""A weight of this size is one natural logarithm of odds."""


class Model(NamedTuple):
    """What was learned.

    Attributes:
        bias: Where a sum begins.
        weights: Signed bytes, a power of two of them; `slot` says which is a feature's.
        sure: From which probability on it is what the model looks for,
        beside: and from which on, if it stands beside one that is.
        unsure: Between which probabilities a person should look.
    """

    bias: int
    weights: "array[int]"
    sure: float = 0.5
    beside: float = 0.5
    unsure: Sequence[float] = (0.5, 0.5)

    def probability(self, features: Iterable[str]) -> float:
        """Return how likely a sentence with these features is what the model looks for."""
        weights, size = self.weights, len(self.weights)
        total = self.bias
        for feature in features:
            index, sign = slot(feature, size)
            total += sign * weights[index]
        return 1 / (1 + exp(-total / SCALE))


def slot(feature: str, size: int) -> tuple[int, int]:
    """Return where among `size` weights a feature's is, and the sign (1 or -1) that it counts with.

    With signs, features that share a place disturb each other less (Weinberger et al., "Feature
    Hashing for Large Scale Multitask Learning", 2009).
    """
    code = crc32(feature.encode())
    return code % size, 1 if code < 1 << 31 else -1


@cache
def asked() -> Model:
    """Return the model that tells questions to readers from others."""
    return _read("asked")


@cache
def generic() -> Model:
    """Return the model that tells questions which only ask for an opinion from others."""
    return _read("generic")


def _read(name: str) -> Model:
    content = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    if content["version"] != VERSION:
        message = f"{FILE} is of version {content['version']}, not {VERSION}: run `make train`."
        raise ValueError(message)
    stored = content[name]
    weights = array("b", decompress(b85decode(stored["weights"])))
    return Model(stored["bias"], weights, *(stored[key] for key in ("sure", "beside", "unsure")))
