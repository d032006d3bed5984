"""An API client of the whole application, as another system would be one."""

from typing import Any

from starlette.testclient import TestClient

from app.context import Context


class ApiClient:
    """Calls the API with a token; `get` and `post` want success and return the JSON."""

    def __init__(self, client: TestClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    @property
    def parts(self) -> Context:
        """What the application that it calls stands on."""
        parts: Context = self.client.app.state.context  # type: ignore[attr-defined]
        return parts

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.request(
            method, f"/api/v1{path}", json=body, headers=self.headers | headers
        )

    def get(self, path: str) -> Any:
        answer = self.request("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any, status: int = 201, **headers: str) -> Any:
        answer = self.request("POST", path, body, **headers)
        assert answer.status_code == status, answer.text
        return answer.json()
