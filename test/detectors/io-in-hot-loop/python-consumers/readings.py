import json

import psycopg2
from kafka import KafkaConsumer

connection = psycopg2.connect("dbname=harbour")
consumer = KafkaConsumer("depths", bootstrap_servers="localhost:9092")
soundings = open("soundings.txt")


def save(frame):
    with connection.cursor() as cursor:
        for reading in frame["readings"]:
            cursor.execute("UPDATE depths SET metres = %s WHERE buoy = %s", (reading["metres"], reading["buoy"]))  # want "× 1 UPDATE on `depths`"


# What is read of a file is no message.
def copy(line):
    frame = json.loads(line)
    with connection.cursor() as cursor:
        for reading in frame["readings"]:
            cursor.execute("UPDATE copies SET metres = %s WHERE buoy = %s", (reading["metres"], reading["buoy"]))


def read_messages():
    for message in consumer:
        save(json.loads(message.value))


def read_file():
    for line in soundings:
        copy(line)
