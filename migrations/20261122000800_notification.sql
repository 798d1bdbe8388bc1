create table messages (
    id         uuid        primary key,
    event_id   uuid        not null,
    recipient  text        not null,
    party_id   uuid,
    account_id uuid,
    case_id    uuid,
    kind       text        not null,
    body       jsonb       not null,
    created_at timestamptz not null,
    read_at    timestamptz,
    unique (event_id, recipient)
);
create index messages_by_party on messages (party_id, id) where party_id is not null;
create index messages_by_account on messages (account_id, id) where account_id is not null;
create index messages_unread_by_party on messages (party_id) where read_at is null;
create index messages_unread_by_account on messages (account_id) where read_at is null;

create table deliveries (
    id         uuid        primary key,
    event_id   uuid        not null,
    recipient  text        not null,
    channel    text        not null,
    body       jsonb       not null,
    state      text        not null,
    attempts   bigint      not null,
    next_at    timestamptz not null,
    created_at timestamptz not null,
    sent_at    timestamptz,
    unique (event_id, recipient, channel)
);
create index deliveries_due on deliveries (next_at, id) where state = 'waiting';
