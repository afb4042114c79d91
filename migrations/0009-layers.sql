-- A schedule is layers under overrides, and people are away whatever schedules they are in. Instants are milliseconds, as
-- the core has them.
alter table schedules
  add column layers jsonb,
  add column declared_gaps jsonb not null default '[]';
update schedules
set layers = jsonb_build_array(jsonb_build_object('id', '1', 'name', '', 'rotation', rotation, 'restriction', null));
alter table schedules
  alter column layers set not null,
  drop column rotation;

create table schedule_overrides (
  id uuid primary key,
  schedule_id uuid not null references schedules,
  person_id uuid not null references people,
  from_at bigint not null,
  until_at bigint not null,
  made_at bigint not null,
  made_by uuid references people,
  check (from_at < until_at)
);
create index schedule_overrides_until on schedule_overrides (until_at);

create table absences (
  id uuid primary key,
  person_id uuid not null references people,
  from_at bigint not null,
  until_at bigint not null,
  made_at bigint not null,
  made_by uuid references people,
  check (from_at < until_at)
);
create index absences_until on absences (until_at);

-- Somebody asks that their turn be taken, in return for another or not; whoever accepts first gets it.
create table cover_requests (
  id uuid primary key,
  schedule_id uuid not null references schedules,
  person_id uuid not null references people,
  from_at bigint not null,
  until_at bigint not null,
  /* Null: whoever accepts. */
  asked_person uuid references people,
  return_from bigint,
  return_until bigint,
  message text,
  made_at bigint not null,
  withdrawn_at bigint,
  accepted_at bigint,
  accepted_by uuid references people,
  check (from_at < until_at),
  check (return_from < return_until)
);
create index cover_requests_open on cover_requests (until_at) where withdrawn_at is null and accepted_at is null;

-- Addresses that a calendar program reads: the secret in them is kept hashed, its owner may end it.
create table calendar_feeds (
  id uuid primary key,
  key_hash text not null unique,
  kind text not null check (kind in ('person', 'team', 'schedule')),
  subject_id uuid not null,
  made_by uuid not null references people,
  made_at bigint not null,
  used_at bigint,
  revoked_at bigint
);
create index calendar_feeds_owner on calendar_feeds (made_by) where revoked_at is null;
