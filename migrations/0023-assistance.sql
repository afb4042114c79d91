-- Requests for assistance: asked of a function or a team, taken or given back, ended. Each has a record of its own
-- (`assistance/<id>`), and here the row that lists show.
create table assistance_requests (
  id uuid primary key,
  number text not null unique,
  seq integer not null,
  head text not null,
  exercise boolean not null,
  status text not null,
  is_open boolean not null,
  asker_id uuid references people,
  incident_id uuid references incidents,
  -- Whoever is asked now; null: nobody is.
  asked_party uuid,
  -- Of all that were ever asked.
  parties uuid[] not null,
  -- Whoever has it, whoever it was raised to, and whoever is called for it.
  people uuid[] not null,
  answer_by bigint,
  request jsonb not null,
  asked_at bigint not null,
  updated_at bigint not null
);
create index assistance_newest on assistance_requests (asked_at desc, id desc);
create index assistance_open on assistance_requests (asked_party, asked_at) where is_open;
create index assistance_of_incident on assistance_requests (incident_id) where incident_id is not null;
create index assistance_of_asker on assistance_requests (asker_id, asked_at desc);

-- What an organisation says of them, in versions that never change: requests name the one by which they went their way.
create table assistance_settings (
  version integer primary key check (version > 0),
  definition jsonb not null,
  made_at bigint not null,
  made_by uuid references people
);
