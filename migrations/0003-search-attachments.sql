-- What is found, what is proposed and what is attached. Why this shape: words to search stand beside the incident, in a row
-- that changes only when words are added or the incident ends, so that the many small updates of a running incident (a
-- page sent, an alert counted) never touch a text index. Folding (accents, case, ligatures) is done by the writer, in
-- core/kernel/words.ts: the database is given, and asked, folded words only.

-- Both languages at once, and the words as they are for prefixes. Positions are left out: a document stays far below what
-- a tsvector may hold, whatever is added to it.
create function search_document(folded text) returns tsvector language sql immutable parallel safe as $$
  select strip(to_tsvector('pg_catalog.simple', folded) || to_tsvector('pg_catalog.french', folded) || to_tsvector('pg_catalog.english', folded))
$$;
-- One folded word, letters and digits only: as it is, or by its stem in either language.
create function search_word(word text, prefix boolean) returns tsquery language sql immutable parallel safe as $$
  select case when prefix
    then to_tsquery('pg_catalog.simple', word || ':*')
    else plainto_tsquery('pg_catalog.simple', word) end
    || plainto_tsquery('pg_catalog.french', word) || plainto_tsquery('pg_catalog.english', word)
$$;

create table incident_search (
  incident_id uuid primary key,
  service_id uuid,
  title text not null,
  fingerprint text,
  is_open boolean not null,
  reported_at timestamptz not null,
  ended_at timestamptz,
  document tsvector not null
);
-- What was recorded before: title and description, folded as nearly as the database can; from its next fact on an incident is
-- written like the others.
insert into incident_search (incident_id, service_id, title, is_open, reported_at, ended_at, document)
select id, service_id, left(title, 300), is_open, reported_at, case when is_open then null else updated_at end, search_document(left(title || ' ' || rest, 20000))
from (select id, service_id, is_open, reported_at, updated_at, lower(unaccent(regexp_replace(title, '[^[:alnum:]]+', ' ', 'g'))) as title,
    lower(unaccent(regexp_replace(coalesce(incident ->> 'description', ''), '[^[:alnum:]]+', ' ', 'g'))) as rest
  from incidents) as before;
create index incident_search_fingerprint on incident_search (fingerprint, is_open desc, reported_at desc);
create index incident_search_newest on incident_search (reported_at desc, incident_id desc);
create index incident_search_ended on incident_search (ended_at desc) where not is_open;
create index incident_search_ended_service on incident_search (service_id, ended_at desc) where not is_open;
-- What waits to be merged into these is read whole by every search: it is kept short.
create index incident_search_words on incident_search using gin (document) with (gin_pending_list_limit = 512);
-- Few are open at any time: their indexes stay small whatever the years bring. Titles are compared by trigrams among the
-- latest of a service, which is bounded; an index of trigrams is not: each row it may mean is compared again.
create index incident_search_open_words on incident_search using gin (document) with (gin_pending_list_limit = 128) where is_open;
create index incident_search_open on incident_search (reported_at desc) where is_open;
create index incident_search_open_service on incident_search (service_id, reported_at desc) where is_open;

-- Filters of a search that no list had before.
create index incidents_assigned_person on incidents (assigned_person, reported_at desc, id desc) where assigned_person is not null;
create index incidents_assigned_team on incidents (assigned_team, reported_at desc, id desc) where assigned_team is not null;
create index incidents_accepted_by on incidents (accepted_by, reported_at desc, id desc) where accepted_by is not null;
create index incidents_categories on incidents using gin (categories) with (gin_pending_list_limit = 128) where categories <> '{}';

alter table reports add column document tsvector not null default '';
update reports set document = search_document(lower(unaccent(regexp_replace(title || ' ' || coalesce(description, ''), '[^[:alnum:]]+', ' ', 'g'))));
create index reports_words on reports using gin (document);

-- Other words that people use for a service, and words that speak for a category.
alter table services add column aliases_fr text[] not null default '{}', add column aliases_en text[] not null default '{}';
alter table categories add column keywords_fr text[] not null default '{}', add column keywords_en text[] not null default '{}';
update categories set
  keywords_fr = '{panne générale,tous les sites,plus rien ne fonctionne,toute l’organisation,tous les services}',
  keywords_en = '{total outage,all sites,everything is down,whole organisation,all services}'
where id = 'major';
update categories set
  keywords_fr = '{hameçonnage,rançongiciel,virus,maliciel,logiciel malveillant,fuite de données,intrusion,pirate,mot de passe volé,usurpation,courriel frauduleux,courriel suspect}',
  keywords_en = '{phishing,ransomware,virus,malware,data leak,data breach,intrusion,hacked,stolen password,impersonation,suspicious email,fraudulent email}'
where id = 'security';
update categories set
  keywords_fr = '{plusieurs services,plusieurs équipes,plusieurs fournisseurs}',
  keywords_en = '{several services,several teams,several suppliers}'
where id = 'complex';
update categories set
  keywords_fr = '{imprimante,clavier,souris,écran,casque,toner}',
  keywords_en = '{printer,keyboard,mouse,monitor,headset,toner}'
where id = 'low-impact';

-- Attached files, as rows: a second node, a backup and a restore have them like everything else. One is there once `kept_at`
-- is set, in the transaction that records it; what never got so far is swept away.
create table attachments (
  id uuid primary key,
  incident_id uuid not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  sha256 text not null,
  added_by uuid not null,
  begun_at timestamptz not null,
  kept_at timestamptz
);
create index attachments_incident on attachments (incident_id, id);
create index attachments_unkept on attachments (begun_at) where kept_at is null;
create table attachment_chunks (
  attachment_id uuid not null references attachments on delete cascade,
  n integer not null,
  content bytea not null,
  primary key (attachment_id, n)
);
-- Compressed once by whoever made the file, in nearly every case.
alter table attachment_chunks alter column content set storage external;

create table incident_templates (
  id uuid primary key,
  name_fr text not null,
  name_en text not null,
  title text not null,
  description text,
  service_id uuid references services,
  categories text[] not null,
  impact smallint check (impact between 1 and 4),
  urgency smallint check (urgency between 1 and 4),
  made_at timestamptz not null
);
