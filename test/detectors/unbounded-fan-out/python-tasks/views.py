import graphene
from django.views import View
from rest_framework.viewsets import ViewSet

from tasks import Membership, Notice, report_to_staff, send_mail_to, tell_members, track_member


class Club(View):
    def post(self, request, club):
        tell_members.delay(club)

    def put(self, request, club):
        report_to_staff(request.POST["text"])


# Routed by name: `ClubViewSet.as_view({"post": "announce"})`.
class ClubViewSet(ViewSet):
    def announce(self, request, club):
        recipients = []
        for member in Membership.objects.filter(club=club):
            recipients.append(member)
        for recipient in recipients:
            Notice.objects.create(member=recipient)  # want "Each call of `ClubViewSet.announce` makes 1 row .*for each of `recipients`"

    def _announce(self, request, club):
        for member in Membership.objects.filter(club=club):
            Notice.objects.create(member=member)

    def invite(self, request):
        for email in request.data.get("emails"):
            send_mail_to.delay(email)  # want "Each call of `ClubViewSet.invite` sends 1 message"

    def count(self, request):
        for member in request.data.get("members"):
            track_member.delay(member)

    def reorder(self, request):
        for name in request.data.get("names"):
            send_mail_to.delay(name)  # want-info "The request names them"


class CloseClub(graphene.Mutation):
    def mutate(root, info, club):
        for member in Membership.objects.filter(club=club):
            Notice.objects.create(member=member)  # want "Each call of `CloseClub.mutate` makes 1 row"
