-- What was seen of an attack, by the hash of its kind and value: what else it was seen on is one look-up, joined with the
-- incidents that its reader may see. The things themselves stand with their incident.
create table incident_observables (
  key text not null,
  incident_id uuid not null references incidents,
  primary key (key, incident_id)
);

-- What must not go, whoever asks: not by a rule that purges, and not by hand.
alter table attachments add column held boolean not null default false;
create function refuse_held() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'attachments' then
    if old.held then raise exception 'the file % is held as evidence', old.id; end if;
  elsif exists (select from attachments where id = old.attachment_id and held) then
    raise exception 'the file % is held as evidence', old.attachment_id;
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end
$$;
create trigger attachments_held before delete on attachments for each row execute function refuse_held();
create trigger attachment_chunks_held before delete or update on attachment_chunks for each row execute function refuse_held();
