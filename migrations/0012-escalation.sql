-- A step of an escalation policy may have conditions, among them hours: read by the clocks of one zone, that of the policy;
-- null is that of the desk.
alter table escalation_policies add column zone text;
