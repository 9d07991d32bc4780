import socketserver

import psycopg2

from horns import Horns

connection = psycopg2.connect("dbname=harbour")


class Harbour:
    def __init__(self):
        self.members = set()


harbour = Harbour()
horns = Horns(harbour)
COMMANDS = {"sound": horns.sound}
CHECKS = {"test": horns.test}


class Caller(socketserver.StreamRequestHandler):
    def handle(self):
        sailor = self.rfile.readline().decode()
        harbour.members.add(sailor)
        with connection.cursor() as cursor:
            for member in harbour.members:
                cursor.execute("INSERT INTO arrivals (member) VALUES (%s)", (member,))  # want "^Each call of `Caller.handle` makes 1 INSERT on `arrivals` for each of .*None of four"
        for line in self.rfile:
            word, *words = line.decode().split()
            COMMANDS[word](sailor, words)
        harbour.members.discard(sailor)


# What nothing calls, and no server has run.
class Log:
    def handle(self):
        with connection.cursor() as cursor:
            for member in harbour.members:
                cursor.execute("INSERT INTO logs (member) VALUES (%s)", (member,))
