-- A request to be covered that was made to one person may be refused by that person: whoever asked is told, and asks elsewhere.
alter table cover_requests add column declined_at bigint;
drop index cover_requests_open;
create index cover_requests_open on cover_requests (until_at) where withdrawn_at is null and accepted_at is null and declined_at is null;

-- A schedule by a name of its own that has the time of another, from its beginning to its end: summer, a move, a strike.
alter table schedules add column stands_in_for uuid references schedules;
alter table schedules add column stands_from bigint;
alter table schedules add column stands_until bigint;
alter table schedules add constraint schedules_stands_in check (
  num_nonnulls(stands_in_for, stands_from, stands_until) in (0, 3) and stands_from < stands_until and stands_in_for <> id
);

-- Of which holes of the proof of reach somebody was told: never twice of the same. What is over is forgotten.
create table told_holes (
  person_id uuid not null references people,
  service_id uuid references services,
  from_at bigint not null,
  until_at bigint not null,
  told_at bigint not null
);
create index told_holes_until on told_holes (until_at);
