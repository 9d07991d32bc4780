import asyncpg
from fastapi import FastAPI, Request
from pydantic import BaseModel

app = FastAPI()


class Shout(BaseModel):
    text: str
    emails: list[str]


@app.post("/shout")
async def shout(body: Shout, request: Request):
    await deliver(request.app.state.pool, body)


async def deliver(pool: asyncpg.Pool, said: Shout):
    for to in said.emails:
        await pool.execute("INSERT INTO outbox (recipient) VALUES ($1)", to)  # want "for each of `said.emails`\. None of four .* no expiry\.$"
