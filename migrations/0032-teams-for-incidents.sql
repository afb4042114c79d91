-- What a team that answers incidents is for: its mandate, roles, quorum, rota and deputy, as somebody of level 5 wrote them. An incident
-- that activates it keeps its own copy. Null: the team is assigned work, and not activated.
alter table teams add column charter jsonb;
