-- Need to know: an incident that is restricted is there for those alone whom it admits. On its own row, so that every read asks one
-- condition more and no other table, and opening an incident costs no statement more.
alter table incidents add column restricted boolean not null default false;
-- People, teams and duty functions, by id; empty where all may read it.
alter table incidents add column admitted uuid[] not null default '{}';
