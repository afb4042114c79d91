-- What the migrations make, all together. Written by `npm run generate`; a test compares it with a migrated database.

create extension pg_trgm;
create extension unaccent;

create table absences (
  id uuid not null,
  person_id uuid not null,
  from_at bigint not null,
  until_at bigint not null,
  made_at bigint not null,
  made_by uuid,
  constraint absences_check CHECK ((from_at < until_at)),
  constraint absences_made_by_fkey FOREIGN KEY (made_by) REFERENCES people(id),
  constraint absences_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint absences_pkey PRIMARY KEY (id)
);

create table alert_decisions (
  id bigint generated always as identity not null,
  alert_id uuid not null,
  at bigint not null,
  became text not null,
  held_for text,
  rule jsonb,
  until_at bigint,
  values jsonb not null,
  constraint alert_decisions_pkey PRIMARY KEY (id)
);

create table alerts (
  id uuid not null,
  integration_id uuid not null,
  key text not null,
  group_key text,
  status text not null,
  incident_id uuid,
  title text not null,
  severity text not null,
  source text,
  stateful boolean not null,
  starts_at bigint,
  opened_at bigint not null,
  last_at bigint not null,
  ended_at bigint,
  count integer not null,
  details jsonb not null,
  lease_until bigint,
  waits jsonb,
  placed text,
  constraint alerts_pkey PRIMARY KEY (id)
);

create table assistance_requests (
  id uuid not null,
  number text not null,
  seq integer not null,
  head text not null,
  exercise boolean not null,
  status text not null,
  is_open boolean not null,
  asker_id uuid,
  incident_id uuid,
  asked_party uuid,
  parties uuid[] not null,
  people uuid[] not null,
  answer_by bigint,
  request jsonb not null,
  asked_at bigint not null,
  updated_at bigint not null,
  constraint assistance_requests_asker_id_fkey FOREIGN KEY (asker_id) REFERENCES people(id),
  constraint assistance_requests_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id),
  constraint assistance_requests_number_key UNIQUE (number),
  constraint assistance_requests_pkey PRIMARY KEY (id)
);

create table assistance_settings (
  version integer not null,
  definition jsonb not null,
  made_at bigint not null,
  made_by uuid,
  constraint assistance_settings_made_by_fkey FOREIGN KEY (made_by) REFERENCES people(id),
  constraint assistance_settings_pkey PRIMARY KEY (version),
  constraint assistance_settings_version_check CHECK ((version > 0))
);

create table attachment_chunks (
  attachment_id uuid not null,
  n integer not null,
  content bytea not null,
  constraint attachment_chunks_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES attachments(id) ON DELETE CASCADE,
  constraint attachment_chunks_pkey PRIMARY KEY (attachment_id, n)
);

create table attachments (
  id uuid not null,
  incident_id uuid not null,
  name text not null,
  media_type text not null,
  bytes bigint not null,
  sha256 text not null,
  added_by uuid,
  begun_at timestamp with time zone not null,
  kept_at timestamp with time zone,
  held boolean default false not null,
  contributor text,
  constraint attachments_pkey PRIMARY KEY (id)
);

create table bound_laws (
  law text not null,
  traits text[] default '{}'::text[] not null,
  targets jsonb default '{}'::jsonb not null,
  zone text,
  place text,
  made_by uuid,
  at bigint not null,
  constraint bound_laws_made_by_fkey FOREIGN KEY (made_by) REFERENCES people(id),
  constraint bound_laws_pkey PRIMARY KEY (law)
);

create table business_calendar_versions (
  calendar text not null,
  version integer not null,
  hours jsonb not null,
  from_at bigint not null,
  made_by uuid,
  constraint business_calendar_versions_calendar_fkey FOREIGN KEY (calendar) REFERENCES business_calendars(id),
  constraint business_calendar_versions_made_by_fkey FOREIGN KEY (made_by) REFERENCES people(id),
  constraint business_calendar_versions_pkey PRIMARY KEY (calendar, version),
  constraint business_calendar_versions_version_check CHECK ((version > 0))
);

create table business_calendars (
  id text not null,
  name_fr text not null,
  name_en text not null,
  retired boolean default false not null,
  made_at timestamp with time zone not null,
  constraint business_calendars_pkey PRIMARY KEY (id)
);

create table calendar_feeds (
  id uuid not null,
  key_hash text not null,
  kind text not null,
  subject_id uuid not null,
  made_by uuid not null,
  made_at bigint not null,
  used_at bigint,
  revoked_at bigint,
  constraint calendar_feeds_key_hash_key UNIQUE (key_hash),
  constraint calendar_feeds_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'team'::text, 'schedule'::text]))),
  constraint calendar_feeds_made_by_fkey FOREIGN KEY (made_by) REFERENCES people(id),
  constraint calendar_feeds_pkey PRIMARY KEY (id)
);

create table carried_words (
  hash text not null,
  tx xid8 not null,
  done boolean default false not null,
  made_at bigint not null,
  constraint carried_words_pkey PRIMARY KEY (hash)
);

create table categories (
  id text not null,
  name_fr text not null,
  name_en text not null,
  made_at timestamp with time zone not null,
  keywords_fr text[] default '{}'::text[] not null,
  keywords_en text[] default '{}'::text[] not null,
  retired boolean default false not null,
  constraint categories_pkey PRIMARY KEY (id)
);

create table category_processes (
  category text not null,
  version integer not null,
  definition jsonb not null,
  made_at bigint not null,
  made_by uuid,
  constraint category_processes_category_fkey FOREIGN KEY (category) REFERENCES categories(id),
  constraint category_processes_made_by_fkey FOREIGN KEY (made_by) REFERENCES people(id),
  constraint category_processes_pkey PRIMARY KEY (category, version),
  constraint category_processes_version_check CHECK ((version > 0))
);

