-- Who has which case open, a row per node that each writes for the others. In no log and no backup: a minute later it is worth nothing.
create table presence (
    node    text        primary key,
    people  jsonb       not null,
    seen_at timestamptz not null
);
