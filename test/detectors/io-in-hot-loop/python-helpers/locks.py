import asyncio

import asyncpg

pool = asyncpg.create_pool("postgres://locks")


async def every(seconds: float, work):
    while True:
        await work()
        await asyncio.sleep(seconds)


async def after(seconds: float, work):
    await asyncio.sleep(seconds)
    await work()


async def fill():
    for row in await pool.fetch("SELECT id FROM locks WHERE waiting"):
        await pool.execute("UPDATE locks SET filled = true WHERE id = $1", row["id"])  # want "every 15 s × each of"


async def drain():
    for row in await pool.fetch("SELECT id FROM locks WHERE full_up"):
        await pool.execute("UPDATE locks SET filled = false WHERE id = $1", row["id"])


async def main():
    await asyncio.gather(every(15, fill), after(60, drain))


asyncio.run(main())
