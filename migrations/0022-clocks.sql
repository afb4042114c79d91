-- Calendars by which targets in open hours are counted. What a calendar says is kept in versions: each counts from its instant on, so
-- that what has run by the hours of before stays run.
create table business_calendars (
  id text primary key,
  name_fr text not null,
  name_en text not null,
  -- No longer chosen; targets that name it keep it.
  retired boolean not null default false,
  made_at timestamptz not null
);
-- There from the beginning, with the hours that the product gives it until somebody says others.
insert into business_calendars (id, name_fr, name_en, made_at) values
  ('office', 'Heures de bureau', 'Office hours', '2026-01-01T00:00:00Z');

create table business_calendar_versions (
  calendar text not null references business_calendars,
  version integer not null check (version > 0),
  hours jsonb not null,
  from_at bigint not null,
  made_by uuid references people,
  primary key (calendar, version)
);

-- Null: that of the desk.
alter table services add column calendar_id text references business_calendars;

-- Which target of an incident is due first, as far as can be seen: what lists sort and search by.
alter table incidents add column due_at timestamptz;
alter table incidents add column due_target text;
create index incidents_due on incidents (due_at, id) where is_open and due_at is not null;
