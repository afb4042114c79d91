-- Escalation policies say more. A step may have conditions, among them hours: read by the clocks of one zone, that of the
-- policy; null is that of the desk. Whoever accepts and does nothing for so long is taken not to have it: null is never.
alter table escalation_policies add column zone text, add column act_within_minutes smallint;
