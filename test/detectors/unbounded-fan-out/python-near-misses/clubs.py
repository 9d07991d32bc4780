from django.db import models
from django.views import View


class Membership(models.Model):
    club = models.TextField()


class Notice(models.Model):
    text = models.TextField()


class Seat(models.Model):
    text = models.TextField()


class Chosen(View):
    def post(self, request):
        chosen = request.POST.getlist("members")
        for member in Membership.objects.filter(id__in=request.POST.getlist("members")):
            Seat.objects.create(member=member, text=str(chosen))


class Moved(View):
    def post(self, request, club):
        for member in Membership.objects.filter(club=club):
            Notice.objects.create(member=member, text="moved")
            member.delete()


class Known(View):
    def post(self, request, club):
        for member in Membership.objects.filter(club=club):
            tell(member)


def tell(member):
    notice = Notice.objects.filter(member=member).first()
    if not notice:
        notice = Notice.objects.create(member=member)
    notice.save()


class Flags(View):
    def post(self, request):
        for member in Membership.objects.filter(club="x").select_for_update()[:20]:
            Notice.objects.create(member=member)
