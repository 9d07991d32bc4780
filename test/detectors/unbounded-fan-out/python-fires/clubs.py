from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.views import View
from flask import Blueprint
from rest_framework.viewsets import ModelViewSet

tasks = Blueprint("tasks", __name__)


class Club(models.Model):
    name = models.TextField()


class Membership(models.Model):
    club = models.ForeignKey(Club, on_delete=models.CASCADE)


class Notice(models.Model):
    text = models.TextField()


class NoticeBoard(View):
    def post(self, request, club):
        members = list(Membership.objects.filter(club=club).order_by("id"))
        for member in members:
            Notice.objects.create(member=member, text=request.POST["text"])  # want "Each call of `NoticeBoard.post` makes 1 row"


class Clubs(ModelViewSet):
    def perform_update(self, serializer):
        for member in Membership.objects.filter(club=serializer.instance):
            Notice.objects.create(member=member, text="changed")  # want "Each call of `Clubs.perform_update` makes 1 row"


# A request that saves a club runs this.
@receiver(post_save, sender=Club)
def tell_members(sender, instance, **kwargs):
    for member in instance.members.all():
        Notice.objects.create(member=member, text="saved")  # want "Each call of `tell_members` makes 1 row .* for each of `instance.members`"


# Neither an import nor a task of a queue.
@tasks.route("/tasks/important", methods=["POST"])
def post_important():
    for member in Membership.objects.all():
        Notice.objects.create(member=member, text="important")  # want "Each request to `/tasks/important` makes 1 row"
