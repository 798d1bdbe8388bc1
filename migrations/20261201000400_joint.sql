-- The joint form of a bundle (一件事), made anew whenever the form of one of its matters is.
create table joint_forms (
    code    text        not null,
    version bigint      not null,
    body    jsonb       not null,
    made_at timestamptz not null,
    primary key (code, version)
);

-- What was handed in at once: one number for the person, a case for each matter.
create table joints (
    id              uuid        primary key,
    number          text        not null unique,
    query_code_hash text        not null,
    bundle          text        not null,
    name            text        not null,
    party_id        uuid        not null,
    submitted_at    timestamptz not null
);
create index joints_by_party on joints (party_id, id);

alter table cases add column joint_id uuid;
create index cases_by_joint on cases (joint_id, id) where joint_id is not null;
