-- PostgreSQL tunes its hot tables on this rung; SQLite has nothing to tune.
select 1;
