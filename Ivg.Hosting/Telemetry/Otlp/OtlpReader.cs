using Google.Protobuf.Collections;
using Google.Protobuf;
using Ivg.Hosting.Telemetry.Logs;
using Ivg.Hosting.Telemetry.Otlp.Wire;
using Ivg.Hosting.Telemetry.Traces;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>Turns what clients send into what the store keeps.</summary>
internal sealed class OtlpReader(TelemetryOptions options)
{
    private static readonly string[] Kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];
    private readonly NamePool _names = new();

    public List<SpanEntry> Read(ExportTraceServiceRequest request)
    {
        var read = new List<SpanEntry>();
        foreach (var resource in request.ResourceSpans)
        {
            var source = Source(resource.Resource);
            foreach (var scope in resource.ScopeSpans)
                foreach (var span in scope.Spans.Where(s => s.TraceId.Length == 16 && s.SpanId.Length == 8))
                    read.Add(Read(span, source, _names.Get(scope.Scope?.Name)));
        }

        return read;
    }

    public List<LogEntry> Read(ExportLogsServiceRequest request)
    {
        var read = new List<LogEntry>();
        foreach (var resource in request.ResourceLogs)
        {
            var source = Source(resource.Resource);
            foreach (var scope in resource.ScopeLogs)
                foreach (var record in scope.LogRecords)
                    read.Add(new LogEntry(
                        0, Time(record.TimeUnixNano != 0 ? record.TimeUnixNano : record.ObservedTimeUnixNano), source, _names.Get(scope.Scope?.Name),
                        record.SeverityNumber, Cut(record.Body is null ? record.EventName : OtlpText.Of(record.Body)), Tags(record.Attributes),
                        Hex(record.TraceId), Hex(record.SpanId)));
        }

        return read;
    }

    public TelemetrySource Source(Resource? resource)
    {
        var tags = Tags(resource?.Attributes ?? []);
        return new TelemetrySource(Find(tags, "service.name") ?? "unknown", Find(tags, "service.instance.id") ?? "", tags);
    }

    public string Name(string? name) => _names.Get(name);

    public Tag[] Tags(RepeatedField<KeyValue> attributes)
    {
        if (attributes.Count == 0)
            return [];

        var tags = new Tag[Math.Min(attributes.Count, options.MaxAttributes)];
        for (var i = 0; i < tags.Length; i++)
            tags[i] = new Tag(_names.Get(attributes[i].Key), Cut(OtlpText.Of(attributes[i].Value)));
        return tags;
    }

    public static string Hex(ByteString bytes) => bytes.IsEmpty ? "" : Convert.ToHexStringLower(bytes.Span);

    // Nanoseconds since 1970; a tick is 100 of them. What lies beyond the calendar is some client's mistake.
    public static DateTimeOffset Time(ulong nanoseconds)
        => DateTimeOffset.UnixEpoch.AddTicks((long)Math.Min(nanoseconds / 100, (ulong)(DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks));

    private SpanEntry Read(Span span, TelemetrySource source, string scope)
        => new(
            Hex(span.TraceId), Hex(span.SpanId), Hex(span.ParentSpanId), _names.Get(Cut(span.Name)), Kinds[span.Kind is > 0 and < 6 ? span.Kind : 0],
            source, scope, Time(span.StartTimeUnixNano), Time(Math.Max(span.StartTimeUnixNano, span.EndTimeUnixNano)), Tags(span.Attributes))
        {
            Events = span.Events.Count == 0 ? [] : [.. span.Events.Take(options.MaxAttributes).Select(e => new SpanEvent(Time(e.TimeUnixNano), Cut(e.Name), Tags(e.Attributes)))],
            Links = span.Links.Count == 0 ? [] : [.. span.Links.Take(options.MaxAttributes).Select(l => new SpanLink(Hex(l.TraceId), Hex(l.SpanId), Tags(l.Attributes)))],
            IsError = span.Status?.Code == 2,
            StatusMessage = Cut(span.Status?.Message ?? ""),
        };

    private static string? Find(Tag[] tags, string name) => Array.Find(tags, t => t.Name == name).Value;

    private string Cut(string text) => text.Length <= options.MaxTextLength ? text : text[..options.MaxTextLength] + "…";
}
