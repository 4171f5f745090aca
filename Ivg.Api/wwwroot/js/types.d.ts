// What the modules call by name, known to all of them. No browser loads it.

/** The shapes that the HTTP API speaks. */
interface Picture { image_id: string; url: string; width: number; height: number; mime_type?: string }
interface JobError { code: string; message: string; retryable: boolean }
interface JobResult extends Picture { images: Picture[]; provider?: string; model?: string }
type Kind = 'variation' | 'background_removal';

/** What was asked, by the contract's names. */
type Asked = Record<string, any>;
interface Job {
  job_id: string; kind: Kind; status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  stage: string | null; progress: number; attempt: number; max_attempts: number; queue_position: number | null; expected_seconds: number | null;
  created_at: string; request: Asked | null; result: JobResult | null; error: JobError | null;
  links: { self: string; stream: string; cancel: string };
}

/** A picture to work on: a file of this device, or what names one that the service already holds. */
interface Source { name: string; url: string; file?: File; held?: Asked }

/** Something that was made, and what it was made of. */
interface Made {
  kind: Kind; name: string; images: Picture[]; before: string | null; request: Asked; provider?: unknown; made: string; deletable?: boolean;
}

/** What our widgets ask of whoever can do it. */
interface GlobalEventHandlersEventMap { 'ivg:act': CustomEvent<any> }

/** The first match, which the page's own markup promises. */
type Find = (root: ParentNode, selector: string) => any;
/** Listens for all matches below. */
type Listen = (root: EventTarget, type: string, selector: string, act: (match: any, event: any) => void) => void;
/** A fresh copy of a template's one element; its radios are groups of their own. */
type Stamp = (id: string) => any;
/** An element. */
type Make = (tag: string, properties: object, ...children: (Node | string)[]) => any;

/** Submits one job. The key makes a repetition of the same wish harmless; the file goes where the request names no picture. */
type SubmitJob = (kind: Kind, request: Asked, key: string, file?: File) => Promise<Job>;
/** Deletes a row, or everything; goes on when the page is left. */
type DeleteHistory = (historyId?: string) => Promise<any>;
type Call = (url: string, init?: RequestInit) => Promise<any>;
/** Where the source of a request is, if the service still has it. */
type SourceUrl = (request: Asked) => string | null;

/** Shows an error (of the API, of a job, or of our own making) in its place, with the name of the picture that it is about. */
type ShowError = (place: HTMLElement, error: any, name?: string) => void;

/** Before and after on one another, or side by side where their shapes differ. */
type Compare = (before: string, after: Picture, alt: string) => HTMLElement;
type Plain = (picture: Picture, alt: string) => HTMLElement;
type Fill = (box: HTMLElement, image: HTMLImageElement, picture: Picture, alt: string) => void;
/** What came out, and what one can do with it. */
type DrawResult = (made: Made) => HTMLElement;

/** A card that shows one job from its submission to its result. */
type DrawCard = (job: Job, onDismiss: () => void) => Card;
interface Card { element: HTMLElement; show(job: Job): void }

/**
 * Whether what was heard next arrived late: an end is an end, progress never falls within an attempt, and an attempt only when its worker hands the job back.
 * Ours is the answer to a submit, which the stream may have overtaken.
 */
type IsStale = (known: Job, next: Job, ours: boolean) => boolean;
/** The workbench: a card for each job that is under way, or was when the page saw it. */
type InitBench = (root: HTMLElement, onMade: () => void) => Bench;
interface Bench {
  /** Shows what is known of a job; one that ended elsewhere gets no card unless it is ours. */
  show(job: Job, ours?: boolean): HTMLElement | undefined;
  lose(isLost: boolean): void;
  isBusy(): boolean;
  /** The job's card, or all. */
  erase(jobId: string | null): void;
}

/**
 * Follows all of this browser's jobs on one stream. A line that breaks is taken up behind the last event; one that is refused gives way to asking.
 * A hidden tab lets go, for a browser opens six connections to a host over HTTP/1.1, all tabs together, and asks now and then while work goes on.
 */
type FollowJobs = (page: { onJob(job: Job): void, onLost(lost: boolean): void, isBusy(): boolean }) => Promise<void>;
/** All jobs as events, from behind the last one heard. */
type OpenStream = (lastId: string, signal: AbortSignal) => Promise<ReadableStream>;

/** The form: what is to be done with the chosen pictures. */
type InitComposer = (form: HTMLFormElement, chosen: Chosen, onSubmitted: (job: Job) => void) => Composer;
interface Composer {
  /** The chosen pictures are others now. */
  refresh(): void;
  /** Asks for something whatever the form says; tells whether it was taken. */
  run(kind: Kind, request: Asked): Promise<boolean>;
  /** Fills in what was asked before, but for the style. */
  fill(request: Asked): void;
}

/** Runs a submission and tells what went wrong, if it did. */
type Attempt = (work: () => Promise<Job>) => Promise<any>;

/** The pictures to work on: chosen, dropped anywhere, pasted, or taken over from a result. */
type InitSource = (root: HTMLElement, onChange: () => void) => Chosen;
interface Chosen {
  readonly all: Source[];
  add(files: Iterable<File>, replace?: boolean): void;
  /** Leaves out what needs no more work. */
  leaveOut(done: Source[]): void;
  /** Works on this picture alone. */
  use(source: Source): void;
}

type OnFiles = (type: 'dragover' | 'drop', act: (files: FileList) => void) => void;

/** The style gallery, which says a style's words where one looks, and our own pictures to try. */
type InitStyles = (form: HTMLElement, onSample: (file: File) => void) => void;

/** Everything made so far, by day, newest first. To refresh puts on top what was made since. */
type InitHistory = (root: HTMLElement) => { refresh(): Promise<void> };
/** Where rows go, or a day's list in its place. */
type Where = 'prepend' | 'append';
/** The list of one day, made in its place. */
type ListOf = (name: string, where: Where) => any;
/** Puts rows under the days of this device's clock. */
type PlaceRows = (fresh: any[], where: Where) => void;
/** Shows something made earlier, large. */
type OpenPast = (past: Made, onDelete: () => void) => void;
/** Takes something out of sight at once, and does it for good when nobody took it back for a while. */
type DoLater = (words: string, hide: (gone: boolean) => void, go: () => void) => void;
