namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>Which instrument, how far back, and by which attribute apart.</summary>
internal sealed record MetricQuery(string Source, string Meter, string Name)
{
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The attribute that lines are told apart by; null adds all up.</summary>
    public string? By { get; init; }

    public IReadOnlyList<TagFilter> Tags { get; init; } = [];
}
