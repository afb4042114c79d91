-- A request to be covered that was made to one person may be refused by that person: whoever asked is told, and asks elsewhere.
alter table cover_requests add column declined_at bigint;
drop index cover_requests_open;
create index cover_requests_open on cover_requests (until_at) where withdrawn_at is null and accepted_at is null and declined_at is null;
