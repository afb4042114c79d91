-- Prometheus vouches for an alert until a moment it names, and re-sends it before. The row keeps that moment as last
-- written; a timer asks when it has passed.
alter table alerts add column lease_until bigint;
