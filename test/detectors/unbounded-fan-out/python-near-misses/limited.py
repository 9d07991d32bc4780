from fastapi import FastAPI
from slowapi import Limiter
from slowapi.util import get_remote_address

from store import cursor

app = FastAPI()
limiter = Limiter(key_func=get_remote_address)


@app.post("/limited")
@limiter.limit("5/minute")
def limited(branch: str):
    cursor.execute("SELECT id FROM readers WHERE branch = %s", (branch,))
    readers = cursor.fetchall()
    for reader in readers:
        cursor.execute("INSERT INTO holds (reader) VALUES (%s)", (reader,))
