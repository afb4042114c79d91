-- What categories ask of their incidents, in versions that never change: incidents have pinned them. The first version of the
-- categories that are there from the beginning stands with the product; a category of the organisation's own has its first here.
create table category_processes (
  category text not null references categories,
  version integer not null check (version > 0),
  definition jsonb not null,
  made_at bigint not null,
  -- Whoever published it; the audit says more.
  made_by uuid references people,
  primary key (category, version)
);

-- No longer chosen, and kept by incidents that have it.
alter table categories add column retired boolean not null default false;

-- What incidents hurt, apart from how they are handled.
create table domains (
  id text primary key,
  name_fr text not null,
  name_en text not null,
  retired boolean not null default false,
  made_at timestamptz not null
);
insert into domains (id, name_fr, name_en, made_at) values
  ('business-operations', 'Opérations commerciales', 'Business operations', '2026-01-01T00:00:01Z'),
  ('information-security', 'Sécurité de l’information', 'Information security', '2026-01-01T00:00:02Z'),
  ('it-systems', 'Systèmes TI', 'IT systems', '2026-01-01T00:00:03Z'),
  ('services', 'Services', 'Services', '2026-01-01T00:00:04Z'),
  ('employees', 'Employés', 'Employees', '2026-01-01T00:00:05Z'),
  ('customers', 'Clients', 'Customers', '2026-01-01T00:00:06Z'),
  ('vital-functions', 'Autres fonctions commerciales vitales', 'Other vital business functions', '2026-01-01T00:00:07Z');
