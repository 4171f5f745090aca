namespace Ivg.Tests.Telemetry;

/// <summary>A span or a log line as it was exported.</summary>
internal sealed record Telemetered(string Service, string Name, string TraceId, string SpanId, string ParentId, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The traces that a span points to.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Whether it names what a job's telemetry has to.</summary>
    public bool Has(string name, string value) => Attributes.TryGetValue(name, out var found) && found == value;

    public override string ToString() => $"{Service}: {Name} [{string.Join(", ", Attributes.Select(one => $"{one.Key}={one.Value}"))}]";
}
