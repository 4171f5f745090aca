namespace Ivg.GeminiEmulator;

/// <summary>One request, without its key and its pictures' bytes.</summary>
public sealed record JournalEntry
{
    public required int Number { get; init; }

    public required string Model { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Names and values of the headers, the key left out.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; internal set; } = new Dictionary<string, string>();

    /// <summary>The parts in order: <c>text: …</c>, or <c>image/png 12345 sha256</c>.</summary>
    public IReadOnlyList<string> Parts { get; internal set; } = [];

    /// <summary>Text of the system instruction.</summary>
    public string? System { get; internal set; }

    /// <summary>The request's JSON with pictures cut out; empty for requests that were not examined.</summary>
    public string Body { get; internal set; } = "";

    public string? AspectRatio { get; internal set; }

    public string? ImageSize { get; internal set; }

    public string? ThinkingLevel { get; internal set; }

    public int Seed { get; internal set; }

    public bool? Store { get; internal set; }

    /// <summary>The scripted behaviour that was used, if one was.</summary>
    public string? Behaviour { get; internal set; }

    /// <summary>The status that was sent, <c>499</c> when the caller went away, <c>reset</c>, or null while it runs.</summary>
    public string? Outcome { get; internal set; }
}
