using System.Text.Json;

namespace Ivg.Core.Jobs;

/// <summary>What a handler sees of its job, and how it reports.</summary>
public sealed class JobContext(Guid jobId, string sessionId, string requestId, int attempt, JsonElement payload, Func<string, int, CancellationToken, Task> report)
{
    /// <summary>The job's id.</summary>
    public Guid JobId { get; } = jobId;

    /// <summary>Who owns the job and everything it makes.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>The id of the request that submitted the job.</summary>
    public string RequestId { get; } = requestId;

    /// <summary>1 for the first attempt.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>What was asked, as the kind's own request record.</summary>
    public T Payload<T>() => payload.Deserialize<T>(IvgJson.Options) ?? throw new JsonException("The job has no payload.");

    /// <summary>Tells the caller how far the work is.</summary>
    /// <param name="stage">One lower-case word: <c>preparing</c>, <c>generating</c>, <c>segmenting</c>, <c>composing</c>, <c>saving</c>.</param>
    /// <param name="progress">0 to 100; a smaller figure than the last one is ignored.</param>
    /// <param name="cancellationToken">The attempt's token.</param>
    public Task ReportAsync(string stage, int progress, CancellationToken cancellationToken) => report(stage, progress, cancellationToken);
}
