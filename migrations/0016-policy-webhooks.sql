-- Addresses that steps of escalation policies post to. Where and with which secret is sealed: an address is often a secret too, and
-- only its host is shown. What is posted stands in the outbox like all that leaves, under a channel of its own, so that an
-- address that hangs holds up no person's call.
create table policy_webhooks (
  id uuid primary key,
  name text not null unique,
  host text not null,
  sealed text not null,
  made_at bigint not null,
  -- When something was last asked of it, and what went wrong; null: nothing did.
  asked_at bigint,
  last_error text
);
create index outbox_policy_webhook on outbox ((payload ->> 'webhook'), id desc) where channel = 'policy-webhook';
