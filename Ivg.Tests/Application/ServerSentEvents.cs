using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Ivg.Tests.Application;

/// <summary>Reads a stream to its end.</summary>
internal static class ServerSentEvents
{
    public static async Task<IReadOnlyList<StreamedEvent>> ReadAsync(HttpClient http, string path, long? lastEventId = null, Action? opened = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is { } last) request.Headers.Add("Last-Event-ID", last.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        opened?.Invoke();
        var events = new List<StreamedEvent>();
        using var limit = new CancellationTokenSource(IvgClient.Patience);
        await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(limit.Token))
        {
            if (item.EventType == "ping") continue;
            events.Add(new StreamedEvent(long.Parse(item.EventId!, provider: null), item.EventType, JsonNode.Parse(item.Data)!.AsObject()));
        }
        return events;
    }
}
