-- What was proved, and when: a setting that is right on paper says nothing of whether a page arrives. One row for each thing
-- that somebody must have seen; what can be asked at any time (the clock, the schedules) is asked, and kept nowhere.

create table proofs (
  id text primary key,
  proved_at bigint not null,
  person_id uuid references people,
  -- Under which settings: a proof does not outlive them.
  facts jsonb not null
);

-- A mail that was sent to be received: what its link or its code proves, once.
create table mail_trials (
  id uuid primary key,
  person_id uuid not null references people,
  address text not null,
  code_hash text not null,
  link_hash text not null unique,
  tries smallint not null default 0,
  sent_at bigint not null,
  -- What the mail server answered, when it did not take it.
  refused text,
  returned_at bigint
);
create index mail_trials_person on mail_trials (person_id, sent_at desc);

-- How far the guided set-up has come: what was put off, and since when it is no longer proposed.
alter table settings
  add column setup_skipped text[] not null default '{}',
  add column setup_left_at bigint;
