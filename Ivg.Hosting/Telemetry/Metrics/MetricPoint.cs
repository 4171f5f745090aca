namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>A series at one time; totals are since the process started.</summary>
/// <param name="Value">The number; of a histogram the sum of its values.</param>
/// <param name="Buckets">Null but for a histogram: how many values fell under each of <paramref name="Bounds"/>, and last how many above all.</param>
internal sealed record MetricPoint(DateTimeOffset Time, double Value, long[]? Buckets = null, double[]? Bounds = null)
{
    public bool SameAs(MetricPoint other)
        => Value.Equals(other.Value) && (Buckets is null || (other.Buckets is not null && Buckets.AsSpan().SequenceEqual(other.Buckets)));

    /// <summary>This much more than what was before, for clients that send only what is new.</summary>
    public MetricPoint On(MetricPoint before)
        => this with
        {
            Value = before.Value + Value,
            Buckets = Buckets is null || before.Buckets?.Length != Buckets.Length ? Buckets : [.. Buckets.Zip(before.Buckets, (a, b) => a + b)],
        };

    /// <summary>What was added since an earlier point; all of it where the process began anew meanwhile.</summary>
    public MetricPoint Since(MetricPoint? before)
    {
        var comparable = before is not null && before.Value <= Value
            && (Buckets is null || (Bounds!.AsSpan().SequenceEqual(before.Bounds) && !Buckets.Where((count, i) => count < before.Buckets![i]).Any()));
        return !comparable ? this : this with
        {
            Value = Value - before!.Value,
            Buckets = Buckets is null ? null : [.. Buckets.Zip(before.Buckets!, (a, b) => a - b)],
        };
    }
}
