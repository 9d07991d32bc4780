from celery import shared_task
from django.contrib.auth.models import User
from rest_framework.viewsets import ViewSet

from models import Invitation, Notice, ProjectPage, Score, Singer, Stock


@shared_task
def send_mail_to(address):
    print(address)


class PageViewSet(ViewSet):
    # A page is in few projects.
    def duplicate(self, request, page):
        project_ids = ProjectPage.objects.filter(page=page).values_list("project", flat=True)
        for project_id in project_ids:
            ProjectPage.objects.create(page=page, project=project_id)  # want-info "There are few of these, by their name\.$"

    # What makes duplicates looks for none.
    def duplicate_notices(self, request, choir):
        for singer in Singer.objects.filter(choir=choir).distinct():
            Notice.objects.create(text=singer)  # want "no cooldown or rate limit, no cap and no expiry\."


class InvitationViewSet(ViewSet):
    def accept(self, request):
        invitations = Invitation.objects.filter(email=request.user.email)
        for invitation in invitations:
            Notice.objects.create(text=invitation.email)  # want-info "Afterwards they are used up: another request finds them no more\.$"
        invitations.delete()

    def detach(self, request):
        singers = Singer.objects.filter(choir=request.data["choir"])
        for singer in singers:
            Notice.objects.create(text=singer)  # want-info "Afterwards they are used up"
        singers.update(choir=None)

    def rename(self, request):
        singers = Singer.objects.filter(choir=request.data["choir"])
        for singer in singers:
            Notice.objects.create(text=singer)  # want "for each of `singers`"
        singers.update(choir=request.data["name"])

    # People whom the request names, in a list that is put together.
    def invite(self, request):
        users = User.objects.filter(email__in=[row["email"] for row in request.data["rows"]])
        for user in users:
            send_mail_to.apply_async(args=[user.email])  # want "Each call of `InvitationViewSet.invite` sends 1 message .*for each of `users`"

    # Rows for what the request names, in a list that is put together: nothing is sent.
    def mark(self, request):
        scores = Score.objects.filter(id__in=[row["id"] for row in request.data["rows"]])
        for score in scores:
            Stock.objects.create(text=score.choir)

    # Looked up before, and made where there was none.
    def restock(self, request, choir):
        for score in Score.objects.filter(choir=choir):
            stock = Stock.objects.filter(score=score).first()
            if stock is None:
                stock = Stock.objects.create(score=score)
