-- Who opened a restricted incident, and when: beside the record, which is of what was done. Only ever added to.
create table incident_opened (
  id bigint generated always as identity primary key,
  incident_id uuid not null references incidents,
  person_id uuid not null references people,
  -- A session or a token.
  via text not null,
  -- The page and what belongs to it, or what takes it out of here.
  what text not null check (what in ('page', 'export', 'file')),
  at bigint not null
);
create index incident_opened_newest on incident_opened (incident_id, id desc);
