import asyncpg

from fastapi import FastAPI

app = FastAPI()
COMMANDS = {}


def command(name):
    def register(fn):
        COMMANDS[name] = fn
        return fn

    return register


class Charts:
    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool

    async def members(self, sector: int) -> list[str]:
        return [row["id"] for row in await self.pool.fetch("SELECT id FROM members WHERE sector = $1", sector)]


# What an argument is asked for is not what was handed in.
@command("hail")
async def hail(charts: Charts, pool: asyncpg.Pool, sector: int):
    members = await charts.members(sector)
    for member in members:
        await pool.execute("INSERT INTO hails (member) VALUES ($1)", member)  # want "^Each call of `hail` makes 1 INSERT on `hails` for each of `members`\. None of four"


async def rest(charts: Charts, pool: asyncpg.Pool, sector: int):
    for member in await charts.members(sector):
        await pool.execute("INSERT INTO rests (member) VALUES ($1)", member)
