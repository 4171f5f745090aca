using System.Text;

namespace Ivg.Tests.Telemetry;

/// <summary>A protobuf message by its field numbers: as much of the wire format as OTLP needs.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Value)> _fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var key = Varint(bytes.Span, ref at);
            var start = at;
            switch (key & 7)
            {
                case 0: Varint(bytes.Span, ref at); break;
                case 1: at += 8; break;
                case 2:
                    var length = (int)Varint(bytes.Span, ref at);
                    (start, at) = (at, at + length);
                    break;
                case 5: at += 4; break;
                default: throw new InvalidDataException($"Wire type {key & 7}.");
            }
            _fields.Add(((int)(key >> 3), bytes[start..at]));
        }
    }

    public IEnumerable<ProtoMessage> All(int field) => Values(field).Select(value => new ProtoMessage(value));

    /// <summary>All messages at the end of a path of fields.</summary>
    public IEnumerable<ProtoMessage> All(params int[] path) =>
        path.Aggregate((IEnumerable<ProtoMessage>)[this], (messages, field) => messages.SelectMany(message => message.All(field)));

    public string Text(int field) => Encoding.UTF8.GetString(Values(field).LastOrDefault().Span);

    public string Hex(int field) => Convert.ToHexStringLower(Values(field).LastOrDefault().Span);

    /// <summary>OTLP's attributes that are texts.</summary>
    public Dictionary<string, string> Attributes(int field) =>
        All(field).DistinctBy(pair => pair.Text(1)).ToDictionary(pair => pair.Text(1), pair => pair.All(2).FirstOrDefault()?.Text(1) ?? "");

    private IEnumerable<ReadOnlyMemory<byte>> Values(int field) => _fields.Where(one => one.Field == field).Select(one => one.Value);

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
