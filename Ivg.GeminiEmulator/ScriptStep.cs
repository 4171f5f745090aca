namespace Ivg.GeminiEmulator;

/// <summary>What some of the next answers will be.</summary>
public sealed record ScriptStep
{
    /// <summary>A name from <see cref="Behaviours.All"/>.</summary>
    public required string Behaviour { get; init; }

    /// <summary>Only for this model; null for any.</summary>
    public string? Model { get; init; }

    /// <summary>Only for requests whose <c>X-Request-Id</c> holds this; null for any. Keeps parallel scenarios apart.</summary>
    public string? RequestId { get; init; }

    /// <summary>How many answers.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The wait that a 429 asks for, as a protobuf duration such as <c>1.5s</c>; null leaves it out.</summary>
    public string? RetryDelay { get; init; }

    /// <summary>Pause before the answer, in milliseconds.</summary>
    public int DelayMs { get; init; }
}
