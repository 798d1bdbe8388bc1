-- What applicant and office write to each other about a case. `answered_at` is empty while the office owes an answer.
create table case_messages (
    id          uuid        primary key,
    case_id     uuid        not null references cases (id),
    from_office boolean     not null,
    account_id  uuid        not null,
    writer      text        not null,
    words       bytea       not null,
    created_at  timestamptz not null,
    answered_at timestamptz
);
create index case_messages_by_case on case_messages (case_id, id);
create index case_messages_waiting on case_messages (case_id) where answered_at is null;
