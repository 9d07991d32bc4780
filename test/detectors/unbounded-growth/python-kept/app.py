from collections import defaultdict
from functools import cache, lru_cache

from fastapi import FastAPI

app = FastAPI()
notes: dict[str, list[str]] = defaultdict(list)
calls = defaultdict(list)


@app.post("/notes/{ship}")
async def note(ship: str, text: str):
    notes[ship].append(text)  # want "notes` only ever grows: each request to `/notes/\{ship\}` adds to it\. .* its size\.$"


@app.post("/calls/{ship}")
async def call(ship: str, text: str):
    if len(calls[ship]) > 10:
        calls[ship].pop(0)
    calls[ship].append(text)


@lru_cache(maxsize=None)
def slug(title: str) -> str:  # want "The cache of `slug` has no bound: each request to `/slug` may add a result to it, since `title` comes with the request"
    return "-".join(title.lower().split())


@lru_cache(maxsize=100)
def slug_of_few(title: str) -> str:
    return "-".join(title.lower().split())


@cache
def settings() -> dict:
    return {}


@cache
def template(name: str) -> str:
    return name


@app.get("/slug")
def get_slug(title: str):
    return {"slug": slug(title), "few": slug_of_few(title), "page": template("slug"), "settings": settings()}
