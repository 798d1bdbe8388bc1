-- How a key is told from another: its last characters, and the day it was last used. Empty in rows of before this rung, of which
-- neither is known.
alter table api_keys add column tail text;
alter table api_keys add column last_used_on date;
create index api_keys_by_party on api_keys (party_id, id);
