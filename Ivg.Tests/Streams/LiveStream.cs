using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Ivg.Tests.Application;

namespace Ivg.Tests.Streams;

/// <summary>A stream that is read as far as a test wants, and dropped where it likes.</summary>
internal sealed class LiveStream : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly SseParser<string> _parser;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly CancellationTokenSource _limit;

    private LiveStream(HttpResponseMessage response, Stream body, CancellationTokenSource limit)
    {
        (_response, _limit) = (response, limit);
        _parser = SseParser.Create(body);
        _items = _parser.EnumerateAsync(limit.Token).GetAsyncEnumerator(limit.Token);
    }

    public List<StreamedEvent> Events { get; } = [];

    public static async Task<LiveStream> OpenAsync(IvgClient user, string path = "/api/jobs/stream", long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is { } last) request.Headers.Add("Last-Event-ID", last.ToString(CultureInfo.InvariantCulture));
        var response = await user.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var limit = new CancellationTokenSource(IvgClient.Patience);
        return new LiveStream(response, await response.Content.ReadAsStreamAsync(limit.Token), limit);
    }

    /// <summary>Reads on until the events so far satisfy a condition.</summary>
    public async Task<IReadOnlyList<StreamedEvent>> ReadUntilAsync(Func<IReadOnlyList<StreamedEvent>, bool> enough)
    {
        while (!enough(Events))
        {
            Assert.True(await _items.MoveNextAsync(), "The stream ended early.");
            if (_items.Current.EventType == "ping") continue;
            Events.Add(new StreamedEvent(long.Parse(_items.Current.EventId!, CultureInfo.InvariantCulture), _items.Current.EventType, JsonNode.Parse(_items.Current.Data)!.AsObject()));
        }
        return Events;
    }

    public static bool Over(IReadOnlyList<StreamedEvent> events, int jobs) => events.Count(one => one.Type is "succeeded" or "failed" or "cancelled") >= jobs;

    public async ValueTask DisposeAsync()
    {
        // A cut, as a network makes it: the reader says nothing first.
        await _limit.CancelAsync();
        _response.Dispose();
        _limit.Dispose();
    }
}
