"""The least a server can do with the same request: read and check the body, answer."""

from typing import Annotated

from fastapi import Body, FastAPI

from app.schemas.shapes import TakedownIn

app = FastAPI(openapi_url=None)


@app.post("/takedowns", status_code=201)
async def create(body: Annotated[TakedownIn, Body()]) -> dict[str, str]:
    """Answer without doing anything."""
    return {"case_ref": body.case_ref}


@app.get("/api/v1/health/ready")
async def ready() -> dict[str, str]:
    """Tell that it answers."""
    return {"status": "ready"}
