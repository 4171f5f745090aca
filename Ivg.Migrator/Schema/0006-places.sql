-- By kind too: a job's place is counted among its own queue's entries, beside however many of the other.
drop index jobs_enqueued;
create index jobs_enqueued on jobs (kind, enqueued_at) where status = 'queued' and enqueued_at is not null;
