-- The desk's tables. Why this shape: the record (events) is the truth and may only be added to; every other table is what
-- lists show, effects still to be carried out, or configuration. SQL never reads a clock: times come as arguments, so that
-- tests and drills can move them. Dates of rows are instants in milliseconds where the core compares them.

create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- One chain for each stream, numbered from 1. The live feed is ordered by (tx, position) and stops below the oldest open
-- transaction: positions alone become visible out of order.
create table events (
  stream text not null,
  seq integer not null check (seq > 0),
  position bigint generated always as identity,
  tx xid8 not null default pg_current_xact_id(),
  type text not null,
  version smallint not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor jsonb not null,
  level smallint,
  role text,
  on_behalf_of text,
  derogation text,
  process text not null,
  exercise boolean not null,
  cause jsonb not null,
  reason text,
  data jsonb,
  salt text,
  data_hash text not null,
  hash text not null,
  primary key (stream, seq)
);
create unique index events_feed on events (tx, position);
-- Entries come in the order of their time, so a block range index finds a day for next to nothing.
create index events_recorded on events using brin (recorded_at);

-- Heads noted once a day outside the streams, so that a cut tail shows.
create table noted_heads (
  day date not null,
  stream text not null,
  seq integer not null,
  hash text not null,
  primary key (stream, day)
);

-- Where noting goes on from.
create index noted_heads_day on noted_heads (day);

create table settings (
  id boolean primary key default true check (id),
  language text not null,
  zone text not null,
  default_policy_id uuid,
  public_reports boolean not null default true,
  directory_version bigint not null default 1,
  key_check text not null
);

create table people (
  id uuid primary key,
  name text not null,
  email text not null,
  language text not null,
  zone text not null,
  level smallint check (level between 2 and 5),
  admin boolean not null default false,
  active boolean not null default true,
  password_hash text,
  made_at timestamptz not null
);
create unique index people_email on people (lower(email));

create table contact_points (
  id uuid primary key,
  person_id uuid not null references people,
  kind text not null,
  address text not null,
  enabled boolean not null default true
);
create index contact_points_person on contact_points (person_id);

create table teams (id uuid primary key, name text not null unique, made_at timestamptz not null);
create table team_members (
  team_id uuid not null references teams,
  person_id uuid not null references people,
  primary key (team_id, person_id)
);

create table functions (id uuid primary key, name_fr text not null, name_en text not null, made_at timestamptz not null);
create table function_members (
  function_id uuid not null references functions,
  person_id uuid not null references people,
  primary key (function_id, person_id)
);

create table schedules (id uuid primary key, name text not null, rotation jsonb not null, made_at timestamptz not null);
create table escalation_policies (
  id uuid primary key,
  name text not null,
  steps jsonb not null,
  repeat smallint not null,
  made_at timestamptz not null
);

create table vital_functions (id uuid primary key, name_fr text not null, name_en text not null, made_at timestamptz not null);
create table services (
  id uuid primary key,
  name_fr text not null,
  name_en text not null,
  owner_id uuid references people,
  team_id uuid references teams,
  policy_id uuid references escalation_policies,
  made_at timestamptz not null
);
create table service_vital_functions (
  service_id uuid not null references services,
  vital_function_id uuid not null references vital_functions,
  primary key (service_id, vital_function_id)
);

create table categories (id text primary key, name_fr text not null, name_en text not null, made_at timestamptz not null);

create table integrations (
  id uuid primary key,
  kind text not null,
  name text not null,
  service_id uuid references services,
  mapping jsonb,
  created_by uuid references people,
  made_at timestamptz not null
);
-- Keys are kept hashed; two are valid during a change.
create table integration_keys (
  key_hash text primary key,
  integration_id uuid not null references integrations,
  made_at timestamptz not null,
  revoked_at timestamptz
);
create index integration_keys_integration on integration_keys (integration_id);

