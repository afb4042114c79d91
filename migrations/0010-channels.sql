-- Calls and text messages go through companies that carry them: accounts at several, so that one may stand in for another. What
-- opens an account is sealed to its row. An account that fails three times in a row is left alone for a minute.
create table channel_providers (
  id uuid primary key,
  kind text not null,
  name text,
  position integer not null,
  sealed text not null,
  enabled boolean not null default true,
  failures integer not null default 0,
  paused_until bigint,
  last_error text,
  tried_at bigint,
  made_at timestamptz not null
);

-- What was learned of each thing that was sent, attempt by attempt: accepted is not delivered, delivered is not read.
create table delivery_evidence (
  id bigint generated always as identity primary key,
  outbox_id bigint not null references outbox on delete cascade,
  at bigint not null,
  provider_id uuid,
  provider text,
  state text not null,
  detail text
);
create index delivery_evidence_of on delivery_evidence (outbox_id, id);
-- A provider tells the same thing twice: it is learned once.
create unique index delivery_evidence_once on delivery_evidence (outbox_id, provider_id, state) where state in ('delivered', 'answered', 'undelivered', 'acknowledged', 'declined');

-- Keys of the desk itself with a channel: one pair, made once; the private half is sealed to its row.
create table channel_keys (
  name text primary key,
  public text not null,
  sealed text not null,
  made_at bigint not null
);

-- Hours in which what is not urgent leaves a telephone in peace: null where none were said.
alter table notification_preferences add column quiet jsonb;
