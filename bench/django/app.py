"""The personal page by Django: session, account, fifty cases and eight messages of the hall's own tables, by ORM and template.

BENCH_DATABASE names a copy of the hall's SQLite file, BENCH_FRAME the folder with what stands before and after the rows."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings

HERE = Path(__file__).parent
settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.sessions"],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware"],
    # connections are kept, as the hall keeps its own
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BENCH_DATABASE"], "CONN_MAX_AGE": None}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [HERE / "templates"]}],
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

FRAME = Path(os.environ["BENCH_FRAME"])
BEFORE, AFTER = (FRAME / "before.html").read_text(), (FRAME / "after.html").read_text()


class Table(models.Model):
    id = models.BinaryField(primary_key=True)

    class Meta:
        abstract = True
        managed = False
        app_label = "hall"

    def key(self):
        return bytes(self.id).hex()


class Unit(Table):
    name = models.TextField()

    class Meta(Table.Meta):
        db_table = "units"


class Account(Table):
    login = models.TextField()
    display_name = models.TextField()
    party_id = models.BinaryField()

    class Meta(Table.Meta):
        db_table = "accounts"


class Case(Table):
    number = models.TextField()
    item_name = models.TextField()
    party_id = models.BinaryField()
    stage = models.TextField()
    act_by = models.DateField()
    due = models.DateField()
    unit = models.ForeignKey(Unit, models.DO_NOTHING)

    class Meta(Table.Meta):
        db_table = "cases"

    def grouped(self):
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


class Message(Table):
    party_id = models.BinaryField()
    kind = models.TextField()
    body = models.JSONField()
    created_at = models.TextField()

    class Meta(Table.Meta):
        db_table = "messages"


def my(request):
    account = Account.objects.get(pk=bytes.fromhex(request.session["account"]))
    return render(request, "my.html", {
        "before": BEFORE,
        "after": AFTER,
        "name": account.display_name,
        "cases": Case.objects.filter(party_id=account.party_id).select_related("unit").order_by("-id")[:50],
        "messages": Message.objects.filter(party_id=account.party_id).order_by("-id")[:8],
    })


urlpatterns = [path("my", my)]
application = get_wsgi_application()

if __name__ == "__main__":
    # a session for the account of this name: prints its cookie
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", "sessions", verbosity=0)
    session = SessionStore()
    session["account"] = bytes(Account.objects.get(login=sys.argv[1]).id).hex()
    session.create()
    print(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
