using System.Globalization;
using Ivg.Hosting.Telemetry.Otlp.Wire;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>Values as text, lists and maps as JSON has them.</summary>
internal static class OtlpText
{
    // A value may hold values: a hostile one must not exhaust the stack.
    private const int MaxDepth = 8;

    public static string Of(AnyValue? value) => Of(value, 0);

    public static string Of(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Of(AnyValue? value, int depth) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => value.StringValue,
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => Of(value.DoubleValue),
        AnyValue.ValueOneofCase.BytesValue => value.BytesValue.ToBase64(),
        _ when depth >= MaxDepth => "…",
        AnyValue.ValueOneofCase.ArrayValue => $"[{string.Join(", ", value.ArrayValue.Values.Select(v => Of(v, depth + 1)))}]",
        AnyValue.ValueOneofCase.KvlistValue => $"{{{string.Join(", ", value.KvlistValue.Values.Select(v => $"{v.Key}: {Of(v.Value, depth + 1)}"))}}}",
        _ => "",
    };
}
