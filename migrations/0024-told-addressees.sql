-- Holes are told of whom an escalation may be addressed to as well: a team, a function, whoever keeps a service, a person, out of reach at
-- every hour. By kind and id; forgotten once they are within reach, so that it is told again should it come back.
alter table told_holes add column addressee text;
