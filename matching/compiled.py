"""Whether loops are compiled by numba, decided once.

Every compiled kernel has a twin in plain numpy that gives the same integers. The twin works where numba is
missing or `BEN_VIEC_NUMPY=1` is set, and is what the tests compare the kernel with.
"""

import importlib.util
import os
from collections.abc import Callable
from typing import Any, TypeVar, cast

Kernel = TypeVar("Kernel", bound=Callable[..., Any])

ON = os.environ.get("BEN_VIEC_NUMPY") != "1" and importlib.util.find_spec("numba") is not None
"""True where kernels are compiled; read by the callers that choose between kernel and twin."""


def jit(kernel: Kernel) -> Kernel:
    """Compile a loop on its first call, keep the result on disk, and let other threads run meanwhile.

    Parameters
    ----------
    kernel : callable
        A function of arrays and numbers in the part of Python that numba knows.

    Returns
    -------
    callable
        The compiled function; the function itself, slow but the same, where `ON` is False.
    """
    if not ON:
        return kernel
    import numba

    try:
        return cast(Kernel, numba.njit(cache=True, nogil=True)(kernel))
    except RuntimeError:  # nowhere to keep the result: compiled anew in each process
        return cast(Kernel, numba.njit(nogil=True)(kernel))
