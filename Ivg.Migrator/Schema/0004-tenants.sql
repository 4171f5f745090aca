-- What a tenant has in the queue, for MAX_QUEUED_PER_TENANT. Sessions without a tenant cost it nothing.
create index jobs_open_by_tenant on jobs (tenant_id, job_id) where finished_at is null and tenant_id is not null;
