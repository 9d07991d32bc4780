import asyncpg
from fastapi import FastAPI, Request

app = FastAPI()


@app.on_event("startup")
async def begin():
    pool = await asyncpg.create_pool()
    app.state.tows = await pool.fetch("SELECT id, ship FROM tows")  # want "^At start-up the whole table `tows` is read: .* nothing in the workspace deletes any\.$"
    app.state.tugs = await pool.fetch("SELECT id FROM tugs")


# Whose pool it is nobody knows.
@app.post("/tows")
async def tow(request: Request):
    await app.state.pool.execute("INSERT INTO tows (ship) VALUES ($1)", await request.body())
