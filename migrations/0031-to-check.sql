-- What somebody of level 5 has still to look at: a closure that is to be checked, an act above one's level.
alter table incidents add column to_check boolean not null default false;
create index incidents_to_check on incidents (reported_at desc, id desc) where to_check;
