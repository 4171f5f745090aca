-- A partial index over the few rows of a state looks cheaper to the planner than any other as soon as a statement's guards imply its predicate,
-- and is then read from end to end, dead entries and all. So the predicates here say something that guards don't:
-- a statement that wants one of these indexes says `finished_at is null` (or compares `lease_until`), one that has a job's id does not.
drop index jobs_open_by_session;
create index jobs_open_by_session on jobs (session_id, kind, job_id) where finished_at is null;
drop index jobs_queued;
create index jobs_queued on jobs (kind, job_id) where status = 'queued' and finished_at is null;
drop index jobs_leased;
create index jobs_leased on jobs (lease_until) where lease_until is not null;
-- A session's waiting jobs are few and stand in jobs_open_by_session.
drop index jobs_waiting;

-- Events are written with their job in one statement and die with it in one; the check would lock and dirty the job's row for each event.
alter table job_events drop constraint job_events_job_id_fkey;
