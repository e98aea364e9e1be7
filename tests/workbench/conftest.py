from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from workbench_asking import BASE, Browser
from workbench_pages import made

from trucewatch import truces
from trucewatch.store import Store
from trucewatch.workbench import create_app


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "w.db") as opened:
        for reading in made():
            opened.add(reading)
        yield opened


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    app = create_app(store, truces.get("syria-coh-2016"), who="Ada")
    with TestClient(app, base_url=BASE) as opened:
        yield opened


@pytest.fixture
def browser(client: TestClient) -> Browser:
    return Browser(client)
