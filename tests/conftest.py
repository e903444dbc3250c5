"""What all tests share: an environment that is the same everywhere, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.model_server import ModelServer, serving

if TYPE_CHECKING:
    from index.search import Index

REQUIRE_BROWSER = "POLICY_ASSISTANT_REQUIRE_BROWSER"

# Set before anything heavy is imported: no network, no settings of the person who runs the tests, and one thread,
# since threads that contend for few cores are many times slower than one.
for name in [name for name in os.environ if name.startswith("POLICY_ASSISTANT_") and name != REQUIRE_BROWSER]:
    del os.environ[name]
os.environ |= {
    "HF_HUB_OFFLINE": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",
    "OMP_NUM_THREADS": "1",
    "NO_PROXY": "127.0.0.1,localhost",
    "no_proxy": "127.0.0.1,localhost",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the browser and run them last: its event loop would stand in the way of asyncio.run."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; without one the test is skipped, or fails where a browser is required."""
    names = (os.environ.get("CHROMIUM"), "/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")
    executable = next((path for name in names if name and (path := shutil.which(name))), None)
    if executable is None:
        message = "no Chromium found: install chromium or name one in CHROMIUM"
        if os.environ.get(REQUIRE_BROWSER) == "1":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)
    flags = ["no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-background-networking"]
    flags += ["disable-component-update", "disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=[f"--{flag}" for flag in flags])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The index of the bundled corpus, built once for all tests."""
    from corpus.library import BUNDLED
    from index.build import open_index

    return open_index(BUNDLED, tmp_path_factory.mktemp("index"), "embedded", lambda _: None)


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """A server in the place of a language model, on a port of its own."""
    with serving() as server:
        yield server
