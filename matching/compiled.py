"""Whether the kernels are compiled: by numba where it is there, else plain numpy with identical lists."""

import os
from collections.abc import Callable
from typing import Any

try:
    import numba
except ImportError:  # a machine without the compiler ranks more slowly, never differently
    numba = None  # type: ignore[assignment]

ON = numba is not None and os.environ.get("BEN_VIEC_NUMPY") != "1"
"""False where numba is missing, or switched off by BEN_VIEC_NUMPY=1."""


def jit(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a kernel once for all processes; it runs without the interpreter's lock.

    Without numba the function is returned as it is, and nobody calls it: see `ON`.
    """
    return numba.njit(cache=True, nogil=True)(function) if ON else function
