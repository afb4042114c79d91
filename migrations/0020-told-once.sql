-- Holes are told of policies too: of those that an escalation may name and no service has, and of the last resort. By its name, since
-- the policy of the last resort is no row.
alter table told_holes add column policy_id text;

-- Words that a provider hands on, once: those who carry calls and messages knock again when they did not hear our answer. By a hash of
-- their own identifiers; `tx` tells a second knock in one transaction.
create table carried_words (
  hash text primary key,
  tx xid8 not null,
  done boolean not null default false,
  made_at bigint not null
);
create index carried_words_made on carried_words (made_at);
