namespace Ivg.Hosting.Telemetry;

/// <summary>The process that telemetry came from.</summary>
/// <param name="Name"><c>service.name</c>, the resource's name.</param>
/// <param name="Instance"><c>service.instance.id</c>; empty where none was sent.</param>
internal sealed record TelemetrySource(string Name, string Instance, Tag[] Tags)
{
    public bool Matches(string? wanted)
        => string.IsNullOrEmpty(wanted)
            || string.Equals(Name, wanted, StringComparison.OrdinalIgnoreCase)
            || string.Equals(Instance, wanted, StringComparison.OrdinalIgnoreCase);
}