create table changes (
  id uuid not null,
  integration_id uuid not null,
  service_id uuid,
  at bigint not null,
  recorded_at bigint not null,
  summary text not null,
  source text,
  links jsonb not null,
  details jsonb not null,
  constraint changes_pkey PRIMARY KEY (id)
);

create table channel_keys (
  name text not null,
  public text not null,
  sealed text not null,
  made_at bigint not null,
  constraint channel_keys_pkey PRIMARY KEY (name)
);

create table channel_providers (
  id uuid not null,
  kind text not null,
  name text,
  position integer not null,
  sealed text not null,
  enabled boolean default true not null,
  failures integer default 0 not null,
  paused_until bigint,
  last_error text,
  tried_at bigint,
  made_at timestamp with time zone not null,
  constraint channel_providers_pkey PRIMARY KEY (id)
);

create table commits (
  id uuid not null,
  attempt smallint not null,
  position bigint generated always as identity not null,
  constraint commits_pkey PRIMARY KEY (id)
);

create table contact_points (
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  address text not null,
  enabled boolean default true not null,
  name text,
  sealed text,
  made_at timestamp with time zone not null,
  verified_at timestamp with time zone,
  code_sent_at bigint,
  code_tries smallint default 0 not null,
  disabled_because text,
  failures integer default 0 not null,
  paused_until bigint,
  last_error text,
  constraint contact_points_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint contact_points_pkey PRIMARY KEY (id)
);

create table contributor_drafts (
  incident_id uuid not null,
  number integer not null,
  choice text,
  words text,
  file jsonb,
  kept_at bigint not null,
  constraint contributor_drafts_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id),
  constraint contributor_drafts_pkey PRIMARY KEY (incident_id, number)
);

create table contributor_links (
  hash text not null,
  incident_id uuid not null,
  number integer not null,
  made_at bigint not null,
  browser text,
  constraint contributor_links_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id),
  constraint contributor_links_pkey PRIMARY KEY (hash)
);

create table counters (
  name text not null,
  value bigint not null,
  constraint counters_pkey PRIMARY KEY (name)
);

create table cover_requests (
  id uuid not null,
  schedule_id uuid not null,
  person_id uuid not null,
  from_at bigint not null,
  until_at bigint not null,
  asked_person uuid,
  return_from bigint,
  return_until bigint,
  message text,
  made_at bigint not null,
  withdrawn_at bigint,
  accepted_at bigint,
  accepted_by uuid,
  declined_at bigint,
  constraint cover_requests_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES people(id),
  constraint cover_requests_asked_person_fkey FOREIGN KEY (asked_person) REFERENCES people(id),
  constraint cover_requests_check CHECK ((from_at < until_at)),
  constraint cover_requests_check1 CHECK ((return_from < return_until)),
  constraint cover_requests_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint cover_requests_pkey PRIMARY KEY (id),
  constraint cover_requests_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES schedules(id)
);

create table delivery_evidence (
  id bigint generated always as identity not null,
  outbox_id bigint not null,
  at bigint not null,
  provider_id uuid,
  provider text,
  state text not null,
  detail text,
  constraint delivery_evidence_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES outbox(id) ON DELETE CASCADE,
  constraint delivery_evidence_pkey PRIMARY KEY (id)
);

create table desk_states (
  key text not null,
  state jsonb not null,
  constraint desk_states_pkey PRIMARY KEY (key)
);

create table domains (
  id text not null,
  name_fr text not null,
  name_en text not null,
  retired boolean default false not null,
  made_at timestamp with time zone not null,
  constraint domains_pkey PRIMARY KEY (id)
);

create table escalation_policies (
  id uuid not null,
  name text not null,
  steps jsonb not null,
  repeat smallint not null,
  made_at timestamp with time zone not null,
  zone text,
  act_within_minutes smallint,
  constraint escalation_policies_pkey PRIMARY KEY (id)
);

create table events (
  stream text not null,
  seq integer not null,
  position bigint generated always as identity not null,
  tx xid8 default pg_current_xact_id() not null,
  type text not null,
  version smallint not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  actor jsonb not null,
  level smallint,
  role text,
  on_behalf_of text,
  derogation text,
  process text not null,
  exercise boolean not null,
  cause jsonb not null,
  reason text,
  data jsonb,
  salt text,
  data_hash text not null,
  hash text not null,
  constraint events_pkey PRIMARY KEY (stream, seq),
  constraint events_seq_check CHECK ((seq > 0))
);

create table function_members (
  function_id uuid not null,
  person_id uuid not null,
  constraint function_members_function_id_fkey FOREIGN KEY (function_id) REFERENCES functions(id),
  constraint function_members_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint function_members_pkey PRIMARY KEY (function_id, person_id)
);

create table functions (
  id uuid not null,
  name_fr text not null,
  name_en text not null,
  made_at timestamp with time zone not null,
  constraint functions_pkey PRIMARY KEY (id)
);

create table heartbeat_watch (
  id boolean default true not null,
  watching_until bigint not null,
  gap_from bigint,
  gap_until bigint,
  constraint heartbeat_watch_id_check CHECK (id),
  constraint heartbeat_watch_pkey PRIMARY KEY (id)
);

create table heartbeats (
  id uuid not null,
  integration_id uuid not null,
  name text not null,
  description text,
  service_id uuid,
  severity text not null,
  priority smallint,
  message text,
  tags text[] default '{}'::text[] not null,
  unit text not null,
  interval_ms bigint not null,
  grace_ms bigint not null,
  enabled boolean not null,
  last_ping_at bigint,
  counts_from bigint,
  late_since bigint,
  due_at bigint,
  key_hash text,
  key_ending text,
  made_at bigint not null,
  constraint heartbeats_integration_id_fkey FOREIGN KEY (integration_id) REFERENCES integrations(id),
  constraint heartbeats_key_hash_key UNIQUE (key_hash),
  constraint heartbeats_pkey PRIMARY KEY (id),
  constraint heartbeats_service_id_fkey FOREIGN KEY (service_id) REFERENCES services(id)
);

