-- Answers by mail, fetched from a mailbox by whichever node holds it for now. How far it was read, what stood in the way of the
-- last reading, and, of each answer to a message of ours, how much of what it asks for was done: marked in the transaction of
-- the act, so that a crash or a second copy does nothing twice.
create table reply_mailbox (
  id boolean primary key default true check (id),
  -- Where it is, without its password: another one is read from its beginning.
  mailbox text not null,
  uid_validity text,
  uid_seen bigint not null default 0,
  holder uuid,
  lease_until bigint not null default 0,
  next_at bigint not null default 0,
  failures int not null default 0,
  read_at bigint,
  last_error text
);

create table mail_replies (
  message_hash text primary key,
  outbox_id bigint not null references outbox on delete cascade,
  taken_at bigint not null,
  -- How often it was begun: one that fails again and again must not keep those behind it.
  attempts smallint not null,
  acts_done smallint not null default 0,
  ended_at bigint,
  became text
);
create index mail_replies_taken on mail_replies (taken_at);
