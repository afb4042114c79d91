-- Several ways of reaching a person. A contact point may be called only once its owner has proved to receive there, so each
-- keeps when that was; those that exist were vouched for by an administrator. What only its own channel may read (an address
-- that is a secret, a token, signing secrets) is sealed to its row.

alter table contact_points
  add column name text,
  add column sealed text,
  add column made_at timestamptz,
  add column verified_at timestamptz,
  add column code_sent_at bigint,
  add column code_tries smallint not null default 0,
  add column disabled_because text,
  add column failures integer not null default 0,
  add column paused_until bigint,
  add column last_error text;
update contact_points set made_at = people.made_at, verified_at = people.made_at from people where people.id = contact_points.person_id;
alter table contact_points alter column made_at set not null;

create table notification_preferences (
  person_id uuid primary key references people,
  high jsonb not null,
  low jsonb not null
);

-- Private ranges that an administrator opened to outgoing requests: none until they say so.
alter table settings add column private_addresses text[] not null default '{}';

-- A lane for each channel, so that one that hangs holds up no other. `acknowledged_at`: somebody said that a test arrived.
alter table outbox
  add column channel text not null default 'email',
  add column contact_point_id uuid,
  add column acknowledged_at bigint;
update outbox set contact_point_id = (
  select c.id from contact_points c where c.person_id = outbox.person_id and c.kind = 'email' limit 1);
drop index outbox_pending;
create index outbox_pending on outbox (channel, greatest(due_at, lease_until)) where status = 'pending';
create index outbox_contact_point on outbox (contact_point_id, id desc) where contact_point_id is not null;
