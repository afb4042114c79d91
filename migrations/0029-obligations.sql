-- Which laws on telling of incidents an organisation says are its own: none until it names one, so that no clock runs unasked.
create table bound_laws (
  law text primary key,
  -- What holds of the organisation, in the words of the law.
  traits text[] not null default '{}',
  -- In hours, by leg, where the law gives no figure: what the organisation wants of itself.
  targets jsonb not null default '{}',
  -- Null: that of the desk.
  zone text,
  -- Whose public holidays are days off; null: none are.
  place text,
  made_by uuid references people,
  at bigint not null
);

-- Of which incidents a law was assessed, and what came of it: how registers find them. Written with the assessment, and with nothing
-- else, so that what every alert writes stays as it is.
create table incident_obligations (
  incident_id uuid not null references incidents,
  law text not null,
  outcome text not null,
  assessed_at bigint not null,
  primary key (incident_id, law)
);
create index incident_obligations_by_law on incident_obligations (law, assessed_at desc, incident_id);
