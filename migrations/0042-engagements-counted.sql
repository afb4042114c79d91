-- What became of each call on a supplier, by clock of its contract, beside the row its page finds it by: what a supplier kept is counted
-- by index over all of them, however many there are. Written with the facts that change it; what stood before is read from what is
-- folded of its record. Null: their contract has no such target.
alter table incident_engagements
  add column status text not null default 'asked',
  add column respond text check (respond in ('met', 'missed', 'running', 'without')),
  add column restore text check (restore in ('met', 'missed', 'running', 'without'));
update incident_engagements as row
set status = one ->> 'status',
  respond = case
    when not one -> 'targets' @> '[{"clock": "respond"}]' then null
    when (one -> 'said' ->> 'respond')::numeric = 100 then 'missed'
    when jsonb_typeof(one -> 'answeredAt') = 'number' then 'met'
    when one ->> 'status' in ('declined', 'closed') then 'without'
    else 'running' end,
  restore = case
    when not one -> 'targets' @> '[{"clock": "restore"}]' then null
    when (one -> 'said' ->> 'restore')::numeric = 100 then 'missed'
    when jsonb_typeof(one -> 'restoredAt') = 'number' then 'met'
    when one ->> 'status' in ('declined', 'closed') then 'without'
    else 'running' end
from incidents, jsonb_array_elements(incidents.incident -> 'engagements') as one
where incidents.id = row.incident_id and (one ->> 'number')::int = row.number;
drop index incident_engagements_by_supplier;
create index incident_engagements_by_supplier on incident_engagements (supplier_id, asked_at desc, incident_id)
  include (number, status, respond, restore);
