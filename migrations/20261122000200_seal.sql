-- One data key per case file and one per profile, wrapped by a key of the ring.
create table data_keys (
    id          uuid  primary key,
    owner_noun  text  not null,
    owner_id    uuid  not null,
    key_id      text  not null,
    wrapped     bytea not null,
    created_at  timestamptz not null,
    unique (owner_noun, owner_id)
);
create index data_keys_by_ring_key on data_keys (key_id, id);

-- Sensitive values are found by exact match only.
create table blind_index (
    kind    text not null,
    digest  text not null,
    noun    text not null,
    noun_id uuid not null,
    primary key (kind, digest, noun, noun_id)
);
create index blind_index_by_owner on blind_index (noun, noun_id);
