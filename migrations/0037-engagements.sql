-- On which incidents a supplier was called: how their page finds them. What was asked and what came of it stand in the record of the
-- incident. Written when somebody is asked, and with nothing else, so that what every alert writes stays as it is.
create table incident_engagements (
  incident_id uuid not null references incidents,
  number integer not null,
  supplier_id uuid not null references suppliers,
  asked_at bigint not null,
  primary key (incident_id, number)
);
create index incident_engagements_by_supplier on incident_engagements (supplier_id, asked_at desc, incident_id);
