-- Contributors: somebody without an account answers one thing by a link. What was asked and answered stands in the incident's record; here
-- is only what the record must not hold. Of a link its hash: each letter bears one of its own, and nothing here opens anything.
create table contributor_links (
  hash text primary key,
  incident_id uuid not null references incidents,
  number integer not null,
  made_at bigint not null,
  -- Hash of what the browser keeps that opened it first; null while nobody has.
  browser text
);
create index contributor_links_of on contributor_links (incident_id, number);
create index contributor_links_made on contributor_links (made_at);
-- What somebody has begun to answer, kept until it is sent or its time is over.
create table contributor_drafts (
  incident_id uuid not null references incidents,
  number integer not null,
  choice text,
  words text,
  -- The file as it will be attached, its content being there already.
  file jsonb,
  kept_at bigint not null,
  primary key (incident_id, number)
);
create index contributor_drafts_kept on contributor_drafts (kept_at);
-- A file that came by a link was added by nobody whom the directory knows.
alter table attachments alter column added_by drop not null;
alter table attachments add column contributor text;
