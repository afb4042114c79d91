-- Whoever ends one of two keys must know which is which, and which is still used. A key stays kept hashed: its last four
-- characters of thirty-two open nothing.
alter table integration_keys
  add column id uuid,
  add column ending text,
  add column used_at timestamptz;
update integration_keys set id = gen_random_uuid();
alter table integration_keys
  alter column id set not null,
  add constraint integration_keys_id unique (id);
