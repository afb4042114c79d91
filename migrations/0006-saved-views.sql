-- What somebody looks at often, under a name of their own: on the server, so that a phone and a desk have the same, and so
-- that another browser does not begin from nothing. The filter is as the board's address has it.
create table saved_views (
  id uuid primary key,
  person_id uuid not null references people,
  name text not null,
  filter jsonb not null,
  made_at timestamptz not null
);
create unique index saved_views_name on saved_views (person_id, lower(name));
