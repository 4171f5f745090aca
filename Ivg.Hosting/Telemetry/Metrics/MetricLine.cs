namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>A line of a chart; null where nothing is known.</summary>
/// <param name="Name">The attribute's value, or empty for the whole.</param>
/// <param name="Values">A gauge's value, a counter's rate a second, a histogram's values a second; one for each of the chart's times.</param>
/// <param name="P50">Of a histogram only: the median of what was measured in each step, in the instrument's unit.</param>
internal sealed record MetricLine(string Name, IReadOnlyList<double?> Values, IReadOnlyList<double?>? P50, IReadOnlyList<double?>? P90, IReadOnlyList<double?>? P99);
