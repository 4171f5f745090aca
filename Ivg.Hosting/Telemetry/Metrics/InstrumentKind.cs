namespace Ivg.Hosting.Telemetry.Metrics;

/// <summary>How an instrument's points are to be read.</summary>
internal enum InstrumentKind
{
    /// <summary>A value at a time.</summary>
    Gauge,

    /// <summary>A total that only grows, shown as a rate.</summary>
    Counter,

    /// <summary>A total that also shrinks, shown as it is.</summary>
    UpDownCounter,

    /// <summary>How many values fell into each bucket, shown by percentile.</summary>
    Histogram,
}
