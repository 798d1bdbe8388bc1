-- What happened, in the order it happened. Rows of `events` are never changed and never removed.
create table events (
    id          uuid        primary key,
    noun        text        not null,
    stream      text        not null,
    seq         bigint      not null,
    happened_at timestamptz not null,
    recorded_at timestamptz not null,
    origin      text        not null,
    origin_id   text        not null,
    kind        text        not null,
    version     bigint      not null,
    actor       text        not null,
    -- text, not jsonb: the chain is computed over these very bytes
    payload     text        not null,
    unique (noun, stream, seq),
    unique (origin, origin_id)
);

-- Saved with their events; the sequencer moves them into `log`.
create table pending (
    event_id uuid   primary key,
    noun     text   not null,
    stream   text   not null,
    seq      bigint not null,
    unique (noun, stream, seq)
);

-- The one order. chain = SHA-256(previous chain, position, event).
create table log (
    position bigint primary key,
    event_id uuid   not null unique,
    chain    bytea  not null
);

-- How far each reader of the log has come.
create table readers (
    name     text   primary key,
    position bigint not null
);

-- What must happen once across all servers is done by whoever holds the lease.
create table leases (
    name   text        primary key,
    holder text        not null,
    until  timestamptz not null
);

-- Next free serial number of an area on a day.
create table serials (
    area text   not null,
    day  date   not null,
    next bigint not null,
    primary key (area, day)
);

-- One row per creating act: a replay gets the same answer.
create table idempotency (
    actor      text        not null,
    act        text        not null,
    key        text        not null,
    body_hash  text        not null,
    answer     jsonb,
    claimed_at timestamptz not null,
    primary key (actor, act, key)
);
create index idempotency_age on idempotency (claimed_at);
