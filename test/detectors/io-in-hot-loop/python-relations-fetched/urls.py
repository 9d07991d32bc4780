from django.urls import path

from . import views

urlpatterns = [
    path("voyages/joined", views.joined_voyages),
    path("voyages/later", views.joined_later),
    path("voyages/flown", views.flags_fetched),
    path("voyages/described", views.flags_described),
    path("voyages/counted", views.flags_filtered),
    path("voyages/keys", views.keys_of_voyages),
    path("voyages/logs", views.logs_of_voyages),
    path("voyages/rows", views.rows_of_voyages),
    path("charters", views.charters),
    path("skippers", views.skippers),
]
