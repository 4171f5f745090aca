-- Styles, as the migrator loads them from their folders.
create table styles (
  style_id             text primary key,
  position             integer not null,
  name                 text not null,
  description          text not null,
  guide                text not null,
  profile              jsonb not null,
  reference            bytea not null,
  reference_mime_type  text not null,
  reference_width      integer not null,
  reference_height     integer not null,
  reference_sha256     bytea not null,
  content_sha256       bytea not null,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now(),
  removed_at           timestamptz
);
-- Pictures are compressed already; EXTERNAL spares the attempt and lets substring() fetch a range.
alter table styles alter column reference set storage external;

-- Uploads and results. `data` is null once retention has removed the bytes.
create table image_assets (
  image_id    uuid primary key,
  session_id  text not null,
  job_id      uuid,
  job_index   integer,
  mime_type   text not null,
  width       integer not null,
  height      integer not null,
  bytes       integer not null,
  sha256      bytea not null,
  data        bytea,
  created_at  timestamptz not null,
  expired_at  timestamptz,
  unique (job_id, job_index)
);
alter table image_assets alter column data set storage external;
create index image_assets_by_session on image_assets (session_id, image_id);
create index image_assets_by_age on image_assets (created_at) where data is not null;

create table jobs (
  job_id            uuid primary key,
  session_id        text not null,
  tenant_id         text,
  kind              text not null check (kind in ('variation', 'background_removal')),
  status            text not null default 'queued'
                    check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  stage             text,
  progress          integer not null default 0,
  attempt           integer not null default 0,
  max_attempts      integer not null,
  crash_count       integer not null default 0,
  fence             bigint not null default 0,
  version           bigint not null default 1,
  cancel_requested  boolean not null default false,
  lease_owner       text,
  lease_until       timestamptz,
  run_after         timestamptz not null default now(),
  ready_at          timestamptz,
  enqueued_at       timestamptz,
  stream_id         text,
  request_id        text not null,
  trace_parent      text,
  idempotency_key   text,
  request_hash      bytea,
  payload           jsonb not null,
  result            jsonb,
  error             jsonb,
  created_at        timestamptz not null default now(),
  started_at        timestamptz,
  finished_at       timestamptz,
  expires_at        timestamptz
);
comment on column jobs.fence is 'Grows with every claim; a finish must name the fence of its own claim.';
comment on column jobs.version is 'Grows with every visible change; the id of the job''s events.';
comment on column jobs.ready_at is 'When the job entered its session''s ready window; null while it waits its turn.';
comment on column jobs.enqueued_at is 'When the stream entry was written; null means that the sweeper has to write it.';
create index jobs_by_session on jobs (session_id, job_id);
create index jobs_open_by_session on jobs (session_id, kind, job_id) where status in ('queued', 'running');
create index jobs_waiting on jobs (session_id, kind, job_id) where status = 'queued' and ready_at is null;
create index jobs_queued on jobs (kind, job_id) where status = 'queued';
create index jobs_to_enqueue on jobs (run_after) where status = 'queued' and ready_at is not null and enqueued_at is null;
create index jobs_enqueued on jobs (enqueued_at) where status = 'queued' and enqueued_at is not null;
create index jobs_leased on jobs (lease_until) where status = 'running';
create unique index jobs_idempotency on jobs (session_id, idempotency_key) where idempotency_key is not null;

-- One row a visible change; `job_version` is the event id of the job's stream.
create table job_events (
  job_id       uuid not null references jobs on delete cascade,
  job_version  bigint not null,
  type         text not null,
  data         jsonb not null,
  created_at   timestamptz not null default now(),
  primary key (job_id, job_version)
);

create table generation_history (
  history_id       uuid primary key,
  session_id       text not null,
  job_id           uuid not null unique,
  kind             text not null,
  style_id         text,
  style_name       text,
  prompt           text,
  settings         jsonb not null,
  source_image_id  uuid,
  image_ids        uuid[] not null,
  created_at       timestamptz not null
);
create index generation_history_by_session on generation_history (session_id, history_id desc);

-- What an event tells of its job: the members that change.
create function job_event_data(job jobs) returns jsonb language sql stable as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'status', job.status, 'stage', job.stage, 'progress', job.progress, 'attempt', job.attempt,
    'started_at', job.started_at, 'finished_at', job.finished_at, 'expires_at', job.expires_at,
    'result', job.result, 'error', job.error))
$$;
