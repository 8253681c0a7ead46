"""Commands may tell the compiler where its kernels live; no test shall hear of another's."""

import os

import pytest

from counterpoint.cli._kernels import kernel_folder


@pytest.fixture(autouse=True)
def own_kernel_setting(monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", os.environ.get("NUMBA_CACHE_DIR") or str(kernel_folder()))
