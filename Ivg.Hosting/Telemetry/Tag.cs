namespace Ivg.Hosting.Telemetry;

/// <summary>An attribute, its value as text.</summary>
internal readonly record struct Tag(string Name, string Value);
