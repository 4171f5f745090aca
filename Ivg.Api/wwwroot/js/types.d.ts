/** The shapes that the HTTP API speaks. */
export interface Picture { image_id: string; url: string; width: number; height: number; mime_type?: string }
export interface JobError { code: string; message: string; retryable: boolean }
export interface JobResult extends Picture { images: Picture[]; provider?: string; model?: string }
export type Kind = 'variation' | 'background_removal';
export interface Job {
  job_id: string; kind: Kind; status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  stage: string | null; progress: number; attempt: number; max_attempts: number; queue_position: number | null;
  created_at: string; result: JobResult | null; error: JobError | null;
  links: { self: string; stream: string; cancel: string };
}
export interface Past {
  history_id: string; job_id: string; kind: Kind; created_at: string; style: { style_id: string; name: string } | null;
  prompt: string | null; settings: Record<string, unknown> | null; source: Picture | null; images: Picture[];
}

/** A picture to work on: a file of this device, or one that the service already holds. */
export interface Source { name: string; url: string; file?: File; imageId?: string; sent?: boolean }

/** What was asked of one picture; `again` asks for the same once more. */
export interface Wish { source: Source | null; styleName?: string; prompted?: boolean; again?: () => Promise<void> }
