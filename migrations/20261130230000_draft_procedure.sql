-- drafts of new applications by what they are about: a form that is changed meets them
create index drafts_by_procedure on drafts (procedure_code, expires_at) where case_id is null;
