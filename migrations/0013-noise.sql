-- Less noise, and nothing lost. An alert that a silence, a maintenance window or a rule holds back is a row like any other, with
-- what it waits for and without an incident until it is raised; what was decided about it, by which version of which rule, is
-- kept beside it, so that why it called nobody can be read after the rule has changed.
alter table alerts alter column incident_id drop not null;
alter table alerts add column waits jsonb;
-- Why it is in its incident.
alter table alerts add column placed text;
create index alerts_waiting on alerts (integration_id, (waits ->> 'on')) where waits is not null and status = 'open';

create table alert_decisions (
  id bigint generated always as identity primary key,
  alert_id uuid not null,
  at bigint not null,
  became text not null,
  held_for text,
  rule jsonb,
  until_at bigint,
  "values" jsonb not null
);
create index alert_decisions_of on alert_decisions (alert_id, id);

create table silences (
  id uuid primary key,
  version int not null default 1,
  reason text not null,
  scope jsonb not null,
  from_at bigint not null,
  -- Earlier than it was to be, once it was ended.
  until_at bigint not null,
  created_by uuid not null references people,
  made_at bigint not null,
  ended_by uuid references people,
  ended_at bigint
);
create index silences_until on silences (until_at desc, id);

create table maintenance_windows (
  id uuid primary key,
  version int not null default 1,
  name text not null,
  reason text not null,
  scope jsonb not null,
  service_ids uuid[] not null,
  -- Once, or again each week or month by the clocks of a zone.
  plan jsonb not null,
  created_by uuid not null references people,
  made_at bigint not null,
  ended_at bigint
);

create table noise_rules (
  id uuid primary key,
  version int not null default 1,
  kind text not null,
  name text not null,
  enabled boolean not null,
  scope jsonb not null,
  definition jsonb not null,
  made_at bigint not null
);
create unique index noise_rules_name on noise_rules (lower(name));
