-- Queues and who works on them.
create table queues (
  queue      text primary key,
  paused_at  timestamptz
);
comment on column queues.paused_at is 'Since when no worker reads it; null while they do.';
insert into queues (queue) values ('ivg_generate'), ('ivg_bg');

-- Who is alive right now: nothing to keep across a crash, so nothing for the log.
create unlogged table workers (
  name          text not null,
  queue         text not null,
  running       integer not null,
  last_read_at  timestamptz not null,
  seen_at       timestamptz not null,
  primary key (queue, name)
);

create index jobs_ended on jobs (kind, finished_at) where status in ('succeeded', 'failed');
create index jobs_failed on jobs (kind, finished_at) where status = 'failed';

-- One order for all events of a session. The number is drawn under a lock that ends with the transaction, so within a session
-- numbers become visible in their order: a reader that has seen n has seen everything below it.
alter table job_events add column session_id text, add column event_id bigint;
comment on column job_events.event_id is 'The event''s place among its session''s; grows with the order of commits.';
create sequence job_event_ids owned by job_events.event_id;
update job_events e set session_id = o.session_id, event_id = o.place
from (select job_id, job_version, j.session_id, row_number() over (order by old.created_at, job_version) as place from job_events old join jobs j using (job_id)) o
where e.job_id = o.job_id and e.job_version = o.job_version;
select setval('job_event_ids', (select count(*) + 1 from job_events), false);
alter table job_events alter column session_id set not null, alter column event_id set not null;
create unique index job_events_by_session on job_events (session_id, event_id);

create function job_event_order() returns trigger language plpgsql as $$
begin
  if new.session_id is null then
    select session_id into strict new.session_id from jobs where job_id = new.job_id;
  end if;
  -- Key 1: the session's own lock (key 0) comes before row locks, this one after them; the same key for both could deadlock.
  perform pg_advisory_xact_lock(hashtextextended(new.session_id, 1));
  new.event_id := nextval('job_event_ids');
  return new;
end $$;
create trigger job_event_order before insert on job_events for each row execute function job_event_order();

-- Webhooks. A job with a callback is due as soon as it has finished: whatever ends it, the row enters the index by itself.
alter table jobs add column callback_url text, add column callback_at timestamptz;
comment on column jobs.callback_at is 'When its webhook may be sent next, once it has finished; null when there is nothing to send (any more).';
create index jobs_callback_due on jobs (callback_at) where callback_at is not null and finished_at is not null;

create table webhook_deliveries (
  job_id   uuid not null references jobs on delete cascade,
  attempt  integer not null,
  at       timestamptz not null default now(),
  status   integer,
  error    text,
  primary key (job_id, attempt),
  check ((status is null) <> (error is null))
);
