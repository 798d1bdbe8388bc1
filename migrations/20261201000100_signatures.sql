-- Who was asked to sign a draft besides whoever fills it in, and what they said. `digest` finds the person by their number without
-- keeping it; `substance` is what they signed last, under the draft's key.
create table signatures (
    id          uuid        primary key,
    draft_id    uuid        not null,
    signer      text        not null,
    digest      text        not null,
    state       text        not null,
    asked_by    uuid        not null,
    asked_at    timestamptz not null,
    expires_at  timestamptz not null,
    account_id  uuid,
    answered_at timestamptz,
    hash        text        not null,
    substance   bytea,
    words       bytea,
    unique (draft_id, signer)
);
create index signatures_by_digest on signatures (digest, state, id);
create index signatures_by_expiry on signatures (state, expires_at, id);
