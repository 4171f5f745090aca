using Ivg.Api.Errors;
using Ivg.Api.Images;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ivg.Tests.Limits;

/// <summary>What answers hold of pictures while their clients take nothing.</summary>
public sealed class AnswerMemoryTests
{
    private const int Length = 20 << 20;

    // The server's buffers, and what was fetched ahead.
    private const int OfOne = 400 * 1024;

    [Fact]
    public async Task Readers_of_a_large_picture_that_take_nothing_hold_a_few_pieces_each_and_no_more_than_there_is_room_for()
    {
        var (memory, fetched, refused) = (new AnswerMemory(50 * OfOne), 0L, 0);
        var body = new Blocked();
        var answers = new List<(Task Answer, HttpContext Context)>();
        var renderer = Renderer(memory);
        for (var i = 0; i < 400; i++)
        {
            var context = Context(body);
            try
            {
                var result = await AnswerAsync(renderer, context, (_, count) => Interlocked.Add(ref fetched, count) > 0);
                answers.Add((result.ExecuteAsync(context), context));
            }
            catch (ApiException e) when (e is { Status: 503, Code: "unavailable", RetryAfter: > 0 })
            {
                refused++;
            }
        }

        Assert.InRange(answers.Count, 40, 100);
        Assert.Equal(400, answers.Count + refused);
        Assert.InRange(memory.Held, 1, 50 * OfOne);
        // Each has its first piece under way and has asked for no more.
        Assert.All(answers, one => Assert.False(one.Answer.IsCompleted));
        Assert.InRange(fetched, 1, memory.Held);

        body.Open();
        await Task.WhenAll(answers.Select(one => one.Answer)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((long)answers.Count * Length, fetched);
        foreach (var (_, context) in answers) await context.Features.GetRequiredFeature<Ends>().RunAsync();
        Assert.Equal(0, memory.Held);
    }

    [Fact]
    public async Task Picture_ThatGoesInTheMiddleOfItsAnswer_CutsItOff()
    {
        var context = Context(Stream.Null);
        var aborted = new Aborted();
        context.Features.Set<IHttpRequestLifetimeFeature>(aborted);
        var result = await AnswerAsync(Renderer(new AnswerMemory(Length)), context, (start, _) =>
        {
            if (start > 0) context.Features.Set<IHttpResponseFeature>(new Begun());
            return start == 0;
        });
        await result.ExecuteAsync(context);
        Assert.True(aborted.Was);
    }

    private static ImageRenderer Renderer(AnswerMemory memory) => new(new Renderings(new DecodeSlots(1, TimeSpan.Zero), TimeProvider.System), memory);

    private static Task<IResult> AnswerAsync(ImageRenderer renderer, HttpContext context, Func<int, int, bool> isThere) =>
        renderer.AnswerAsync(context, new byte[32], "image/png", 4000, Length, null, null,
            (start, count, _) => Task.FromResult(isThere(start, count) ? new byte[count] : null));

    private static DefaultHttpContext Context(Stream body)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        var ends = new Ends();
        context.Features.Set(ends);
        context.Features.Set<IHttpResponseFeature>(ends);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        return context;
    }

    private sealed class Ends : HttpResponseFeature
    {
        private readonly List<(Func<object, Task> Do, object State)> _all = [];

        public override void OnCompleted(Func<object, Task> callback, object state) => _all.Add((callback, state));

        public async Task RunAsync()
        {
            foreach (var (end, state) in _all) await end(state);
        }
    }

    private sealed class Begun : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }

    private sealed class Aborted : IHttpRequestLifetimeFeature
    {
        public bool Was { get; private set; }

        public CancellationToken RequestAborted { get; set; }

        public void Abort() => Was = true;
    }

    private sealed class Blocked : MemoryStream
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _open.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => await _open.Task;
    }
}