create table idempotency (
  key_hash text not null,
  body_hash text not null,
  request_id text not null,
  status smallint,
  body jsonb,
  etag text,
  made_at bigint not null,
  constraint idempotency_pkey PRIMARY KEY (key_hash)
);

create table incident_engagements (
  incident_id uuid not null,
  number integer not null,
  supplier_id uuid not null,
  asked_at bigint not null,
  status text default 'asked'::text not null,
  respond text,
  restore text,
  constraint incident_engagements_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id),
  constraint incident_engagements_pkey PRIMARY KEY (incident_id, number),
  constraint incident_engagements_respond_check CHECK ((respond = ANY (ARRAY['met'::text, 'missed'::text, 'running'::text, 'without'::text]))),
  constraint incident_engagements_restore_check CHECK ((restore = ANY (ARRAY['met'::text, 'missed'::text, 'running'::text, 'without'::text]))),
  constraint incident_engagements_supplier_id_fkey FOREIGN KEY (supplier_id) REFERENCES suppliers(id)
);

create table incident_links (
  incident_id uuid not null,
  other_id uuid not null,
  kind text not null,
  workstream integer,
  at bigint not null,
  by_name text not null,
  reason text,
  constraint incident_links_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id),
  constraint incident_links_other_id_fkey FOREIGN KEY (other_id) REFERENCES incidents(id) DEFERRABLE INITIALLY DEFERRED,
  constraint incident_links_pkey PRIMARY KEY (incident_id, other_id)
);

create table incident_obligations (
  incident_id uuid not null,
  law text not null,
  outcome text not null,
  assessed_at bigint not null,
  constraint incident_obligations_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id),
  constraint incident_obligations_pkey PRIMARY KEY (incident_id, law)
);

create table incident_observables (
  key text not null,
  incident_id uuid not null,
  constraint incident_observables_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id),
  constraint incident_observables_pkey PRIMARY KEY (key, incident_id)
);

create table incident_opened (
  id bigint generated always as identity not null,
  incident_id uuid not null,
  person_id uuid not null,
  via text not null,
  what text not null,
  at bigint not null,
  constraint incident_opened_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id),
  constraint incident_opened_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint incident_opened_pkey PRIMARY KEY (id),
  constraint incident_opened_what_check CHECK ((what = ANY (ARRAY['page'::text, 'export'::text, 'file'::text])))
);

create table incident_search (
  incident_id uuid not null,
  service_id uuid,
  title text not null,
  fingerprint text,
  is_open boolean not null,
  reported_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  document tsvector not null,
  constraint incident_search_pkey PRIMARY KEY (incident_id)
);

create table incident_templates (
  id uuid not null,
  name_fr text not null,
  name_en text not null,
  title text not null,
  description text,
  service_id uuid,
  categories text[] not null,
  impact smallint,
  urgency smallint,
  made_at timestamp with time zone not null,
  constraint incident_templates_impact_check CHECK (((impact >= 1) AND (impact <= 4))),
  constraint incident_templates_pkey PRIMARY KEY (id),
  constraint incident_templates_service_id_fkey FOREIGN KEY (service_id) REFERENCES services(id),
  constraint incident_templates_urgency_check CHECK (((urgency >= 1) AND (urgency <= 4)))
);

create table incidents (
  id uuid not null,
  number text not null,
  seq integer not null,
  head text not null,
  exercise boolean not null,
  title text not null,
  service_id uuid,
  stage text not null,
  is_open boolean not null,
  priority smallint,
  categories text[] not null,
  assigned_person uuid,
  assigned_team uuid,
  assigned_function uuid,
  accepted_by uuid,
  next_page_at timestamp with time zone,
  open_alerts integer not null,
  firing_alerts integer not null,
  incident jsonb not null,
  paging jsonb not null,
  reported_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  due_at timestamp with time zone,
  due_target text,
  restricted boolean default false not null,
  admitted uuid[] default '{}'::uuid[] not null,
  to_check boolean default false not null,
  constraint incidents_number_key UNIQUE (number),
  constraint incidents_pkey PRIMARY KEY (id)
);

create table intake_log (
  id bigint generated always as identity not null,
  integration_id uuid not null,
  at bigint not null,
  outcome text not null,
  detail jsonb not null,
  constraint intake_log_pkey PRIMARY KEY (id)
);

create table integration_keys (
  key_hash text not null,
  integration_id uuid not null,
  made_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  id uuid not null,
  ending text,
  used_at timestamp with time zone,
  constraint integration_keys_id UNIQUE (id),
  constraint integration_keys_integration_id_fkey FOREIGN KEY (integration_id) REFERENCES integrations(id),
  constraint integration_keys_pkey PRIMARY KEY (key_hash)
);

create table integrations (
  id uuid not null,
  kind text not null,
  name text not null,
  service_id uuid,
  mapping jsonb,
  created_by uuid,
  made_at timestamp with time zone not null,
  signature jsonb,
  constraint integrations_created_by_fkey FOREIGN KEY (created_by) REFERENCES people(id),
  constraint integrations_pkey PRIMARY KEY (id),
  constraint integrations_service_id_fkey FOREIGN KEY (service_id) REFERENCES services(id)
);

create table known_errors (
  id uuid not null,
  name_fr text not null,
  name_en text not null,
  workaround_fr text,
  workaround_en text,
  services jsonb default '[]'::jsonb not null,
  retired boolean default false not null,
  made_at bigint not null,
  constraint known_errors_check CHECK (((workaround_fr IS NOT NULL) OR (workaround_en IS NOT NULL))),
  constraint known_errors_pkey PRIMARY KEY (id)
);

create table mail_replies (
  message_hash text not null,
  outbox_id bigint not null,
  taken_at bigint not null,
  attempts smallint not null,
  acts_done smallint default 0 not null,
  ended_at bigint,
  became text,
  constraint mail_replies_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES outbox(id) ON DELETE CASCADE,
  constraint mail_replies_pkey PRIMARY KEY (message_hash)
);

