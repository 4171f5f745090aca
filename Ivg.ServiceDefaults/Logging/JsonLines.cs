using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ivg.ServiceDefaults.Correlation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Ivg.ServiceDefaults.Logging;

/// <summary>
/// One JSON object a line, the ids of request, job and user as members of its own. The framework's formatter puts scopes into nested lists, in which no
/// log search finds them.
/// </summary>
internal sealed class JsonLines(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "ivg-json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        // A line's own word stands above its scope's, an inner scope's above an outer one's.
        scopeProvider?.ForEachScope((scope, known) => Collect(scope, known, only: CorrelationNames.All), members);
        Collect(logEntry.State, members, only: null);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            json.WriteString("level", logEntry.LogLevel.ToString().ToLowerInvariant());
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            if (logEntry.Exception is { } exception) json.WriteString("exception", exception.ToString());
            foreach (var (name, value) in members) json.WriteString(name, value);
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Collect(object? state, Dictionary<string, string> members, string[]? only)
    {
        if (state is IEnumerable<KeyValuePair<string, object?>> pairs) Add(pairs);
        // The same thing to the runtime, but not to the compiler.
        else if (state is IEnumerable<KeyValuePair<string, object>> others) Add(others.Select(one => new KeyValuePair<string, object?>(one.Key, one.Value)));

        void Add(IEnumerable<KeyValuePair<string, object?>> these)
        {
            foreach (var (name, value) in these)
            {
                if (value is not null && name != "{OriginalFormat}" && only?.Contains(name) != false) members[name] = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            }
        }
    }
}
