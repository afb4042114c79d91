-- Suppliers and partners: whom a service hangs on outside the house, what their contract promises and by which hours, and whom to call in
-- which order when it is not kept. Retired, and never deleted: what was asked of one stays readable.
create table suppliers (
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('supplier', 'partner')),
  language text not null check (language in ('fr', 'en')),
  -- As both of them call it.
  contract text,
  -- Ids of services. No foreign key: services are not deleted, and one row is read and written whole.
  services jsonb not null default '[]',
  -- Their support hours; null: at any hour.
  calendar text references business_calendars,
  targets jsonb not null default '[]',
  -- In the order in which they are called.
  contacts jsonb not null default '[]',
  note text,
  retired boolean not null default false,
  made_at bigint not null
);
create unique index suppliers_by_name on suppliers (lower(name)) where not retired;