create table mail_trials (
  id uuid not null,
  person_id uuid not null,
  address text not null,
  code_hash text not null,
  link_hash text not null,
  tries smallint default 0 not null,
  sent_at bigint not null,
  refused text,
  returned_at bigint,
  constraint mail_trials_link_hash_key UNIQUE (link_hash),
  constraint mail_trials_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint mail_trials_pkey PRIMARY KEY (id)
);

create table maintenance_windows (
  id uuid not null,
  version integer default 1 not null,
  name text not null,
  reason text not null,
  scope jsonb not null,
  service_ids uuid[] not null,
  plan jsonb not null,
  created_by uuid not null,
  made_at bigint not null,
  ended_at bigint,
  constraint maintenance_windows_created_by_fkey FOREIGN KEY (created_by) REFERENCES people(id),
  constraint maintenance_windows_pkey PRIMARY KEY (id)
);

create table migrations (
  name text not null,
  hash text not null,
  constraint migrations_pkey PRIMARY KEY (name)
);

create table nodes (
  id uuid not null,
  seen_at bigint not null,
  clock_skew_ms integer not null,
  constraint nodes_pkey PRIMARY KEY (id)
);

create table noise_rules (
  id uuid not null,
  version integer default 1 not null,
  kind text not null,
  name text not null,
  enabled boolean not null,
  scope jsonb not null,
  definition jsonb not null,
  made_at bigint not null,
  constraint noise_rules_pkey PRIMARY KEY (id)
);

create table noted_heads (
  day date not null,
  stream text not null,
  seq integer not null,
  hash text not null,
  constraint noted_heads_pkey PRIMARY KEY (stream, day)
);

create table notification_preferences (
  person_id uuid not null,
  high jsonb not null,
  low jsonb not null,
  quiet jsonb,
  constraint notification_preferences_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint notification_preferences_pkey PRIMARY KEY (person_id)
);

create table opsgenie_alerts (
  alert_id uuid not null,
  integration_id uuid not null,
  tiny_id bigint generated always as identity not null,
  acknowledged boolean default false not null,
  updated_at bigint not null,
  constraint opsgenie_alerts_pkey PRIMARY KEY (alert_id),
  constraint opsgenie_alerts_tiny_id_key UNIQUE (tiny_id)
);

create table opsgenie_requests (
  id uuid not null,
  integration_id uuid not null,
  at bigint not null,
  result jsonb not null,
  constraint opsgenie_requests_pkey PRIMARY KEY (id)
);

create table outbox (
  id bigint generated always as identity not null,
  key text not null,
  kind text not null,
  incident_id uuid,
  page_id uuid,
  person_id uuid,
  payload jsonb not null,
  status text default 'pending'::text not null,
  due_at bigint not null,
  not_after bigint not null,
  attempts integer default 0 not null,
  unknown_attempt boolean default false not null,
  lease_until bigint default 0 not null,
  fence bigint default 0 not null,
  last_error text,
  made_at bigint not null,
  done_at bigint,
  channel text default 'email'::text not null,
  contact_point_id uuid,
  acknowledged_at bigint,
  constraint outbox_key_key UNIQUE (key),
  constraint outbox_pkey PRIMARY KEY (id)
);

create table outgoing_heartbeat (
  id boolean default true not null,
  sealed text not null,
  host text not null,
  interval_ms bigint not null,
  set_at bigint not null,
  next_at bigint not null,
  told_at bigint,
  failed_at bigint,
  last_error text,
  constraint outgoing_heartbeat_id_check CHECK (id),
  constraint outgoing_heartbeat_pkey PRIMARY KEY (id)
);

create table people (
  id uuid not null,
  name text not null,
  email text not null,
  language text not null,
  zone text not null,
  level smallint,
  admin boolean default false not null,
  active boolean default true not null,
  password_hash text,
  made_at timestamp with time zone not null,
  constraint people_level_check CHECK (((level >= 2) AND (level <= 5))),
  constraint people_pkey PRIMARY KEY (id)
);

create table policy_webhooks (
  id uuid not null,
  name text not null,
  host text not null,
  sealed text not null,
  made_at bigint not null,
  asked_at bigint,
  last_error text,
  constraint policy_webhooks_name_key UNIQUE (name),
  constraint policy_webhooks_pkey PRIMARY KEY (id)
);

create table proofs (
  id text not null,
  proved_at bigint not null,
  person_id uuid,
  facts jsonb not null,
  constraint proofs_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint proofs_pkey PRIMARY KEY (id)
);

create table reply_mailbox (
  id boolean default true not null,
  mailbox text not null,
  uid_validity text,
  uid_seen bigint default 0 not null,
  holder uuid,
  lease_until bigint default 0 not null,
  next_at bigint default 0 not null,
  failures integer default 0 not null,
  read_at bigint,
  last_error text,
  constraint reply_mailbox_id_check CHECK (id),
  constraint reply_mailbox_pkey PRIMARY KEY (id)
);

create table reports (
  id uuid not null,
  receipt_hash text not null,
  incident_id uuid,
  title text not null,
  description text,
  language text not null,
  contact text,
  name text,
  service_id uuid,
  network text not null,
  made_at bigint not null,
  document tsvector default ''::tsvector not null,
  constraint reports_pkey PRIMARY KEY (id),
  constraint reports_receipt_hash_key UNIQUE (receipt_hash)
);

create table saved_views (
  id uuid not null,
  person_id uuid not null,
  name text not null,
  filter jsonb not null,
  made_at timestamp with time zone not null,
  constraint saved_views_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint saved_views_pkey PRIMARY KEY (id)
);

create table schedule_overrides (
  id uuid not null,
  schedule_id uuid not null,
  person_id uuid not null,
  from_at bigint not null,
  until_at bigint not null,
  made_at bigint not null,
  made_by uuid,
  constraint schedule_overrides_check CHECK ((from_at < until_at)),
  constraint schedule_overrides_made_by_fkey FOREIGN KEY (made_by) REFERENCES people(id),
  constraint schedule_overrides_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint schedule_overrides_pkey PRIMARY KEY (id),
  constraint schedule_overrides_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES schedules(id)
);

