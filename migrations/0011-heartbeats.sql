-- Signs of life, both ways, and a watchdog over ourselves. A monitor that hears nothing within its interval raises an alert;
-- its address has a key of its own, kept hashed. Signs that we could not hear are nobody's fault: as long as some node
-- watches it says so in one row, and what passes without one gives every monitor its interval anew. Outside, somebody must
-- hear from us too: where, sealed, since such addresses are secrets. What the watchdog found missing is raised once.
create table heartbeats (
  id uuid primary key,
  integration_id uuid not null references integrations,
  name text not null,
  description text,
  service_id uuid references services,
  severity text not null,
  -- Asked for by its sender, whose priorities are ours.
  priority smallint,
  -- What its alert says, in its sender's words.
  message text,
  tags text[] not null default '{}',
  -- In which it was set: minutes, hours or days.
  unit text not null,
  interval_ms bigint not null,
  grace_ms bigint not null,
  enabled boolean not null,
  last_ping_at bigint,
  counts_from bigint,
  late_since bigint,
  -- When it will be late; null while it cannot become so.
  due_at bigint,
  key_hash text unique,
  key_ending text,
  made_at bigint not null
);
create unique index heartbeats_name on heartbeats (integration_id, lower(name));
create index heartbeats_due on heartbeats (due_at) where due_at is not null;

create table heartbeat_watch (
  id boolean primary key default true check (id),
  watching_until bigint not null,
  gap_from bigint,
  gap_until bigint
);

create table outgoing_heartbeat (
  id boolean primary key default true check (id),
  sealed text not null,
  -- Its host: all that is shown again.
  host text not null,
  interval_ms bigint not null,
  set_at bigint not null,
  next_at bigint not null,
  -- The last full cycle of which somebody outside was told, and what stood in the way of the last that failed.
  told_at bigint,
  failed_at bigint,
  last_error text
);

create table watchdog_findings (
  key text primary key,
  kind text not null,
  incident_id uuid,
  found_at bigint not null,
  healed boolean not null
);
create index watchdog_findings_found on watchdog_findings (found_at);

-- What the watchdog asks: whose paging runs, and what it must have set in motion.
create index incidents_next_page on incidents (next_page_at) where next_page_at is not null;
