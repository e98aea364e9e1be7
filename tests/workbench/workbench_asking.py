"""Asking the workbench as a browser on its own pages would."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient

BASE = "http://127.0.0.1:8000"


class Browser:
    """A client that behaves as a browser on our own pages: it sends the origin and the form's secret."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        found = re.search(r'name="secret" value="([^"]+)"', client.get("/add").text)
        self.secret = found[1] if found else ""

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, **fields: object) -> int:
        data = {"secret": self.secret, **fields}
        return self.client.post(path, data=data, headers={"origin": BASE}, follow_redirects=False).status_code
