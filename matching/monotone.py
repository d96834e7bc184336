"""The scikit-learn estimators behind a learned ranking: monotone bins, and a logistic held to a prior."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from matching.learned import KNOTS
from matching.weights import PARTS, TOP, UNIT, WEIGHTS

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BINS = len(KNOTS) - 1

STATED: Floats = np.repeat(np.array([WEIGHTS[name] for name in PARTS]) / TOP, BINS) * np.tile(
    np.diff(KNOTS) / UNIT, len(PARTS)
)
"""The stated weights in the shape of the bins: shape (len(PARTS) * BINS,), sum 1."""


class MonotoneBins(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Spread each part's value over its bins: how far it has come through each, 0 to 1.

    With coefficients that are not negative, what is fitted over these columns never falls when a value rises.
    The bins are fixed (`learned.KNOTS`), nothing is learned from the data.

    A value of NaN says that the opening did not ask about the part: its columns are 0, and those of the other
    parts are raised as the stated weights are.
    """

    def fit(self, X: ArrayLike, y: Any = None) -> Self:
        """Check the number of columns: one for each of `weights.PARTS`."""
        values = validate_data(self, X, ensure_all_finite="allow-nan", dtype=np.float64)
        if values.shape[1] != len(PARTS):
            raise ValueError(f"one column for each of the {len(PARTS)} parts is needed")
        return self

    def transform(self, X: ArrayLike) -> Floats:
        """Return columns of shape (n, len(PARTS) * BINS), a part's bins beside each other.

        Parameters
        ----------
        X : array of float, shape (n, len(PARTS))
            Values from 0 to `weights.UNIT`; NaN where the opening does not ask.
        """
        check_is_fitted(self, "n_features_in_")
        values = validate_data(self, X, reset=False, ensure_all_finite="allow-nan", dtype=np.float64)
        asked = ~np.isnan(values)
        weights = np.array([WEIGHTS[name] for name in PARTS], dtype=np.float64)
        raised = TOP / np.maximum(asked @ weights, 1.0)
        knots = np.array(KNOTS, dtype=np.float64)
        through = (np.nan_to_num(values)[:, :, None] - knots[:-1]) / np.diff(knots)
        columns = np.clip(through, 0.0, 1.0) * asked[:, :, None] * raised[:, None, None]
        spread: Floats = columns.reshape(len(values), -1)
        return spread


class MonotoneLogit(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Logistic regression with coefficients of at least 0, shrunk towards a multiple of a prior.

    Minimises weighted log-loss plus ``ridge / 2 * ||coef - base * prior||²``, where the multiple `base` is
    fitted too: with nothing to learn from, the order is that of the prior.

    Parameters
    ----------
    prior : ndarray of float, shape (k,), optional
        `STATED` if None.
    ridge : float
        How strongly coefficients are held to the prior.
    group_ridge : float
        How strongly the level of each group is held to the common one.

    Attributes
    ----------
    coef_ : ndarray of float, shape (k,)
    intercept_, base_ : float
    nuisance_coef_ : ndarray of float, shape (m,)
    fitted_ : ndarray of float, shape (n,)
        The shares of the rows it was fitted to, nuisance and levels included.
    classes_ : ndarray, shape (2,)
    """

    def __init__(self, prior: Floats | None = None, ridge: float = 1.0, group_ridge: float = 1.0) -> None:
        self.prior = prior
        self.ridge = ridge
        self.group_ridge = group_ridge

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        sample_weight: ArrayLike | None = None,
        nuisance: ArrayLike | None = None,
        groups: ArrayLike | None = None,
    ) -> Self:
        """Fit.

        Parameters
        ----------
        X : array of float, shape (n, k)
        y : array of int, shape (n,)
            0 or 1.
        sample_weight : array of float, shape (n,), optional
        nuisance : array of float, shape (n, m), optional
            What moves an answer and is no quality of a person, such as who gave it. Fitted without bounds,
            left out of `decision_function`.
        groups : array of int, shape (n,), optional
            The opening of each row. Employers differ in how many they take; each opening has a level of its
            own, which is left out of `decision_function`.
        """
        columns, answers = validate_data(self, X, y, dtype=np.float64)
        self.classes_ = np.array([0, 1])
        prior = STATED if self.prior is None else self.prior
        n, k = columns.shape
        weight = np.ones(n) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        beside = np.zeros((n, 0)) if nuisance is None else np.asarray(nuisance, dtype=np.float64)
        m = beside.shape[1]
        codes = np.zeros(n, dtype=np.int64) if groups is None else np.unique(groups, return_inverse=True)[1]
        g = 0 if groups is None else int(codes.max()) + 1

        def loss(at: Floats) -> tuple[float, Floats]:
            coef, (level, base), other, own = _apart(at, k, m)
            eta = columns @ coef + level + beside @ other + (own[codes] if g else 0.0)
            wrong = weight * (expit(eta) - answers)
            off = coef - base * prior
            value = float(weight @ (np.logaddexp(0.0, eta) - answers * eta))
            value += self.ridge / 2 * float(off @ off) + self.group_ridge / 2 * float(own @ own)
            value += OTHER_RIDGE / 2 * float(other @ other)
            down = [columns.T @ wrong + self.ridge * off, [wrong.sum(), -self.ridge * float(off @ prior)]]
            down += [beside.T @ wrong + OTHER_RIDGE * other]
            down += [np.bincount(codes, wrong, minlength=g)[:g] + self.group_ridge * own]
            return value, np.concatenate(down)

        start = np.concatenate([START * prior, [-START / 2, START], np.zeros(m + g)])
        free = (None, None)
        bounds = [(0.0, None)] * k + [free, (0.0, None)] + [free] * (m + g)
        found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
        self.coef_, (self.intercept_, self.base_), self.nuisance_coef_, own = _apart(found.x, k, m)
        levels = own[codes] if g else 0.0
        self.fitted_ = expit(self.decision_function(columns) + beside @ self.nuisance_coef_ + levels)
        return self

    def decision_function(self, X: ArrayLike) -> Floats:
        """Return the log-odds, shape (n,), for an opening like the others."""
        check_is_fitted(self, "coef_")
        columns = validate_data(self, X, reset=False, dtype=np.float64)
        eta: Floats = columns @ self.coef_ + self.intercept_
        return eta

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Return the shares of no and yes, shape (n, 2)."""
        yes = expit(self.decision_function(X))
        return np.column_stack([1.0 - yes, yes])

    def predict(self, X: ArrayLike) -> NDArray[np.int64]:
        """Return 1 where a yes is likelier than a no."""
        more: NDArray[np.int64] = (self.decision_function(X) > 0).astype(np.int64)
        return more


START = 4.0
"""Log-odds between nothing and everything fitting, from which the search begins."""
OTHER_RIDGE = 1e-3
"""Keeps a nuisance that separates the answers from running away."""


def _apart(at: Floats, k: int, m: int) -> tuple[Floats, Floats, Floats, Floats]:
    return at[:k], at[k : k + 2], at[k + 2 : k + 2 + m], at[k + 2 + m :]
