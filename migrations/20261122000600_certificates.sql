create table certificates (
    id           uuid        primary key,
    mark         text        not null unique,
    type_code    text        not null,
    type_name    text        not null,
    number       text        not null unique,
    holder_party uuid        not null,
    holder_name  text        not null,
    issuer_unit  uuid        not null,
    issuer_name  text        not null,
    issued_on    date        not null,
    valid_from   date        not null,
    valid_until  date,
    state        text        not null,
    case_id      uuid,
    facts        jsonb       not null,
    sealed_facts bytea,
    signed_json  text        not null,
    signature    text        not null,
    created_at   timestamptz not null
);
create index certificates_by_holder on certificates (holder_party, id);
create index certificates_by_case on certificates (case_id) where case_id is not null;
