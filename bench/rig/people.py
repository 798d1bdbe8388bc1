"""Accounts and applications for a bench. An account may hold 30 drafts and 8 live pages, so a bench needs many
accounts; they are added to the demonstration's database beside its own, with the same password. Everything after
that goes through the doors, as a person's browser would."""

import base64
import sqlite3
import subprocess
import urllib.parse
import uuid

from . import load, places
from .hall import PASSWORD

# one white pixel
PHOTO = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx"
    "NDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/9oACAEBAAA/APn+v//Z"
)
DRAFTS_EACH = 25
ITEM = "gljt"

PAGES = [
    ("who", {"f.applicant": "self"}),
    ("elder", {"f.household": "wanghe_wanghe", "f.live_address": "青禾区望河街道望河社区示例路 6 号", "f.elder_phone": "19900000001"}),
    ("family", {"rows.contacts": "1", "f.contact_name.1": "陈某", "f.contact_relation.1": "child", "f.contact_phone.1": "19900000002"}),
    ("account", {"f.account_name": "李某", "f.bank": "icbc", "f.bank_card": "6222020000000000000"}),
]


def form(fields):
    return urllib.parse.urlencode(fields).encode()


def said(answers, status="303"):
    """Every answer must be this; otherwise the bench would measure refusals."""
    seen = answers.statuses()
    if set(seen) != {status}:
        wrong = next(a for a in answers.bytes if a[9:12].decode() != status)
        raise SystemExit(f"✗ expected {status} only, got {dict(seen)}: {wrong[:600].decode(errors='replace')}")
    return answers


def add_accounts(hall, like, count):
    """`count` accounts that are copies of `like`: bench-{like}-1 …; answers their names."""
    if hall.sqlite:
        numbers, new_id = f"with recursive n(i) as (select 1 union all select i + 1 from n where i < {count})", "randomblob(16)"
    else:
        numbers, new_id = f"with n(i) as (select generate_series(1, {count}))", "gen_random_uuid()"
    statements = [
        f"{numbers} insert into accounts (id, login, kind, display_name, password_hash, party_id, demo, failed, created_at) "
        f"select {new_id}, 'bench-{like}-' || i, kind, display_name, password_hash, party_id, demo, 0, created_at "
        f"from accounts, n where login = '{like}'",
        f"insert into staff (account_id, unit_id) select b.id, s.unit_id from accounts a, accounts b, staff s "
        f"where a.login = '{like}' and s.account_id = a.id and b.login like 'bench-{like}-%'",
        f"insert into posts (account_id, unit_id, post, items) select b.id, p.unit_id, p.post, p.items "
        f"from accounts a, accounts b, posts p where a.login = '{like}' and p.account_id = a.id and b.login like 'bench-{like}-%'",
    ]
    if hall.sqlite:
        with sqlite3.connect(hall.sqlite, timeout=30) as database:
            for statement in statements:
                database.execute(statement)
        database.close()
    else:
        subprocess.run([places.POSTGRES / "psql", "-qX", "-v", "ON_ERROR_STOP=1", hall.postgres], input=";\n".join(statements), text=True, check=True)
    return [f"bench-{like}-{n}" for n in range(1, count + 1)]


def sign_in(hall, logins):
    """Cookies of these accounts. Passwords are slow to check on purpose: about 25 a second here."""
    asked = [load.request("POST", "/sign-in", body=form({"account": login, "password": PASSWORD})) for login in logins]
    answers = said(load.closed_loop(hall.port, asked, 8))
    return [load.header(answer, "set-cookie").split(";")[0] for answer in answers.bytes]


def photo_part(draft, photo=PHOTO):
    """A page of the form with its file: address, body, media type."""
    edge = "bench-edge"
    head = f'--{edge}\r\ncontent-disposition: form-data; name="act"\r\n\r\nsave\r\n--{edge}\r\n'
    head += 'content-disposition: form-data; name="f.elder_photo"; filename="照片.jpg"\r\ncontent-type: image/jpeg\r\n\r\n'
    body = head.encode() + photo + f"\r\n--{edge}--\r\n".encode()
    return f"/apply/{ITEM}/{draft}/photo", body, f"multipart/form-data; boundary={edge}"


def begin(hall, cookie, code=ITEM, **fields):
    """Starts a form; the path of its draft."""
    begun = said(load.closed_loop(hall.port, [load.request("POST", f"/apply/{code}/start", cookie, form({"key": uuid.uuid4().hex, **fields}))], 1))
    return "/".join(load.header(begun.bytes[0], "location").split("?")[0].split("/")[:4])


def fill_drafts(hall, cookies, count):
    """`count` drafts, filled in to the end: pairs of cookie and draft."""
    owners = [cookies[n // DRAFTS_EACH] for n in range(count)]
    begin = [load.request("POST", f"/apply/{ITEM}/start", c, form({"key": uuid.uuid4().hex})) for c in owners]
    begun = said(load.closed_loop(hall.port, begin))
    drafts = [load.header(answer, "location").rsplit("/", 1)[1] for answer in begun.bytes]
    for page, fields in PAGES:
        body = form({**fields, "act": "save"})
        asked = [load.request("POST", f"/apply/{ITEM}/{d}/{page}", c, body) for c, d in zip(owners, drafts)]
        said(load.closed_loop(hall.port, asked))
    asked = []
    for cookie, draft in zip(owners, drafts):
        path, body, kind = photo_part(draft)
        asked.append(load.request("POST", path, cookie, body, kind))
    said(load.closed_loop(hall.port, asked))
    return list(zip(owners, drafts))


def submits(drafts):
    """The requests that hand them in, each under a key of its own."""
    return [
        load.request("POST", f"/apply/{ITEM}/{d}/submit", c, form({"key": f"submit-{d}", "d.truth": "on", "d.tell": "on"}))
        for c, d in drafts
    ]


def handed_in(answers):
    """Every submit must have led to its case, not back to the form."""
    for answer in said(answers).bytes:
        if "/my/cases/" not in load.header(answer, "location"):
            raise SystemExit(f"✗ a submit was refused: {answer[:300].decode(errors='replace')}")
    return answers
