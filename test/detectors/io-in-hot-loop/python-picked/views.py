import psycopg2
from django.db.models.signals import m2m_changed
from django.urls import path

from .models import Basket

connection = psycopg2.connect("dbname=orchard")
cursor = connection.cursor()


# What Django tells of one edit.
def fruits_added(instance, pk_set, **kwargs):
    for key in pk_set:
        cursor.execute("SELECT name FROM fruits WHERE id = %s", [key])  # want-info "Somebody changes something with it, and does so now and then\.$"


m2m_changed.connect(fruits_added, Basket.fruits.through)


def upload(request):
    for name in request.FILES:
        cursor.execute("INSERT INTO pictures (name) VALUES (%s)", [name])  # want-info "They are parts of the one thing that a request brings along\.$"


def empty(request):
    for name in request.POST:
        cursor.execute("DELETE FROM pictures WHERE name = %s", [name])  # want-info "Somebody changes something with it, and does so now and then\.$"


urlpatterns = [path("upload/", upload), path("empty/", empty)]
