-- What Opsgenie's clients ask for besides an alert itself: a short number, whether it was acknowledged there, and what
-- became of each request, which any node must be able to say for a while after. Changes that other tools tell are kept
-- apart from alerts: nobody is paged for one, and they are forgotten after ninety days. A sender that signs what it sends
-- shares a secret with us, kept sealed.
create table opsgenie_alerts (
  alert_id uuid primary key,
  integration_id uuid not null,
  tiny_id bigint generated always as identity unique,
  acknowledged boolean not null default false,
  updated_at bigint not null
);
create index opsgenie_alerts_integration on opsgenie_alerts (integration_id, alert_id);

create table opsgenie_requests (id uuid primary key, integration_id uuid not null, at bigint not null, result jsonb not null);
create index opsgenie_requests_at on opsgenie_requests (at);

create table changes (
  id uuid primary key,
  integration_id uuid not null,
  service_id uuid,
  at bigint not null,
  recorded_at bigint not null,
  summary text not null,
  source text,
  links jsonb not null,
  details jsonb not null
);
create index changes_newest on changes (at desc, id desc);
create index changes_service on changes (service_id, at desc, id desc);
create index changes_recorded on changes (recorded_at);

alter table integrations add column signature jsonb;
