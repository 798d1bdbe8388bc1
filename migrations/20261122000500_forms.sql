create table drafts (
    id                uuid        primary key,
    procedure_code    text        not null,
    procedure_version bigint      not null,
    party_id          uuid        not null,
    account_id        uuid        not null,
    case_id           uuid,
    purpose           text        not null,
    title             text        not null,
    page_done         jsonb       not null,
    answers           bytea       not null,
    version           bigint      not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null,
    expires_at        timestamptz not null
);
create index drafts_by_account on drafts (account_id, updated_at, id);
create index drafts_by_expiry on drafts (expires_at, id);
create index drafts_by_case on drafts (case_id) where case_id is not null;

create table uploads (
    id         uuid        primary key,
    draft_id   uuid,
    case_id    uuid,
    field      text        not null,
    row        text        not null,
    file_name  bytea       not null,
    media_type text        not null,
    size       bigint      not null,
    sha256     text        not null,
    blob       text        not null unique,
    state      text        not null,
    created_at timestamptz not null,
    created_by uuid        not null
);
create index uploads_by_draft on uploads (draft_id, id) where draft_id is not null;
create index uploads_by_case on uploads (case_id, id) where case_id is not null;
