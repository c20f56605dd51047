"""How hypothesis runs: without deadlines, since time is no matter of tests; in the gate with the same examples each time.
And where tests keep what they compile, and look for schemas: in folders of their own.
"""

import os

import pytest
from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate" if os.environ.get("CI") else "desk")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    os.environ["TEIWRIGHT_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["TEIWRIGHT_STORE"] = str(tmp_path_factory.mktemp("store"))
    os.environ.pop("XML_CATALOG_FILES", None)
