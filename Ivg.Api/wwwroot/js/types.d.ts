/** The shapes that the HTTP API speaks. */
export interface Picture { image_id: string; url: string; width: number; height: number; mime_type?: string }
export interface JobError { code: string; message: string; retryable: boolean }
export interface JobResult extends Picture { images: Picture[]; provider?: string; model?: string }
export type Kind = 'variation' | 'background_removal';

/** What was asked, by the contract's names. */
export type Request = Record<string, string | number | boolean | null>;
export interface Job {
  job_id: string; kind: Kind; status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  stage: string | null; progress: number; attempt: number; max_attempts: number; queue_position: number | null; expected_seconds: number | null;
  created_at: string; request: Request | null; result: JobResult | null; error: JobError | null;
  links: { self: string; stream: string; cancel: string };
}
export interface Past {
  history_id: string; job_id: string; kind: Kind; created_at: string; style: { style_id: string; name: string } | null;
  prompt: string | null; settings: Record<string, unknown> | null; source: Picture | null; images: Picture[];
}

/** A picture to work on: a file of this device, or what names one that the service already holds. */
export interface Source { name: string; url: string; file?: File; held?: Request }

/** Something that was made, and what it was made of. */
export interface Made {
  kind: Kind; name: string; images: Picture[]; before: string | null; request: Request; provider?: unknown; made: string; deletable?: boolean;
}
