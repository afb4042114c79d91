-- Holes are told of policies too: of those that an escalation may name and no service has, and of the last resort. By its name, since
-- the policy of the last resort is no row.
alter table told_holes add column policy_id text;
