-- What retention looks for, so that its batches read no more than they remove.
create index jobs_by_expiry on jobs (expires_at) where expires_at is not null;
create index image_assets_expired on image_assets (created_at) where data is null;
create index generation_history_by_age on generation_history (created_at);

-- Pictures are removed in batches; their room is used again soon, long before a fifth of the table is dead.
alter table image_assets set (autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_vacuum_scale_factor = 0.02);
alter table jobs set (autovacuum_vacuum_scale_factor = 0.05);
alter table job_events set (autovacuum_vacuum_scale_factor = 0.05);
