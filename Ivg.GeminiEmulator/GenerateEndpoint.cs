using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Ivg.GeminiEmulator;

/// <summary><c>POST /v1beta/models/{model}:generateContent</c>.</summary>
internal sealed partial class GenerateEndpoint(
    IOptions<EmulatorOptions> options, Keys keys, Journal journal, Script script, Quota quota, Chance chance, CachedAnswers cached)
{
    /// <summary>Names a behaviour for one request, as does <c>[[emulator:name]]</c> in its words.</summary>
    public const string BehaviourHeader = "X-Emulator-Behaviour";

    public async Task AnswerAsync(string call, HttpContext http)
    {
        var (name, _, method) = call.Partition(':');
        var entry = journal.Begin(name, http.Request.Headers["X-Request-Id"].FirstOrDefault());
        var outcome = "499";
        try
        {
            entry.Headers = http.Request.Headers.Where(header => !header.Key.Equals("x-goog-api-key", StringComparison.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            using var limit = ServerTimeout(http);
            await AnswerAsync(name, method, entry, http, limit?.Token ?? default);
            outcome = entry.Behaviour is "reset" or "reset_body" ? "reset" : http.Response.StatusCode.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The caller went away, and is counted as such below.
        }
        finally
        {
            journal.End(entry, outcome);
        }
    }

    private async Task AnswerAsync(string name, string method, JournalEntry entry, HttpContext http, CancellationToken limit)
    {
        var body = await ReadAsync(http);
        if (Refuse(name, method, http, body) is { } refusal)
        {
            await Answers.WriteAsync(http, refusal.Status, Answers.Json, refusal.Body);
            return;
        }
        var model = EmulatedModel.All[name];
        GenerateCall? request = null;
        if (!options.Value.CachedAnswers)
        {
            try
            {
                request = CallReader.Read(body!, model);
            }
            catch (BadCallException e)
            {
                await Answers.WriteAsync(http, 400, Answers.Json, HttpFaults.Bad(e.Message, e.Field));
                return;
            }
            JournalText.Fill(entry, request, body!);
        }
        var step = Step(name, request, entry, http);
        entry.Behaviour = step?.Behaviour;
        if (!await PauseAsync(model, step, request, entry, http, limit)) return;
        await AnswerAsync(name, model, request, body!, step, entry, http);
    }

    private async Task AnswerAsync(string name, EmulatedModel model, GenerateCall? request, byte[] body, ScriptStep? step, JournalEntry entry, HttpContext http)
    {
        var behaviour = step?.Behaviour ?? "ok";
        byte[] Picture() => request is null
            ? cached.Find(name, model, body)
            : PictureAnswer.Make(behaviour, name, model, request, options.Value.Nondeterministic ? entry.Number : 0);
        if (HttpFaults.Find(behaviour, name, step?.RetryDelay) is { } fault)
            await Answers.WriteAsync(http, fault.Status, behaviour.StartsWith("html", StringComparison.Ordinal) ? "text/html" : Answers.Json, fault.Body);
        else if (!await Transport.TryAsync(behaviour, http, Picture))
            await Answers.WriteAsync(http, 200, behaviour == "html_200" ? "text/html" : Answers.Json, Behaviours.WithoutPicture(behaviour, name) ?? Picture());
    }

    private (int Status, byte[] Body)? Refuse(string name, string method, HttpContext http, byte[]? body)
    {
        if (keys.Refuse(http) is { } refusal) return refusal;
        if (method != "generateContent" || !EmulatedModel.All.TryGetValue(name, out var model) || model.Retired) return HttpFaults.Find("not_found", name, null);
        if (body is null) return (400, HttpFaults.Bad($"Request payload size exceeds the limit: {options.Value.MaxBody} bytes.", null));
        if (quota.Take(name) is not { } spent) return null;
        var delay = string.Create(CultureInfo.InvariantCulture, $"{spent.Wait.TotalSeconds:0.#########}s");
        return (429, HttpFaults.Exhausted(name, spent.Id, $"Quota exceeded, limit: {spent.Limit}, model: {name}. Please retry in {delay}.", delay));
    }

    private ScriptStep? Step(string name, GenerateCall? request, JournalEntry entry, HttpContext http)
    {
        var named = http.Request.Headers[BehaviourHeader].FirstOrDefault()
            ?? (request is not null && Marker().Match(request.Words) is { Success: true } match ? match.Groups[1].Value : null);
        if (named is not null && Behaviours.All.Contains(named)) return new ScriptStep { Behaviour = named };
        return script.Take(name, entry.RequestId) ?? (chance.Failure(entry.Number) is { } failure ? new ScriptStep { Behaviour = failure } : null);
    }

    /// <summary>False when the caller's <c>X-Server-Timeout</c> ran out and 504 was answered.</summary>
    private async Task<bool> PauseAsync(
        EmulatedModel model, ScriptStep? step, GenerateCall? request, JournalEntry entry, HttpContext http, CancellationToken limit)
    {
        var factor = request?.ImageSize switch { "2K" => 2, "4K" => 6, _ => 1 };
        var pause = TimeSpan.FromSeconds(model.Seconds * factor * options.Value.LatencyScale * chance.Slowness(entry.Number)) + TimeSpan.FromMilliseconds(step?.DelayMs ?? 0);
        if (pause <= TimeSpan.Zero) return true;
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit, http.RequestAborted);
            await Task.Delay(pause, both.Token);
            return true;
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            await Answers.WriteAsync(http, 504, Answers.Json, HttpFaults.Find("deadline", "", null)!.Value.Body);
            return false;
        }
    }

    private static CancellationTokenSource? ServerTimeout(HttpContext http) =>
        int.TryParse(http.Request.Headers["X-Server-Timeout"], CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? new CancellationTokenSource(TimeSpan.FromSeconds(seconds))
            : null;

    /// <summary>The body, read to its end, or what cached answers look at of it; null when it is over the limit.</summary>
    private async Task<byte[]?> ReadAsync(HttpContext http)
    {
        if (options.Value.CachedAnswers) return await CachedAnswers.ReadTailAsync(http.Request.Body, options.Value.MaxBody, http.RequestAborted);
        using var buffer = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 0, options.Value.MaxBody));
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        if (buffer.Length > options.Value.MaxBody) return null;
        return buffer.Length == buffer.Capacity ? buffer.GetBuffer() : buffer.ToArray();
    }

    [GeneratedRegex(@"\[\[emulator:([a-z0-9_]+)\]\]")]
    private static partial Regex Marker();
}
