from celery import Celery
from fastapi import FastAPI

from store import cursor

app = FastAPI()
celery = Celery("library")


@celery.task
def send_letter(reader_id, text):
    print(reader_id, text)


def readers_of(branch):
    cursor.execute("SELECT id FROM readers WHERE branch = %s", (branch,))
    return cursor.fetchall()


def remember(reader):
    cursor.execute("INSERT INTO holds (reader) VALUES (%s)", (reader,))


@app.post("/capped")
def capped(branch: str):
    for reader in readers_of(branch)[:10]:
        send_letter.delay(reader, "news")


@app.post("/cooled")
def cooled(branch: str):
    if in_cooldown(branch):
        return
    for reader in readers_of(branch):
        send_letter.delay(reader, "news")


def in_cooldown(branch):
    return False


@app.post("/counted")
def counted(branch: str):
    readers = readers_of(branch)
    if len(readers) > 100:
        return
    for reader in readers:
        remember(reader)


@app.post("/imported")
def imported(readers: list[int]):
    for reader in readers:
        remember(reader)


@app.post("/once")
def once(branch: str):
    for reader in readers_of(branch):
        if not already_told(reader):
            cursor.execute("INSERT INTO holds (reader, expires_at) VALUES (%s, now())", (reader,))


def already_told(reader):
    return False


# A queue runs this, not somebody outside.
@celery.task
def nightly(branch):
    for reader in readers_of(branch):
        remember(reader)