-- Sessions and tokens: only hashes of what the holder keeps.
create table sessions (
  id_hash text primary key,
  person_id uuid not null references people,
  made_at timestamptz not null,
  seen_at timestamptz not null,
  password_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_person on sessions (person_id);
create table tokens (
  id uuid primary key,
  token_hash text not null unique,
  person_id uuid not null references people,
  name text not null,
  scopes text[] not null,
  made_at timestamptz not null,
  made_via text not null,
  used_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz
);

create table counters (name text primary key, value bigint not null);

-- The row that lists show, and the folded state that decisions start from; written with the events it is made of.
create table incidents (
  id uuid primary key,
  number text not null unique,
  seq integer not null,
  head text not null,
  exercise boolean not null,
  title text not null,
  service_id uuid,
  stage text not null,
  is_open boolean not null,
  priority smallint,
  categories text[] not null,
  assigned_person uuid,
  assigned_team uuid,
  assigned_function uuid,
  accepted_by uuid,
  next_page_at timestamptz,
  open_alerts integer not null,
  firing_alerts integer not null,
  incident jsonb not null,
  paging jsonb not null,
  reported_at timestamptz not null,
  updated_at timestamptz not null
);
create index incidents_open on incidents (coalesce(priority, 3), reported_at desc, id desc) where is_open;
create index incidents_newest on incidents (reported_at desc, id desc);
create index incidents_stage on incidents (stage, reported_at desc, id desc);
create index incidents_service on incidents (service_id, reported_at desc, id desc);

-- A machine's signal, one row a life. `quiet`: people closed over it while its source still fires.
create table alerts (
  id uuid primary key,
  integration_id uuid not null,
  key text not null,
  group_key text,
  status text not null,
  incident_id uuid not null,
  title text not null,
  severity text not null,
  source text,
  stateful boolean not null,
  starts_at bigint,
  opened_at bigint not null,
  last_at bigint not null,
  ended_at bigint,
  count integer not null,
  details jsonb not null
);
create unique index alerts_live on alerts (integration_id, key) where status in ('open', 'quiet');
create index alerts_key on alerts (integration_id, key, opened_at desc) where status not in ('open', 'quiet');
create index alerts_group on alerts (integration_id, group_key, opened_at desc) where group_key is not null;
create index alerts_incident on alerts (incident_id, id);

-- Small states of the desk that are no incident's: storms by integration, the gate of public reports.
create table desk_states (key text primary key, state jsonb not null);

create table timers (
  key text primary key,
  payload jsonb not null,
  due_at bigint not null,
  attempts integer not null default 0,
  lease_until bigint not null default 0,
  fence bigint not null default 0
);
create index timers_due on timers (greatest(due_at, lease_until));

-- Effects on the world. Claimed under a lease with a fencing token; a page that could not leave in time is recorded, not sent.
create table outbox (
  id bigint generated always as identity primary key,
  key text not null unique,
  kind text not null,
  incident_id uuid,
  page_id uuid,
  person_id uuid,
  payload jsonb not null,
  status text not null default 'pending',
  due_at bigint not null,
  not_after bigint not null,
  attempts integer not null default 0,
  unknown_attempt boolean not null default false,
  lease_until bigint not null default 0,
  fence bigint not null default 0,
  last_error text,
  made_at bigint not null,
  done_at bigint
);
create index outbox_pending on outbox (greatest(due_at, lease_until)) where status = 'pending';
create index outbox_incident on outbox (incident_id);
create index outbox_dead on outbox (id) where status = 'dead';

create table reports (
  id uuid primary key,
  receipt_hash text not null unique,
  incident_id uuid,
  title text not null,
  description text,
  language text not null,
  contact text,
  name text,
  service_id uuid,
  network text not null,
  made_at bigint not null
);
create index reports_network on reports (network, made_at);
create index reports_made on reports (made_at);

-- What became of the latest events of each integration, and why.
create table intake_log (
  id bigint generated always as identity primary key,
  integration_id uuid not null,
  at bigint not null,
  outcome text not null,
  detail jsonb not null
);
create index intake_log_integration on intake_log (integration_id, id desc);

-- Every transaction of the application notes itself, so that one whose COMMIT got no answer is read back, and never run twice.
create table commits (id uuid primary key, attempt smallint not null, position bigint generated always as identity);
create index commits_position on commits (position);

-- Same key, same answer, for 24 hours. `request_id` is the cause that the entries of its record name: whether a request
-- that got no answer did something is read there.
create table idempotency (
  key_hash text primary key,
  body_hash text not null,
  request_id text not null,
  status smallint,
  body jsonb,
  etag text,
  made_at bigint not null
);
create index idempotency_made on idempotency (made_at);

create table nodes (id uuid primary key, seen_at bigint not null, clock_skew_ms integer not null);

insert into categories (id, name_fr, name_en, made_at) values
  ('major', 'Incident majeur', 'Major incident', '2026-01-01T00:00:00Z'),
  ('security', 'Incident lié à l’information et à la cybersécurité', 'Information or cyber security incident', '2026-01-01T00:00:00Z'),
  ('complex', 'Incident complexe', 'Complex incident', '2026-01-01T00:00:00Z'),
  ('low-impact', 'Incident à faible impact', 'Low-impact incident', '2026-01-01T00:00:00Z');
