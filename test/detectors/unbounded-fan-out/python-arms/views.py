from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.throttling import UserRateThrottle

from clubs import Club, Notification


class Seldom(UserRateThrottle):
    rate = "2/min"


class ClubViewSet(viewsets.ModelViewSet):
    queryset = Club.objects.all()

    @action(detail=True, methods=["post"], throttle_classes=[Seldom])
    def limited(self, request, pk=None):
        club = self.get_object()
        for member in club.members.all():
            Notification.objects.create(member=member, text="come")

    # The limit of another action is not its own.
    @action(detail=True, methods=["post"])
    def ping(self, request, pk=None):
        club = self.get_object()
        for member in club.members.order_by("name"):
            Notification.objects.create(member=member, text="come")  # want "Each call of `ClubViewSet.ping` makes 1 row \(`Notification.objects.create`\) for each of .*None of four"


class SlowViewSet(viewsets.ModelViewSet):
    queryset = Club.objects.all()
    throttle_classes = [Seldom]

    @action(detail=True, methods=["post"])
    def ping(self, request, pk=None):
        club = self.get_object()
        for member in club.members.all():
            Notification.objects.create(member=member, text="come")
