-- Rules that are asked of all integrations together, where they say so: those that stand already stay within each. A group of
-- all together is found by its name alone, which says that it is one.
update noise_rules set definition = definition || '{"across": false}' where kind in ('threshold', 'grouping', 'inhibition');
update noise_rules set definition = definition || '{"sourceIntegration": null}' where kind = 'inhibition';
create index alerts_group_across on alerts (group_key, opened_at desc) where starts_with(group_key, 'across/');
