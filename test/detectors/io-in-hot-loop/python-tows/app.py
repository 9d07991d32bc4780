import psycopg2
import requests
from celery import shared_task

connection = psycopg2.connect("dbname=river")
cursor = connection.cursor()


# What a task does for each takes longer than the row.
@shared_task
def tow(barges: list[dict]):
    for barge in barges:
        requests.post("https://tug.example/tow", json={"name": barge["name"]})
        cursor.execute("UPDATE barges SET towed = true WHERE name = %s", [barge["name"]])  # want-info "What else is done for each of them takes longer: `requests.post`\.$"


@shared_task
def moor():
    cursor.execute("SELECT name FROM barges")
    for barge in cursor.fetchall():
        cursor.execute("UPDATE barges SET moored = true WHERE name = %s", [barge[0]])  # want "1 UPDATE on `barges`\.$"


# A message that names them all would have to be long.
@shared_task
def cast_off(barges: list[dict]):
    for barge in barges:
        cursor.execute("UPDATE barges SET moored = false WHERE name = %s", [barge["name"]])  # want-info "There are as many as the message names\.$"
