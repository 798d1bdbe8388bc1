create table cases (
    id                uuid        primary key,
    number            text        not null unique,
    query_code_hash   text        not null,
    procedure_code    text        not null,
    procedure_version bigint      not null,
    item_name         text        not null,
    unit_id           uuid        not null,
    party_id          uuid        not null,
    applicant_name    text        not null,
    stage             text        not null,
    node              text,
    post              text,
    assignee          uuid,
    promised_due      date,
    statutory_due     date,
    act_by            date,
    -- the earliest of the three days above, 9999-12-31 when there is none: queues are ordered by it
    due               date        not null,
    stopped           boolean     not null,
    outcome           text,
    submitted_at      timestamptz not null,
    changed_at        timestamptz not null,
    closed_at         timestamptz,
    version           bigint      not null,
    state             jsonb       not null
);
create index cases_open_by_unit on cases (unit_id, due, id) where closed_at is null;
create index cases_open_by_due on cases (due, id) where closed_at is null;
create index cases_open_by_assignee on cases (assignee, due, id) where closed_at is null;
create index cases_timer on cases (act_by, id) where closed_at is null;
create index cases_by_unit on cases (unit_id, due, id);
create index cases_by_party on cases (party_id, id);

create table case_answers (
    case_id    uuid        not null references cases (id),
    revision   bigint      not null,
    answers    bytea       not null,
    hash       text        not null,
    created_at timestamptz not null,
    primary key (case_id, revision)
);

-- An opinion being written: saved as it is typed, one per clerk and case.
create table case_notes (
    case_id    uuid        not null references cases (id),
    account_id uuid        not null,
    note       bytea       not null,
    updated_at timestamptz not null,
    primary key (case_id, account_id)
);

create table documents (
    id               uuid        primary key,
    case_id          uuid        not null,
    kind             text        not null,
    number           text        not null unique,
    facts            bytea       not null,
    template_version bigint      not null,
    state            text        not null,
    blob             text        unique,
    sha256           text,
    attempts         bigint      not null,
    made_at          timestamptz,
    verify_code      text        not null,
    created_at       timestamptz not null
);
create index documents_by_case on documents (case_id, id);
create index documents_wanted on documents (attempts, id) where state = 'wanted';

create table ratings (
    id             uuid        primary key,
    case_id        uuid        not null unique,
    unit_id        uuid        not null,
    procedure_code text        not null,
    stars          bigint      not null,
    tags           jsonb       not null,
    words          bytea,
    created_at     timestamptz not null
);
create index ratings_by_unit on ratings (unit_id, id);
create index ratings_by_time on ratings (created_at);
