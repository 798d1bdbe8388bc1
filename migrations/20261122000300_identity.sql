create table units (
    id         uuid   primary key,
    parent_id  uuid   references units (id),
    level      bigint not null,
    area_code  text   not null,
    name       text   not null,
    short_name text   not null,
    code       text   not null unique
);
create index units_by_parent on units (parent_id);

create table parties (
    id                uuid        primary key,
    kind              text        not null,
    name              text        not null,
    organisation_code text        unique,
    sealed_profile    bytea,
    level             bigint      not null,
    created_at        timestamptz not null
);

create table accounts (
    id            uuid        primary key,
    login         text        not null unique,
    kind          text        not null,
    display_name  text        not null,
    password_hash text        not null,
    party_id      uuid        references parties (id),
    demo          boolean     not null,
    failed        bigint      not null,
    locked_until  timestamptz,
    closed_at     timestamptz,
    created_at    timestamptz not null
);
create index accounts_by_party on accounts (party_id);
create index accounts_by_kind on accounts (kind, login);

create table agencies (
    id          uuid  primary key,
    account_id  uuid  not null references accounts (id),
    party_id    uuid  not null references parties (id),
    power       text  not null,
    items       jsonb not null,
    valid_from  date  not null,
    valid_until date,
    revoked_at  timestamptz
);
create index agencies_by_account on agencies (account_id);
create index agencies_by_party on agencies (party_id);

create table staff (
    account_id uuid primary key references accounts (id),
    unit_id    uuid not null references units (id)
);
create index staff_by_unit on staff (unit_id);

create table posts (
    account_id uuid  not null references accounts (id),
    unit_id    uuid  not null references units (id),
    post       text  not null,
    items      jsonb not null,
    primary key (account_id, unit_id, post)
);
create index posts_by_unit on posts (unit_id, post);

create table delegations (
    id          uuid        primary key,
    from_party  uuid        not null references parties (id),
    to_party    uuid        not null references parties (id),
    relation    text        not null,
    scope       jsonb       not null,
    valid_from  date        not null,
    valid_until date,
    revoked_at  timestamptz,
    created_at  timestamptz not null
);
create index delegations_from on delegations (from_party);
create index delegations_to on delegations (to_party);

-- Only the hash of a session's id rests here.
create table sessions (
    id_hash    text        primary key,
    data       bytea       not null,
    expires_at timestamptz not null
);
create index sessions_by_expiry on sessions (expires_at);

-- Who of the staff looked at whose personal data, and why.
create table accesses (
    id         uuid        primary key,
    batch      uuid        not null,
    at         timestamptz not null,
    account_id uuid        not null,
    noun       text        not null,
    noun_id    text        not null,
    why        text        not null
);
create index accesses_of on accesses (noun, noun_id, id);
create index accesses_by_account on accesses (account_id, id);
create index accesses_by_batch on accesses (batch, id);
