import psycopg
from fastapi import APIRouter, Depends, FastAPI
from fastapi_limiter.depends import RateLimiter

conn = psycopg.connect("")
app = FastAPI()
calm = APIRouter(prefix="/calm", dependencies=[Depends(RateLimiter(times=5, seconds=60))])
open_to_all = APIRouter()


@open_to_all.post("/hail")
def hail(sector: int):
    members = conn.execute("SELECT id FROM members WHERE sector = %s", (sector,)).fetchall()
    for member in members:
        conn.execute("INSERT INTO hails (member) VALUES (%s)", (member[0],))  # want "^Each request to `/hail` makes 1 INSERT on `hails` for each of `members`\. None of four"


@calm.post("/call")
def call(sector: int):
    members = conn.execute("SELECT id FROM members WHERE sector = %s", (sector,)).fetchall()
    for member in members:
        conn.execute("INSERT INTO calls (member) VALUES (%s)", (member[0],))


app.include_router(calm)
app.include_router(open_to_all)
