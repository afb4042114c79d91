-- What was held back for one contact point leaves together: it is found without reading all that was ever sent there.
create index outbox_held on outbox (contact_point_id, id)
  where kind = 'page' and status = 'pending' and (payload ? 'held' or last_error = 'throttled');
