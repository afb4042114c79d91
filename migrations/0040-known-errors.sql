-- What is wrong and not put right yet, with what helps until it is. Retired once it is put right, and never deleted: incidents name it.
create table known_errors (
  id uuid primary key,
  name_fr text not null,
  name_en text not null,
  workaround_fr text,
  workaround_en text,
  -- Ids of services, read and written whole; none: any may show it.
  services jsonb not null default '[]',
  retired boolean not null default false,
  made_at bigint not null,
  check (workaround_fr is not null or workaround_en is not null)
);
