create table procedures (
    code         text        not null,
    version      bigint      not null,
    state        text        not null,
    name         text        not null,
    name_sort    text        not null,
    department   text        not null,
    unit_id      uuid,
    type_code    text        not null,
    level        text        not null,
    audience     jsonb       not null,
    themes       jsonb       not null,
    body         jsonb       not null,
    published_at timestamptz,
    retired_at   timestamptz,
    changed_at   timestamptz not null,
    primary key (code, version)
);
create index procedures_by_name on procedures (state, name_sort, code, version);
create index procedures_by_department on procedures (state, department, name_sort, code, version);
-- at most one version of a procedure is in force
create unique index procedures_in_force on procedures (code) where state = 'published';

create table bundles (
    code       text        primary key,
    name       text        not null,
    name_sort  text        not null,
    audience   jsonb       not null,
    state      text        not null,
    body       jsonb       not null,
    changed_at timestamptz not null
);
create index bundles_by_name on bundles (state, name_sort, code);
