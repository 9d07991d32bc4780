from django.urls import path

from . import views

urlpatterns = [
    path("voyages", views.voyages),
    path("voyages/active", views.active_voyages),
    path("voyages/first", views.first_voyages),
    path("voyages/flags", views.flags_of_voyages),
    path("voyages/past", views.past_charters),
]
