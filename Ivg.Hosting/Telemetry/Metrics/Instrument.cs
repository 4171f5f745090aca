namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>What is measured, in one service.</summary>
/// <param name="Meter">The scope it came with.</param>
/// <param name="Unit">UCUM, as sent.</param>
internal sealed record Instrument(string Source, string Meter, string Name, string Unit, string Description, InstrumentKind Kind);
