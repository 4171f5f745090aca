using static Ivg.ServiceDefaults.Settings.SettingKind;

namespace Ivg.ServiceDefaults.Settings;

/// <summary>Every setting that the services read. Options classes bind them; the tests hold the two and <c>docs/settings.md</c> to one another.</summary>
public static class SettingsCatalogue
{
    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("DOTENV_FILE", Text, "none", "a file of settings; the environment wins over it"),
        new("ConnectionStrings__ivgdb", Secret, "required", "Postgres, as Npgsql writes it or as a URL") { Aliases = ["DATABASE_URL"] },
        Whole("DATABASE_POOL_SIZE", 2, 1000, "24", "connections to Postgres that a process opens at most, where the string has no `Maximum Pool Size`"),
        new("ConnectionStrings__redis", Secret, "required unless `ASYNC_TASKS_ENABLED=false`", "Redis, as StackExchange.Redis writes it or as a URL") { Aliases = ["REDIS_URL", "CELERY_BROKER_URL"] },
        new("APP_SECRET_KEY", Secret, "Development: made and kept in `IVG_DATA_DIR`; else required", "signs the session cookie; 32 characters or more; of a list the first signs, all verify"),
        new("PLATFORM_API_KEYS", Secret, "none", "keys of platforms, comma-separated"),
        new("TRUSTED_PROXIES", Text, "none", "addresses or networks (CIDR), comma-separated, whose `X-Forwarded-*` headers are believed"),
        new("CORS_ORIGINS", Text, "none", "origins, comma-separated, whose pages may call with a platform key; never with the cookie"),
        new("ASYNC_TASKS_ENABLED", Flag, "true", "false: the API does the work in the request, and needs no Redis"),
        new("IMAGE_PROVIDER", Text, "by key", "`nano_banana`, `openai` or `offline`"),
        new("FAST_MODE", Flag, "false", "whether requests are fast that do not say"),
        Whole("FAST_REFERENCE_MAX_SIZE", 64, 2048, "512", "longest side of references in fast mode, px"),
        new("GEMINI_API_KEY", Secret, "none", "the key of `nano_banana`"),
        new("GEMINI_BASE_URL", Text, "Google's", "where Gemini answers") { Aliases = ["GOOGLE_GEMINI_BASE_URL"] },
        new("GEMINI_MODEL", Text, "gemini-nano-banana-2.1", "the model"),
        new("GEMINI_MODEL_FAST", Text, "gemini-3.1-flash-lite-image", "the model in fast mode"),
        new("GEMINI_MODEL_FALLBACK", Text, "none", "the model when the first is not to be had"),
        Number("GEMINI_ATTEMPT_TIMEOUT", 0.01, 600, "150", "seconds of one call"),
        Number("GEMINI_TOTAL_TIMEOUT", 0.01, 1800, "330", "seconds of a call with its retries"),
        Whole("GEMINI_RETRIES", 1, 5, "2", "retries of a call"),
        Number("GEMINI_RETRY_DELAY", 0.001, 60, "1", "seconds before the first retry"),
        Number("GEMINI_RETRY_AFTER_MAX", 0, 120, "10", "the longest Retry-After that is waited out in the call, s"),
        Whole("GEMINI_BREAKER_THROUGHPUT", 2, 1000, "8", "calls before the breaker judges"),
        Number("GEMINI_BREAKER_BREAK", 0.5, 3600, "30", "seconds that it stays open"),
        new("GEMINI_SEND_STORE", Flag, "true", "whether requests say that Google is not to keep them"),
        new("OPENAI_API_KEY", Secret, "none", "the key of `openai`"),
        new("OPENAI_BASE_URL", Text, "OpenAI's", "where OpenAI, or a service that speaks as it does, answers"),
        new("OPENAI_IMAGE_MODEL", Text, "gpt-image-1", "the model"),
        Number("OPENAI_TIMEOUT", 0.01, 600, "150", "seconds of one call"),
        new("BG_MODEL", Text, "`birefnet-general`, Development `isnet-fp16`", "the model that removes backgrounds"),
        new("BG_MODEL_DIR", Text, "in `IVG_DATA_DIR`", "where weights are kept"),
        new("BG_MODEL_MIRROR", Text, "none", "an address under which weights are looked for first, by their file names"),
        new("BG_ACCEPT_RESTRICTED", Flag, "false", "whether models may be used whose licences forbid commercial use"),
        Whole("MAX_CONCURRENT_PER_USER", 1, 1000, "4", "of one session's jobs of one kind, at most so many are in the stream or running"),
        Whole("MAX_QUEUED_PER_USER", 1, 1_000_000, "20", "a session with so many waiting gets 429"),
        Whole("MAX_QUEUED_PER_TENANT", 0, 1_000_000, "0", "a tenant with so many waiting gets 429; 0: no limit"),
        Whole("JOB_RESULT_EXPIRES", 60, 31_536_000, "86400", "seconds that a finished job is kept") with { Aliases = ["CELERY_RESULT_EXPIRES"] },
        Whole("JOB_MAX_ATTEMPTS", 1, 20, "3", "attempts of a job"),
        Number("JOB_LEASE_SECONDS", 2, 600, "30", "seconds that a claim holds without a heartbeat"),
        Number("JOB_BACKOFF_SECONDS", 0.01, 60, "2", "seconds of the first back-off"),
        Whole("WORKER_AUTOSCALE_MIN", 1, 256, "1", "jobs that a worker process always has room for") with { Aliases = ["CELERY_WORKER_AUTOSCALE_MIN"] },
        Whole("WORKER_AUTOSCALE_MAX", 1, 256, "8", "jobs that a worker process runs at once at most") with { Aliases = ["CELERY_WORKER_AUTOSCALE_MAX"] },
        Number("WORKER_GRACE_SECONDS", 0, 600, "3", "seconds that a stopping worker gives its jobs"),
        Whole("STREAMS_PER_SESSION", 1, 1000, "20", "open streams of one session on a process"),
        Whole("STREAMS_PER_PROCESS", 1, 1_000_000, "10000", "open streams of a process"),
        Whole("MAX_UPLOAD_BYTES", 1024, 1L << 30, "20971520", "the largest upload"),
        Whole("MAX_PIXELS", 256, 400_000_000, "40000000", "the most pixels of a picture"),
        Whole("UPLOAD_MEMORY_BYTES", 0, 1L << 40, "0", "bytes that uploads under way may take at once, else 503; 0: a quarter of the memory"),
        Whole("RATE_SUBMITS_PER_SESSION", 0, 10_000_000, "6000", "submits a minute, else 429; 0: no limit"),
        Whole("RATE_SUBMITS_PER_ADDRESS", 0, 10_000_000, "60000", "the same of an address without a platform key"),
        Whole("RATE_READS_PER_SESSION", 0, 10_000_000, "3000000", "all other calls a minute, else 429; 0: no limit"),
        Whole("RATE_READS_PER_ADDRESS", 0, 10_000_000, "6000000", "the same of an address without a platform key"),
        Whole("RETENTION_DAYS", 0, 3650, "30", "days that pictures are kept; 0: for ever"),
        Whole("HISTORY_RETENTION_DAYS", 0, 3650, "365", "days that the history's rows are kept; 0: for ever"),
        new("WEBHOOK_SECRET", Secret, "none", "signs webhooks; without it there are none"),
        new("WEBHOOK_ALLOW_HTTP", Flag, "false", "whether `http:` will do for webhooks"),
        new("WEBHOOK_ALLOW_PRIVATE", Flag, "false", "whether private addresses will do for webhooks"),
        Number("WEBHOOK_BACKOFF_SECONDS", 0.01, 3600, "5", "seconds before a webhook's second try"),
        new("STYLES_DIR", Text, "beside the migrator", "the folder of styles"),
        new("IVG_DATA_DIR", Text, "none", "where services keep files"),
        Whole("SLOW_REQUEST_MS", 0, 600_000, "1000", "milliseconds from which a request is logged with its stages; 0: never"),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", Text, "none", "where telemetry goes"),
    ];

    private static Setting Whole(string name, double least, double most, string standard, string meaning) =>
        new(name, SettingKind.Whole, standard, meaning) { Least = least, Most = most };

    private static Setting Number(string name, double least, double most, string standard, string meaning) =>
        new(name, SettingKind.Number, standard, meaning) { Least = least, Most = most };
}
