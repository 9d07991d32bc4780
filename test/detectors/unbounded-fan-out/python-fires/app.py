import threading

from celery import Celery
from fastapi import FastAPI
from sqlalchemy.orm import Session

from store import Reader, Reminder, cursor, engine

app = FastAPI()
celery = Celery("library")


@celery.task
def send_letter(reader_id, text):
    print(reader_id, text)


def readers_of(branch):
    cursor.execute("SELECT id FROM readers WHERE branch = %s", (branch,))
    return cursor.fetchall()


@app.post("/branches/{branch}/news")
def post_news(branch: str, text: str):
    for reader in readers_of(branch):
        send_letter.delay(reader, text)  # want "Each request to `/branches/{branch}/news` sends 1 message .* for each of `readers_of\(…?\)`|Each request to `/branches/{branch}/news` sends 1 message"


@app.post("/branches/{branch}/holds")
def hold_all(branch: str):
    readers = readers_of(branch)
    for reader in readers:
        remember(reader)  # want "Each request to `/branches/{branch}/holds` makes 1 INSERT on `holds` for each of `readers`.* no cooldown or rate limit, no de-duplication, no cap and no expiry"


def remember(reader):
    cursor.execute("INSERT INTO holds (reader) VALUES (%s)", (reader,))


@app.post("/reminders")
def remind(branch: str):
    with Session(engine) as session:
        for reader in readers_of(branch):
            session.add(Reminder(reader=reader))  # want "Each request to `/reminders` makes 1 row"
        session.commit()


@app.post("/visits")
def visit(branch: str):
    for reader in readers_of(branch):
        threading.Thread(target=remember, args=(reader,)).start()  # want "Each request to `/visits` starts 1 thread for each of"
