namespace Ivg.GeminiEmulator;

/// <summary>How the emulator behaves when nothing is scripted.</summary>
public sealed class EmulatorOptions
{
    /// <summary>Multiplies the models' usual latencies, which vary by request; 1 is life-like, 0 answers at once.</summary>
    [ConfigurationKeyName("EMULATOR_LATENCY_SCALE")]
    public double LatencyScale { get; set; }

    /// <summary>The only key taken; empty takes any that does not begin with <c>invalid</c>.</summary>
    [ConfigurationKeyName("EMULATOR_API_KEY")]
    public string ApiKey { get; set; } = "";

    /// <summary>Largest request in bytes.</summary>
    [ConfigurationKeyName("EMULATOR_MAX_BODY")]
    public int MaxBody { get; set; } = 20_000_000;

    /// <summary>Requests a minute and model before the quota answers 429; 0 for no such quota.</summary>
    [ConfigurationKeyName("EMULATOR_REQUESTS_PER_MINUTE")]
    public int RequestsPerMinute { get; set; }

    /// <summary>Pictures a minute and model, likewise.</summary>
    [ConfigurationKeyName("EMULATOR_IMAGES_PER_MINUTE")]
    public int ImagesPerMinute { get; set; }

    /// <summary>Requests a day and model, likewise; a day is 1,440 of the quota's minutes.</summary>
    [ConfigurationKeyName("EMULATOR_REQUESTS_PER_DAY")]
    public int RequestsPerDay { get; set; }

    /// <summary>Length of the quota's minute in seconds: shorter than Google's where a test waits for it.</summary>
    [ConfigurationKeyName("EMULATOR_QUOTA_WINDOW")]
    public double QuotaWindow { get; set; } = 60;

    /// <summary>
    /// For load tests: requests are read but not examined, and each model and ratio has one picture, encoded once. The emulator then
    /// costs little beside the thing that is measured.
    /// </summary>
    [ConfigurationKeyName("EMULATOR_CACHED_ANSWERS")]
    public bool CachedAnswers { get; set; }

    /// <summary>Behaviours and the share of requests that get them: <c>overloaded:0.1,no_image:0.05</c>. Anything scripted goes first.</summary>
    [ConfigurationKeyName("EMULATOR_FAILURES")]
    public string Failures { get; set; } = "";

    /// <summary>With the same seed the same requests, by their number, fail and are slow.</summary>
    [ConfigurationKeyName("EMULATOR_SEED")]
    public int Seed { get; set; }

    /// <summary>Folds a counter into the picture, so that the same seed does not give the same bytes.</summary>
    [ConfigurationKeyName("EMULATOR_NONDETERMINISTIC")]
    public bool Nondeterministic { get; set; }
}
