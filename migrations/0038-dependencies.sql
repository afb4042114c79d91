-- What services need of each other, and what a vital function bears: from which the reach of an outage, and its limit, are worked out.
create table service_dependencies (
  service_id uuid not null references services,
  on_id uuid not null references services,
  -- `needs`: it stops without it. `degraded-without`: it works badly.
  kind text not null check (kind in ('needs', 'degraded-without')),
  primary key (service_id, on_id),
  check (service_id <> on_id)
);
create index service_dependencies_on on service_dependencies (on_id);

alter table vital_functions add column owner_id uuid references people;
alter table vital_functions add column criticality text not null default 'high' check (criticality in ('critical', 'high', 'moderate'));
-- Null: nobody has said.
alter table vital_functions add column tolerable_minutes integer check (tolerable_minutes > 0);
-- No longer counted upon; what it was hit by keeps it.
alter table vital_functions add column retired boolean not null default false;
