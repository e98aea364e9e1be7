"""The curve that both fits use: a logistic regression, by Newton's method."""

from __future__ import annotations

import numpy as np

STEPS = 30


def fit(table: np.ndarray, right: np.ndarray, weights: np.ndarray, penalty: float) -> np.ndarray:
    """Weights of the columns that make the outcomes likeliest, with `penalty` on the squares of all but the first.

    `table` is items x columns and its first column is 1; `right` is 0 to 1 an item, `weights` how much it counts.
    """
    penalties = np.full(table.shape[1], penalty)
    penalties[0] = 1e-6
    found = np.zeros(table.shape[1])
    for _ in range(STEPS):
        stated = 1 / (1 + np.exp(-table @ found))
        slope = table.T @ (weights * (right - stated)) - penalties * found
        bend = (table * (weights * stated * (1 - stated))[:, None]).T @ table + np.diag(penalties)
        found = found + np.linalg.solve(bend, slope)
    return found
