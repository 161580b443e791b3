"""Fits the weights of closing questions, with scikit-learn."""

import json
from array import array
from base64 import b85encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zlib import compress

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.core.closing.model import SCALE, VERSION, Model, slot

SIZE = 1 << 16
"""Weights: half as many lose a point of F1, twice as many gain none."""

LARGEST = 127
"""A weight that a byte holds."""

STRENGTH = 0.2
"""Inverse of the regularisation, scikit-learn's C."""


def matrix(features: Iterable[Iterable[str]], size: int = SIZE) -> csr_matrix:
    """Return a row for each example, with what its features add to each weight's sum."""
    values: list[int] = []
    columns: list[int] = []
    ends = [0]
    for row in features:
        for column, sign in (slot(feature, size) for feature in row):
            columns.append(column)
            values.append(sign)
        ends.append(len(columns))
    found = csr_matrix((np.array(values, float), columns, ends), shape=(len(ends) - 1, size))
    found.sum_duplicates()
    return found


def fit(examples: csr_matrix, is_it: Sequence[bool], weights: Sequence[float]) -> Model:
    """Return the model of some examples, the same for the same ones; it is sure from .5 on."""
    learner = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=1_000)
    learner.fit(examples, is_it, weights)
    whole = np.clip(np.rint(learner.coef_[0] * SCALE), -LARGEST, LARGEST)
    fitted = array("b", whole.astype(np.int8).tobytes())
    return Model(round(float(learner.intercept_[0]) * SCALE), fitted)


def probabilities(model: Model, examples: csr_matrix) -> np.ndarray:
    """Return what a model says of each row of a `matrix`."""
    sums = examples @ np.array(model.weights, float) + model.bias
    found: np.ndarray = 1 / (1 + np.exp(-sums / SCALE))
    return found


def to_json(models: Mapping[str, Model]) -> str:
    """Return what the package keeps of models by name."""
    content: dict[str, Any] = {"version": VERSION}
    for name, model in models.items():
        packed = b85encode(compress(model.weights.tobytes(), 9)).decode()
        content[name] = {**model._asdict(), "weights": packed}
    return json.dumps(content, indent=1) + "\n"
