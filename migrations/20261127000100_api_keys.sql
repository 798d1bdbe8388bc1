-- Keys by which an organisation's own system knocks at the open API. The key itself rests nowhere: only its hash.
create table api_keys (
    id          uuid        primary key,
    secret_hash text        not null,
    account_id  uuid        not null references accounts (id),
    party_id    uuid        not null references parties (id),
    name        text        not null,
    created_at  timestamptz not null,
    expires_at  timestamptz,
    revoked_at  timestamptz
);
create unique index api_keys_by_secret on api_keys (secret_hash);
create index api_keys_by_account on api_keys (account_id, id);