create table schedules (
  id uuid not null,
  name text not null,
  made_at timestamp with time zone not null,
  layers jsonb not null,
  declared_gaps jsonb default '[]'::jsonb not null,
  stands_in_for uuid,
  stands_from bigint,
  stands_until bigint,
  constraint schedules_pkey PRIMARY KEY (id),
  constraint schedules_stands_in CHECK (((num_nonnulls(stands_in_for, stands_from, stands_until) = ANY (ARRAY[0, 3])) AND (stands_from < stands_until) AND (stands_in_for <> id))),
  constraint schedules_stands_in_for_fkey FOREIGN KEY (stands_in_for) REFERENCES schedules(id)
);

create table service_dependencies (
  service_id uuid not null,
  on_id uuid not null,
  kind text not null,
  constraint service_dependencies_check CHECK ((service_id <> on_id)),
  constraint service_dependencies_kind_check CHECK ((kind = ANY (ARRAY['needs'::text, 'degraded-without'::text]))),
  constraint service_dependencies_on_id_fkey FOREIGN KEY (on_id) REFERENCES services(id),
  constraint service_dependencies_pkey PRIMARY KEY (service_id, on_id),
  constraint service_dependencies_service_id_fkey FOREIGN KEY (service_id) REFERENCES services(id)
);

create table service_vital_functions (
  service_id uuid not null,
  vital_function_id uuid not null,
  constraint service_vital_functions_pkey PRIMARY KEY (service_id, vital_function_id),
  constraint service_vital_functions_service_id_fkey FOREIGN KEY (service_id) REFERENCES services(id),
  constraint service_vital_functions_vital_function_id_fkey FOREIGN KEY (vital_function_id) REFERENCES vital_functions(id)
);

create table services (
  id uuid not null,
  name_fr text not null,
  name_en text not null,
  owner_id uuid,
  team_id uuid,
  policy_id uuid,
  made_at timestamp with time zone not null,
  aliases_fr text[] default '{}'::text[] not null,
  aliases_en text[] default '{}'::text[] not null,
  calendar_id text,
  retired boolean default false not null,
  constraint services_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES business_calendars(id),
  constraint services_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES people(id),
  constraint services_pkey PRIMARY KEY (id),
  constraint services_policy_id_fkey FOREIGN KEY (policy_id) REFERENCES escalation_policies(id),
  constraint services_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id)
);

create table sessions (
  id_hash text not null,
  person_id uuid not null,
  made_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  password_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint sessions_pkey PRIMARY KEY (id_hash)
);

create table settings (
  id boolean default true not null,
  language text not null,
  zone text not null,
  default_policy_id uuid,
  public_reports boolean default true not null,
  directory_version bigint default 1 not null,
  key_check text not null,
  private_addresses text[] default '{}'::text[] not null,
  setup_skipped text[] default '{}'::text[] not null,
  setup_left_at bigint,
  constraint settings_id_check CHECK (id),
  constraint settings_pkey PRIMARY KEY (id)
);

create table silences (
  id uuid not null,
  version integer default 1 not null,
  reason text not null,
  scope jsonb not null,
  from_at bigint not null,
  until_at bigint not null,
  created_by uuid not null,
  made_at bigint not null,
  ended_by uuid,
  ended_at bigint,
  constraint silences_created_by_fkey FOREIGN KEY (created_by) REFERENCES people(id),
  constraint silences_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES people(id),
  constraint silences_pkey PRIMARY KEY (id)
);

create table suppliers (
  id uuid not null,
  name text not null,
  kind text not null,
  language text not null,
  contract text,
  services jsonb default '[]'::jsonb not null,
  calendar text,
  targets jsonb default '[]'::jsonb not null,
  contacts jsonb default '[]'::jsonb not null,
  note text,
  retired boolean default false not null,
  made_at bigint not null,
  constraint suppliers_calendar_fkey FOREIGN KEY (calendar) REFERENCES business_calendars(id),
  constraint suppliers_kind_check CHECK ((kind = ANY (ARRAY['supplier'::text, 'partner'::text]))),
  constraint suppliers_language_check CHECK ((language = ANY (ARRAY['fr'::text, 'en'::text]))),
  constraint suppliers_pkey PRIMARY KEY (id)
);

create table team_exercises (
  id uuid not null,
  team_id uuid not null,
  held_on date not null,
  what text not null,
  noted_by uuid not null,
  noted_at bigint not null,
  constraint team_exercises_noted_by_fkey FOREIGN KEY (noted_by) REFERENCES people(id),
  constraint team_exercises_pkey PRIMARY KEY (id),
  constraint team_exercises_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id)
);

create table team_members (
  team_id uuid not null,
  person_id uuid not null,
  constraint team_members_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint team_members_pkey PRIMARY KEY (team_id, person_id),
  constraint team_members_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id)
);

create table teams (
  id uuid not null,
  name text not null,
  made_at timestamp with time zone not null,
  charter jsonb,
  constraint teams_name_key UNIQUE (name),
  constraint teams_pkey PRIMARY KEY (id)
);

create table timers (
  key text not null,
  payload jsonb not null,
  due_at bigint not null,
  attempts integer default 0 not null,
  lease_until bigint default 0 not null,
  fence bigint default 0 not null,
  constraint timers_pkey PRIMARY KEY (key)
);

create table tokens (
  id uuid not null,
  token_hash text not null,
  person_id uuid not null,
  name text not null,
  scopes text[] not null,
  made_at timestamp with time zone not null,
  made_via text not null,
  used_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint tokens_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint tokens_pkey PRIMARY KEY (id),
  constraint tokens_token_hash_key UNIQUE (token_hash)
);

