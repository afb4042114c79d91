-- A service that is over is no longer offered, and never deleted: past incidents name it, and others may still depend on it.
alter table services add column retired boolean not null default false;
