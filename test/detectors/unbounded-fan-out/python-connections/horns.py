import psycopg2

connection = psycopg2.connect("dbname=harbour")


class Horns:
    def __init__(self, harbour):
        self.harbour = harbour

    def sound(self, sailor, words):
        with connection.cursor() as cursor:
            for member in self.harbour.members:
                cursor.execute("INSERT INTO horns (member) VALUES (%s)", (member,))  # want "makes 1 INSERT on `horns` for each of .*None of four protections"

    # In no table of commands.
    def test(self, sailor, words):
        with connection.cursor() as cursor:
            for member in self.harbour.members:
                cursor.execute("INSERT INTO tests (member) VALUES (%s)", (member,))
