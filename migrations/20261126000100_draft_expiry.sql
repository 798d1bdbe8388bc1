-- the expiry its owner was told of; a draft saved again expires later and is announced anew
alter table drafts add column told_of timestamptz;
create index drafts_by_told on drafts (expires_at) where told_of is null;
