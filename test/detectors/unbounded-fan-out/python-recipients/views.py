from django.contrib.auth.models import User
from django.db import models
from django.dispatch import Signal, receiver
from rest_framework.viewsets import ViewSet

from choir_letters import letter_to

weekly_round = Signal()
periodic_round = Signal()


class Follow(models.Model):
    singer = models.ForeignKey(User, on_delete=models.CASCADE)


class Notice(models.Model):
    singer = models.ForeignKey(User, on_delete=models.CASCADE)


def followers_of(concert):
    follows = Follow.objects.filter(concert=concert)
    return [follow.singer for follow in follows]


class ConcertViewSet(ViewSet):
    def create(self, request):
        followers = {follow.singer for follow in Follow.objects.filter(concert=request.data["concert"])}
        for follower in followers:
            Notice.objects.create(singer=follower)  # want "makes 1 row .*for each of `followers`"

    def update(self, request):
        followers = followers_of(request.data["concert"])
        for follower in followers:
            Notice.objects.create(singer=follower)  # want "makes 1 row .*for each of `followers`"

    def destroy(self, request):
        for follower in followers_of(request.data["concert"]):
            email = letter_to(follower)
            email.send()  # want "sends 1 message \(`email\.send`\)"

    # Numbers are nobody.
    def retrieve(self, request):
        followers = [int(part) for part in request.data["places"]]
        for follower in followers:
            Notice.objects.create(singer=follower)


class ReportViewSet(ViewSet):
    def create(self, request):
        moderation_report(request.data["concert"])
        attendance_report(request.data["concert"])


# Those who are told are few, by the name of what tells them.
def moderation_report(concert):
    for person in User.objects.filter(groups__name__in=["a", "b"]):
        email = letter_to(person)
        email.send()  # want-info "There are few of these, by their name\.$"


def attendance_report(concert):
    for person in User.objects.filter(concert=concert):
        email = letter_to(person)
        email.send()  # want "sends 1 message \(`email\.send`\)"


# Sent when it is time, and not because somebody asks.
@receiver(periodic_round)
def write_to_all(sender, **kwargs):
    for follow in Follow.objects.filter(concert=None):
        Notice.objects.create(singer=follow.singer)
