-- Nodes open beside the one a case's row names (并联): the same case in the queue of another office.
create table case_places (
    case_id  uuid not null references cases (id),
    node     text not null,
    unit_id  uuid not null,
    post     text not null,
    assignee uuid,
    primary key (case_id, node)
);
create index case_places_by_unit on case_places (unit_id, case_id);