create table told_holes (
  person_id uuid not null,
  service_id uuid,
  from_at bigint not null,
  until_at bigint not null,
  told_at bigint not null,
  policy_id text,
  addressee text,
  constraint told_holes_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id),
  constraint told_holes_service_id_fkey FOREIGN KEY (service_id) REFERENCES services(id)
);

create table vital_functions (
  id uuid not null,
  name_fr text not null,
  name_en text not null,
  made_at timestamp with time zone not null,
  owner_id uuid,
  criticality text default 'high'::text not null,
  tolerable_minutes integer,
  retired boolean default false not null,
  constraint vital_functions_criticality_check CHECK ((criticality = ANY (ARRAY['critical'::text, 'high'::text, 'moderate'::text]))),
  constraint vital_functions_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES people(id),
  constraint vital_functions_pkey PRIMARY KEY (id),
  constraint vital_functions_tolerable_minutes_check CHECK ((tolerable_minutes > 0))
);

create table watchdog_findings (
  key text not null,
  kind text not null,
  incident_id uuid,
  found_at bigint not null,
  healed boolean not null,
  constraint watchdog_findings_pkey PRIMARY KEY (key)
);

CREATE OR REPLACE FUNCTION public.refuse_held()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_table_name = 'attachments' then
    if old.held then raise exception 'the file % is held as evidence', old.id; end if;
  elsif exists (select from attachments where id = old.attachment_id and held) then
    raise exception 'the file % is held as evidence', old.attachment_id;
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end
$function$
;
CREATE OR REPLACE FUNCTION public.search_document(folded text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select strip(to_tsvector('pg_catalog.simple', folded) || to_tsvector('pg_catalog.french', folded) || to_tsvector('pg_catalog.english', folded))
$function$
;
CREATE OR REPLACE FUNCTION public.search_word(word text, prefix boolean)
 RETURNS tsquery
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when prefix
    then to_tsquery('pg_catalog.simple', word || ':*')
    else plainto_tsquery('pg_catalog.simple', word) end
    || plainto_tsquery('pg_catalog.french', word) || plainto_tsquery('pg_catalog.english', word)
$function$
;

CREATE INDEX absences_until ON public.absences USING btree (until_at);
CREATE INDEX alert_decisions_of ON public.alert_decisions USING btree (alert_id, id);
CREATE INDEX alerts_group ON public.alerts USING btree (integration_id, group_key, opened_at DESC) WHERE (group_key IS NOT NULL);
CREATE INDEX alerts_group_across ON public.alerts USING btree (group_key, opened_at DESC) WHERE starts_with(group_key, 'across/'::text);
CREATE INDEX alerts_incident ON public.alerts USING btree (incident_id, id);
CREATE INDEX alerts_key ON public.alerts USING btree (integration_id, key, opened_at DESC) WHERE (status <> ALL (ARRAY['open'::text, 'quiet'::text]));
CREATE UNIQUE INDEX alerts_live ON public.alerts USING btree (integration_id, key) WHERE (status = ANY (ARRAY['open'::text, 'quiet'::text]));
CREATE INDEX alerts_waiting ON public.alerts USING btree (integration_id, ((waits ->> 'on'::text))) WHERE ((waits IS NOT NULL) AND (status = 'open'::text));
CREATE INDEX assistance_newest ON public.assistance_requests USING btree (asked_at DESC, id DESC);
CREATE INDEX assistance_of_asker ON public.assistance_requests USING btree (asker_id, asked_at DESC);
CREATE INDEX assistance_of_incident ON public.assistance_requests USING btree (incident_id) WHERE (incident_id IS NOT NULL);
CREATE INDEX assistance_open ON public.assistance_requests USING btree (asked_party, asked_at) WHERE is_open;
CREATE INDEX attachments_incident ON public.attachments USING btree (incident_id, id);
CREATE INDEX attachments_unkept ON public.attachments USING btree (begun_at) WHERE (kept_at IS NULL);
CREATE INDEX calendar_feeds_owner ON public.calendar_feeds USING btree (made_by) WHERE (revoked_at IS NULL);
CREATE INDEX carried_words_made ON public.carried_words USING btree (made_at);
CREATE INDEX changes_newest ON public.changes USING btree (at DESC, id DESC);
CREATE INDEX changes_recorded ON public.changes USING btree (recorded_at);
CREATE INDEX changes_service ON public.changes USING btree (service_id, at DESC, id DESC);
CREATE INDEX commits_position ON public.commits USING btree ("position");
CREATE INDEX contact_points_person ON public.contact_points USING btree (person_id);
CREATE INDEX contributor_drafts_kept ON public.contributor_drafts USING btree (kept_at);
CREATE INDEX contributor_links_made ON public.contributor_links USING btree (made_at);
CREATE INDEX contributor_links_of ON public.contributor_links USING btree (incident_id, number);
CREATE INDEX cover_requests_open ON public.cover_requests USING btree (until_at) WHERE ((withdrawn_at IS NULL) AND (accepted_at IS NULL) AND (declined_at IS NULL));
CREATE INDEX delivery_evidence_of ON public.delivery_evidence USING btree (outbox_id, id);
CREATE UNIQUE INDEX delivery_evidence_once ON public.delivery_evidence USING btree (outbox_id, provider_id, state) WHERE (state = ANY (ARRAY['delivered'::text, 'answered'::text, 'undelivered'::text, 'acknowledged'::text, 'declined'::text]));
CREATE UNIQUE INDEX events_feed ON public.events USING btree (tx, "position");
CREATE INDEX events_recorded ON public.events USING brin (recorded_at);
CREATE INDEX heartbeats_due ON public.heartbeats USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE UNIQUE INDEX heartbeats_name ON public.heartbeats USING btree (integration_id, lower(name));
CREATE INDEX idempotency_made ON public.idempotency USING btree (made_at);
CREATE INDEX incident_engagements_by_supplier ON public.incident_engagements USING btree (supplier_id, asked_at DESC, incident_id) INCLUDE (number, status, respond, restore);
CREATE INDEX incident_links_by_other ON public.incident_links USING btree (other_id, incident_id);
CREATE INDEX incident_obligations_by_law ON public.incident_obligations USING btree (law, assessed_at DESC, incident_id);
CREATE INDEX incident_opened_newest ON public.incident_opened USING btree (incident_id, id DESC);
CREATE INDEX incident_search_ended ON public.incident_search USING btree (ended_at DESC) WHERE (NOT is_open);
CREATE INDEX incident_search_ended_service ON public.incident_search USING btree (service_id, ended_at DESC) WHERE (NOT is_open);
CREATE INDEX incident_search_fingerprint ON public.incident_search USING btree (fingerprint, is_open DESC, reported_at DESC);
CREATE INDEX incident_search_newest ON public.incident_search USING btree (reported_at DESC, incident_id DESC);
CREATE INDEX incident_search_open ON public.incident_search USING btree (reported_at DESC) WHERE is_open;
CREATE INDEX incident_search_open_service ON public.incident_search USING btree (service_id, reported_at DESC) WHERE is_open;
CREATE INDEX incident_search_open_words ON public.incident_search USING gin (document) WITH (gin_pending_list_limit='128') WHERE is_open;
CREATE INDEX incident_search_words ON public.incident_search USING gin (document) WITH (gin_pending_list_limit='512');
CREATE INDEX incidents_accepted_by ON public.incidents USING btree (accepted_by, reported_at DESC, id DESC) WHERE (accepted_by IS NOT NULL);
CREATE INDEX incidents_assigned_person ON public.incidents USING btree (assigned_person, reported_at DESC, id DESC) WHERE (assigned_person IS NOT NULL);
CREATE INDEX incidents_assigned_team ON public.incidents USING btree (assigned_team, reported_at DESC, id DESC) WHERE (assigned_team IS NOT NULL);
CREATE INDEX incidents_categories ON public.incidents USING gin (categories) WITH (gin_pending_list_limit='128') WHERE (categories <> '{}'::text[]);
CREATE INDEX incidents_due ON public.incidents USING btree (due_at, id) WHERE (is_open AND (due_at IS NOT NULL));
CREATE INDEX incidents_newest ON public.incidents USING btree (reported_at DESC, id DESC);
CREATE INDEX incidents_next_page ON public.incidents USING btree (next_page_at) WHERE (next_page_at IS NOT NULL);
CREATE INDEX incidents_open ON public.incidents USING btree (COALESCE((priority)::integer, 3), reported_at DESC, id DESC) WHERE is_open;
CREATE INDEX incidents_service ON public.incidents USING btree (service_id, reported_at DESC, id DESC);
CREATE INDEX incidents_stage ON public.incidents USING btree (stage, reported_at DESC, id DESC);
CREATE INDEX incidents_to_check ON public.incidents USING btree (reported_at DESC, id DESC) WHERE to_check;
CREATE INDEX incidents_with_teams ON public.incidents USING btree (reported_at DESC) WHERE (incident ? 'activations'::text);
CREATE INDEX intake_log_integration ON public.intake_log USING btree (integration_id, id DESC);
CREATE INDEX integration_keys_integration ON public.integration_keys USING btree (integration_id);
CREATE INDEX mail_replies_taken ON public.mail_replies USING btree (taken_at);
CREATE INDEX mail_trials_person ON public.mail_trials USING btree (person_id, sent_at DESC);
CREATE UNIQUE INDEX noise_rules_name ON public.noise_rules USING btree (lower(name));
CREATE INDEX noted_heads_day ON public.noted_heads USING btree (day);
CREATE INDEX opsgenie_alerts_integration ON public.opsgenie_alerts USING btree (integration_id, alert_id);
CREATE INDEX opsgenie_requests_at ON public.opsgenie_requests USING btree (at);
CREATE INDEX outbox_contact_point ON public.outbox USING btree (contact_point_id, id DESC) WHERE (contact_point_id IS NOT NULL);
CREATE INDEX outbox_dead ON public.outbox USING btree (id) WHERE (status = 'dead'::text);
CREATE INDEX outbox_held ON public.outbox USING btree (contact_point_id, id) WHERE ((kind = 'page'::text) AND (status = 'pending'::text) AND ((payload ? 'held'::text) OR (last_error = 'throttled'::text)));
CREATE INDEX outbox_incident ON public.outbox USING btree (incident_id);
CREATE INDEX outbox_pending ON public.outbox USING btree (channel, GREATEST(due_at, lease_until)) WHERE (status = 'pending'::text);
CREATE INDEX outbox_policy_webhook ON public.outbox USING btree (((payload ->> 'webhook'::text)), id DESC) WHERE (channel = 'policy-webhook'::text);
CREATE UNIQUE INDEX people_email ON public.people USING btree (lower(email));
CREATE INDEX reports_made ON public.reports USING btree (made_at);
CREATE INDEX reports_network ON public.reports USING btree (network, made_at);
CREATE INDEX reports_words ON public.reports USING gin (document);
CREATE UNIQUE INDEX saved_views_name ON public.saved_views USING btree (person_id, lower(name));
CREATE INDEX schedule_overrides_until ON public.schedule_overrides USING btree (until_at);
CREATE INDEX service_dependencies_on ON public.service_dependencies USING btree (on_id);
CREATE INDEX sessions_person ON public.sessions USING btree (person_id);
CREATE INDEX silences_until ON public.silences USING btree (until_at DESC, id);
CREATE UNIQUE INDEX suppliers_by_name ON public.suppliers USING btree (lower(name)) WHERE (NOT retired);
CREATE INDEX team_exercises_of ON public.team_exercises USING btree (team_id, held_on DESC);
CREATE INDEX timers_due ON public.timers USING btree (GREATEST(due_at, lease_until));
CREATE INDEX told_holes_until ON public.told_holes USING btree (until_at);
CREATE INDEX watchdog_findings_found ON public.watchdog_findings USING btree (found_at);

CREATE TRIGGER attachment_chunks_held BEFORE DELETE OR UPDATE ON public.attachment_chunks FOR EACH ROW EXECUTE FUNCTION refuse_held();
CREATE TRIGGER attachments_held BEFORE DELETE ON public.attachments FOR EACH ROW EXECUTE FUNCTION refuse_held();

grant delete, insert, select, update on absences to tocsin_app;
grant delete, insert, select, update on alert_decisions to tocsin_app;
grant usage on sequence alert_decisions_id_seq to tocsin_app;
grant delete, insert, select, update on alerts to tocsin_app;
grant delete, insert, select, update on assistance_requests to tocsin_app;
grant delete, insert, select, update on assistance_settings to tocsin_app;
grant delete, insert, select, update on attachment_chunks to tocsin_app;
grant delete, insert, select, update on attachments to tocsin_app;
grant delete, insert, select, update on bound_laws to tocsin_app;
grant delete, insert, select, update on business_calendar_versions to tocsin_app;
grant delete, insert, select, update on business_calendars to tocsin_app;
grant delete, insert, select, update on calendar_feeds to tocsin_app;
grant delete, insert, select, update on carried_words to tocsin_app;
grant delete, insert, select, update on categories to tocsin_app;
grant delete, insert, select, update on category_processes to tocsin_app;
grant delete, insert, select, update on changes to tocsin_app;
grant delete, insert, select, update on channel_keys to tocsin_app;
grant delete, insert, select, update on channel_providers to tocsin_app;
grant delete, insert, select, update on commits to tocsin_app;
grant usage on sequence commits_position_seq to tocsin_app;
grant delete, insert, select, update on contact_points to tocsin_app;
grant delete, insert, select, update on contributor_drafts to tocsin_app;
grant delete, insert, select, update on contributor_links to tocsin_app;
grant delete, insert, select, update on counters to tocsin_app;
grant delete, insert, select, update on cover_requests to tocsin_app;
grant delete, insert, select, update on delivery_evidence to tocsin_app;
grant usage on sequence delivery_evidence_id_seq to tocsin_app;
grant delete, insert, select, update on desk_states to tocsin_app;
grant delete, insert, select, update on domains to tocsin_app;
grant delete, insert, select, update on escalation_policies to tocsin_app;
grant insert, select on events to tocsin_app;
grant usage on sequence events_position_seq to tocsin_app;
grant delete, insert, select, update on function_members to tocsin_app;
grant delete, insert, select, update on functions to tocsin_app;
grant delete, insert, select, update on heartbeat_watch to tocsin_app;
grant delete, insert, select, update on heartbeats to tocsin_app;
grant delete, insert, select, update on idempotency to tocsin_app;
grant delete, insert, select, update on incident_engagements to tocsin_app;
grant delete, insert, select, update on incident_links to tocsin_app;
grant delete, insert, select, update on incident_obligations to tocsin_app;
grant delete, insert, select, update on incident_observables to tocsin_app;
grant insert, select on incident_opened to tocsin_app;
grant usage on sequence incident_opened_id_seq to tocsin_app;
grant delete, insert, select, update on incident_search to tocsin_app;
grant delete, insert, select, update on incident_templates to tocsin_app;
grant delete, insert, select, update on incidents to tocsin_app;
grant delete, insert, select, update on intake_log to tocsin_app;
grant usage on sequence intake_log_id_seq to tocsin_app;
grant delete, insert, select, update on integration_keys to tocsin_app;
grant delete, insert, select, update on integrations to tocsin_app;
grant delete, insert, select, update on known_errors to tocsin_app;
grant delete, insert, select, update on mail_replies to tocsin_app;
grant delete, insert, select, update on mail_trials to tocsin_app;
grant delete, insert, select, update on maintenance_windows to tocsin_app;
grant select on migrations to tocsin_app;
grant delete, insert, select, update on nodes to tocsin_app;
grant delete, insert, select, update on noise_rules to tocsin_app;
grant insert, select on noted_heads to tocsin_app;
grant delete, insert, select, update on notification_preferences to tocsin_app;
grant delete, insert, select, update on opsgenie_alerts to tocsin_app;
grant usage on sequence opsgenie_alerts_tiny_id_seq to tocsin_app;
grant delete, insert, select, update on opsgenie_requests to tocsin_app;
grant delete, insert, select, update on outbox to tocsin_app;
grant usage on sequence outbox_id_seq to tocsin_app;
grant delete, insert, select, update on outgoing_heartbeat to tocsin_app;
grant delete, insert, select, update on people to tocsin_app;
grant delete, insert, select, update on policy_webhooks to tocsin_app;
grant delete, insert, select, update on proofs to tocsin_app;
grant delete, insert, select, update on reply_mailbox to tocsin_app;
grant delete, insert, select, update on reports to tocsin_app;
grant delete, insert, select, update on saved_views to tocsin_app;
grant delete, insert, select, update on schedule_overrides to tocsin_app;
grant delete, insert, select, update on schedules to tocsin_app;
grant delete, insert, select, update on service_dependencies to tocsin_app;
grant delete, insert, select, update on service_vital_functions to tocsin_app;
grant delete, insert, select, update on services to tocsin_app;
grant delete, insert, select, update on sessions to tocsin_app;
grant delete, insert, select, update on settings to tocsin_app;
grant delete, insert, select, update on silences to tocsin_app;
grant delete, insert, select, update on suppliers to tocsin_app;
grant delete, insert, select, update on team_exercises to tocsin_app;
grant delete, insert, select, update on team_members to tocsin_app;
grant delete, insert, select, update on teams to tocsin_app;
grant delete, insert, select, update on timers to tocsin_app;
grant delete, insert, select, update on tokens to tocsin_app;
grant delete, insert, select, update on told_holes to tocsin_app;
grant delete, insert, select, update on vital_functions to tocsin_app;
grant delete, insert, select, update on watchdog_findings to tocsin_app;
