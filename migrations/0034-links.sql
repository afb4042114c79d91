-- How incidents hang together, as each record says it: from whose record, to which other. Found from either end, so that one which
-- only the other may speak of is shown to those alone who may see that other. Written with the entry that says it, and with nothing
-- else, so that what every alert writes stays as it is.
create table incident_links (
  incident_id uuid not null references incidents,
  other_id uuid not null references incidents deferrable initially deferred,
  kind text not null,
  workstream int,
  at bigint not null,
  by_name text not null,
  reason text,
  primary key (incident_id, other_id)
);
create index incident_links_by_other on incident_links (other_id, incident_id);
