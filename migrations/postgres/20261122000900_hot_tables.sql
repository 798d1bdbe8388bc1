-- Rows that change often: leave room on the page so that a change need not touch the indexes,
-- and sweep the queue of the sequencer by count, not by share.
alter table cases set (fillfactor = 80);
alter table drafts set (fillfactor = 80);
alter table pending set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
