using Google.Protobuf.Collections;
using Ivg.Hosting.Telemetry.Metrics;
using Ivg.Hosting.Telemetry.Otlp.Wire;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>Turns metrics into samples. Exponential histograms become ordinary ones, summaries become gauges by quantile.</summary>
internal sealed class OtlpMetricReader(OtlpReader reader)
{
    // A scale of 20 has buckets a millionth wide: 160 of them are enough for a chart.
    private const int MaxBuckets = 160;

    public List<MetricSample> Read(ExportMetricsServiceRequest request)
    {
        var read = new List<MetricSample>();
        foreach (var resource in request.ResourceMetrics)
        {
            var source = reader.Source(resource.Resource);
            foreach (var scope in resource.ScopeMetrics)
                foreach (var metric in scope.Metrics)
                    Read(metric, source, reader.Name(scope.Scope?.Name), read);
        }

        return read;
    }

    private void Read(Metric metric, TelemetrySource source, string meter, List<MetricSample> read)
    {
        Instrument As(InstrumentKind kind) => new(source.Name, meter, reader.Name(metric.Name), reader.Name(metric.Unit), reader.Name(metric.Description), kind);
        switch (metric.DataCase)
        {
            case Metric.DataOneofCase.Gauge:
                AddNumbers(metric.Gauge.DataPoints, As(InstrumentKind.Gauge), source, isDelta: false, read);
                break;
            case Metric.DataOneofCase.Sum:
                AddNumbers(metric.Sum.DataPoints, As(metric.Sum.IsMonotonic ? InstrumentKind.Counter : InstrumentKind.UpDownCounter),
                    source, metric.Sum.AggregationTemporality == Temporality.Delta, read);
                break;
            case Metric.DataOneofCase.Histogram:
                foreach (var point in metric.Histogram.DataPoints)
                    read.Add(new MetricSample(As(InstrumentKind.Histogram), source, reader.Tags(point.Attributes),
                        new MetricPoint(OtlpReader.Time(point.TimeUnixNano), point.Sum, [.. point.BucketCounts.Select(c => (long)c)], [.. point.ExplicitBounds]),
                        OtlpReader.Time(point.StartTimeUnixNano), Exemplars(point.Exemplars), metric.Histogram.AggregationTemporality == Temporality.Delta));
                break;
            case Metric.DataOneofCase.ExponentialHistogram:
                foreach (var point in metric.ExponentialHistogram.DataPoints)
                    read.Add(new MetricSample(As(InstrumentKind.Histogram), source, reader.Tags(point.Attributes), Explicit(point),
                        OtlpReader.Time(point.StartTimeUnixNano), Exemplars(point.Exemplars), metric.ExponentialHistogram.AggregationTemporality == Temporality.Delta));
                break;
            case Metric.DataOneofCase.Summary:
                foreach (var point in metric.Summary.DataPoints)
                    foreach (var quantile in point.QuantileValues)
                        read.Add(new MetricSample(As(InstrumentKind.Gauge), source, [.. reader.Tags(point.Attributes), new Tag("quantile", OtlpText.Of(quantile.Quantile))],
                            new MetricPoint(OtlpReader.Time(point.TimeUnixNano), quantile.Value), default, [], IsDelta: false));
                break;
        }
    }

    private void AddNumbers(IEnumerable<NumberPoint> points, Instrument instrument, TelemetrySource source, bool isDelta, List<MetricSample> read)
    {
        foreach (var point in points)
            read.Add(new MetricSample(instrument, source, reader.Tags(point.Attributes),
                new MetricPoint(OtlpReader.Time(point.TimeUnixNano), point.ValueCase == NumberPoint.ValueOneofCase.AsInt ? point.AsInt : point.AsDouble),
                OtlpReader.Time(point.StartTimeUnixNano), Exemplars(point.Exemplars), isDelta));
    }

    /// <summary>Bucket i holds values from base^(offset+i) to base^(offset+i+1), base being 2^(2^-scale): OpenTelemetry's data model. Negative values count as zero.</summary>
    private static MetricPoint Explicit(ExponentialPoint point)
    {
        var counts = point.Positive?.BucketCounts.Select(c => (long)c).ToArray() ?? [];
        var (offset, scale) = (point.Positive?.Offset ?? 0, point.Scale);
        for (; counts.Length > MaxBuckets; scale--, offset >>= 1)
            counts = Halve(counts, offset);

        var width = Math.Pow(2, -scale);
        var zero = (long)point.ZeroCount + (point.Negative?.BucketCounts.Sum(c => (long)c) ?? 0);
        return new MetricPoint(
            OtlpReader.Time(point.TimeUnixNano), point.Sum, [zero, .. counts, 0],
            [.. Enumerable.Range(0, counts.Length + 1).Select(i => Math.Pow(2, (offset + i) * width))]);
    }

    private static long[] Halve(long[] counts, int offset)
    {
        var halved = new long[((offset + counts.Length - 1) >> 1) - (offset >> 1) + 1];
        for (var i = 0; i < counts.Length; i++)
            halved[((offset + i) >> 1) - (offset >> 1)] += counts[i];
        return halved;
    }

    private static IReadOnlyList<Metrics.Exemplar> Exemplars(RepeatedField<Wire.Exemplar> exemplars)
        => exemplars.Count == 0 ? [] :
        [
            .. exemplars.Where(e => !e.TraceId.IsEmpty).Select(e => new Metrics.Exemplar(
                OtlpReader.Time(e.TimeUnixNano), e.ValueCase == Wire.Exemplar.ValueOneofCase.AsInt ? e.AsInt : e.AsDouble, OtlpReader.Hex(e.TraceId), OtlpReader.Hex(e.SpanId))),
        ];
}
