using System.Text.RegularExpressions;
using Ivg.GeminiEmulator;
using Ivg.Tests.Generation;

namespace Ivg.Tests.Application;

/// <summary>What a job comes to when Gemini fails: the right code after the right number of tries, and never the source.</summary>
public sealed partial class GeminiFaultTests
{
    private static readonly string[] ProvidersOwn = ["gemini", "google", "127.0.0.1", "test-key", "RESOURCE_EXHAUSTED", "INVALID_ARGUMENT", "Exception", "HTTP"];

    [Theory]
    // Statuses other than 200.
    [InlineData("bad_request", "provider_rejected", 1, 1)]
    [InlineData("bad_picture", "provider_rejected", 1, 1)]
    [InlineData("key_invalid", "provider_auth", 1, 1)]
    [InlineData("region", "provider_auth", 1, 1)]
    [InlineData("unauthenticated", "provider_auth", 1, 1)]
    [InlineData("no_credit", "provider_auth", 1, 1)]
    [InlineData("forbidden", "provider_auth", 1, 1)]
    [InlineData("not_found", "model_unavailable", 1, 1)]
    [InlineData("quota_daily", "provider_rate_limited", 1, 1)]
    [InlineData("quota_zero", "provider_rate_limited", 1, 1)]
    [InlineData("quota_bare", "provider_rate_limited", 3, 9)]
    [InlineData("request_timeout", "provider_timeout", 1, 2)]
    [InlineData("cancelled", "provider_unavailable", 3, 9)]
    [InlineData("internal", "provider_unavailable", 3, 9)]
    [InlineData("overloaded", "provider_unavailable", 3, 9)]
    [InlineData("overloaded_list", "provider_unavailable", 3, 9)]
    [InlineData("html_502", "provider_unavailable", 3, 9)]
    [InlineData("deadline", "provider_timeout", 1, 2)]
    [InlineData("redirect", "provider_unavailable", 1, 1)]
    // 200 without a usable picture.
    [InlineData("text_only", "no_image_returned", 1, 3)]
    [InlineData("refusal", "no_image_returned", 1, 3)]
    [InlineData("no_image", "no_image_returned", 1, 3)]
    [InlineData("image_other", "no_image_returned", 1, 3)]
    [InlineData("other", "no_image_returned", 1, 3)]
    [InlineData("max_tokens", "no_image_returned", 1, 2)]
    [InlineData("unknown_finish", "no_image_returned", 1, 2)]
    [InlineData("no_parts", "no_image_returned", 1, 2)]
    [InlineData("no_candidates", "no_image_returned", 1, 2)]
    [InlineData("empty_body", "no_image_returned", 1, 2)]
    [InlineData("empty_object", "no_image_returned", 1, 2)]
    [InlineData("corrupt_base64", "no_image_returned", 1, 2)]
    [InlineData("truncated_png", "no_image_returned", 1, 2)]
    [InlineData("identical", "no_image_returned", 1, 2)]
    [InlineData("blank", "no_image_returned", 1, 2)]
    [InlineData("safety", "content_blocked", 1, 1)]
    [InlineData("prohibited", "content_blocked", 1, 1)]
    [InlineData("blocklist", "content_blocked", 1, 1)]
    [InlineData("spii", "content_blocked", 1, 1)]
    [InlineData("language", "content_blocked", 1, 1)]
    [InlineData("blocked_safety", "content_blocked", 1, 1)]
    [InlineData("blocked_prohibited", "content_blocked", 1, 1)]
    [InlineData("blocked_blocklist", "content_blocked", 1, 1)]
    [InlineData("blocked_image_safety", "content_blocked", 1, 1)]
    [InlineData("blocked_other", "content_blocked", 1, 2)]
    [InlineData("image_safety", "content_blocked", 1, 2)]
    [InlineData("image_prohibited", "content_blocked", 1, 2)]
    [InlineData("recitation", "content_blocked", 1, 2)]
    [InlineData("image_recitation", "content_blocked", 1, 2)]
    [InlineData("html_200", "provider_unavailable", 3, 6)]
    [InlineData("truncated_json", "provider_unavailable", 3, 6)]
    // The connection.
    [InlineData("reset", "provider_unavailable", 3, 9)]
    [InlineData("reset_body", "provider_unavailable", 3, 9)]
    [InlineData("huge_body", "no_image_returned", 1, 1)]
    public async Task Variation_GeminiFails_FailsWithItsCode(string behaviour, string code, int attempts, int calls)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var accepted = await user.SubmitAsync("/api/variations", TestPictures.Png(96, 96), ("prompt", $"[[emulator:{behaviour}]]"));
        var job = await user.FinishAsync(accepted);

        Assert.Equal(("failed", code), ((string?)job["status"], (string?)job["error"]?["code"]));
        Assert.Equal(attempts, (int)job["attempt"]!);
        Assert.Equal(calls, CallsFor(app, job["request_id"]!));
        Assert.Null(job["result"]);
        Assert.Equal(attempts > 1 || code == "provider_timeout", (bool)job["error"]!["retryable"]!);
        // Naming a setting of ours to whoever runs this is help; anything else of the provider's is none of the caller's business.
        var message = OurSettings().Replace((string)job["error"]!["message"]!, "");
        Assert.All(ProvidersOwn, word => Assert.DoesNotContain(word, message, StringComparison.OrdinalIgnoreCase));
        Assert.Matches(WhatToDo(), (string)job["error"]!["message"]!);
        await AssertOnlyTheSourceIsKeptAsync(app, user);
    }

    [Theory]
    // No answer, a wait that is sat out, half an answer.
    [InlineData("silence", null)]
    [InlineData("quota_minute", "9s")]
    [InlineData("stalled_body", null)]
    public async Task Cancel_WhileGeminiIsAsked_EndsTheJobAndAsksNoMore(string behaviour, string? retryDelay)
    {
        var (app, requestId) = (await SharedApplication.GetAsync(), $"cancel-{Guid.CreateVersion7():N}");
        app.Emulator.Script.Add(new ScriptStep { Behaviour = behaviour, RequestId = requestId, Times = 100, RetryDelay = retryDelay });
        using var user = app.NewUser();
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(96, 96)), ("X-Request-Id", requestId));
        var job = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        await Until.TrueAsync(() => Task.FromResult(CallsFor(app, requestId) == 1), IvgClient.Patience, "the call");
        using var cancel = await user.PostAsync($"/api/jobs/{job["job_id"]}/cancel", null);
        Assert.Equal("cancelled", (string?)(await user.FinishAsync(job))["status"]);
        if (retryDelay is null)
        {
            await Until.TrueAsync(() => Task.FromResult(EntriesFor(app, requestId).All(entry => entry.Outcome == "499")), IvgClient.Patience, "Gemini to hear of it");
        }
        // The same worker goes on to another job, and has asked for nothing more by its end.
        var next = await SubmitAndFinishAsync(user, $"after-{requestId[7..]}");
        Assert.Equal("succeeded", (string?)next["status"]);
        Assert.Equal(1, CallsFor(app, requestId));
    }

    [Theory]
    // A label that is not the picture's, a picture of another shape, one that comes in drops; and all that may stand around a picture.
    [InlineData("wrong_mime")]
    [InlineData("wrong_ratio")]
    [InlineData("slow_body")]
    [InlineData("text_then_image")]
    [InlineData("drafts_then_image")]
    [InlineData("two_images")]
    [InlineData("draft_only")]
    [InlineData("unknown_members")]
    [InlineData("odd_finish")]
    public async Task Variation_AnOddAnswerWithAPicture_IsTakenAtTheFirstCall(string behaviour)
    {
        var app = await SharedApplication.GetAsync();
        using var user = app.NewUser();
        var job = await user.FinishAsync(await user.SubmitAsync(
            "/api/variations", TestPictures.Png(96, 96), ("prompt", $"[[emulator:{behaviour}]]"), ("aspect_ratio", "1:1")));

        Assert.Equal(("succeeded", 1, 1), ((string?)job["status"], (int)job["attempt"]!, CallsFor(app, job["request_id"]!)));
        var picture = Ivg.Core.Images.Pictures.Decode(await user.ImageAsync(job));
        Assert.Equal(picture.Width, picture.Height);
        Assert.Equal(behaviour == "wrong_ratio" ? "pad" : null, (string?)job["result"]!["checks"]![0]!["fitted"]?["how"]);
    }

    [Theory]
    [InlineData("quota_minute")]
    [InlineData("quota_minute_words")]
    [InlineData("quota_images")]
    public async Task Variation_MinuteQuotaThatStays_FailsAfterThreeAttempts(string behaviour)
    {
        var (app, requestId) = (await SharedApplication.GetAsync(), $"quota-{Guid.CreateVersion7():N}");
        app.Emulator.Script.Add(new ScriptStep { Behaviour = behaviour, RequestId = requestId, Times = 100, RetryDelay = "0.1s" });
        using var user = app.NewUser();
        var job = await SubmitAndFinishAsync(user, requestId);

        Assert.Equal(("provider_rate_limited", 3), ((string?)job["error"]?["code"], (int)job["attempt"]!));
        Assert.Equal(9, CallsFor(app, requestId));
    }

    [Fact]
    public async Task Variation_OverloadedThenWell_SucceedsInTheSecondAttempt()
    {
        var (app, requestId) = (await SharedApplication.GetAsync(), $"heals-{Guid.CreateVersion7():N}");
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "overloaded", RequestId = requestId, Times = 3 });
        using var user = app.NewUser();
        var job = await SubmitAndFinishAsync(user, requestId);

        Assert.Equal(("succeeded", 2), ((string?)job["status"], (int)job["attempt"]!));
        Assert.Null(job["error"]);
    }

    [Fact]
    public async Task Variation_AskedForAgain_TellsTheSeedAndTheWordsThatWereSent()
    {
        var (app, requestId) = (await SharedApplication.GetAsync(), $"again-{Guid.CreateVersion7():N}");
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "text_only", RequestId = requestId });
        using var user = app.NewUser();
        var job = await SubmitAndFinishAsync(user, requestId, ("seed", "77"));
        var plain = await SubmitAndFinishAsync(user, $"plain-{requestId[6..]}", ("seed", "77"));

        var sent = EntriesFor(app, requestId).Select(entry => entry.Seed).ToArray();
        Assert.Equal((2, 77), (sent.Length, sent[0]));
        Assert.Equal(sent[1], (int)job["result"]!["seeds"]![0]!);
        Assert.Equal(77, (int)plain["result"]!["seeds"]![0]!);
        Assert.NotEqual((string?)plain["result"]!["prompt_hashes"]![0], (string?)job["result"]!["prompt_hashes"]![0]);
    }

    [Fact]
    public async Task Variation_OneOfThreeIsBlocked_SucceedsWithTwoAndSaysSo()
    {
        var (app, requestId) = (await SharedApplication.GetAsync(), $"partly-{Guid.CreateVersion7():N}");
        app.Emulator.Script.Add(new ScriptStep { Behaviour = "safety", RequestId = requestId });
        using var user = app.NewUser();
        var job = await SubmitAndFinishAsync(user, requestId, ("count", "3"));

        Assert.Equal("succeeded", (string?)job["status"]);
        Assert.Equal(2, job["result"]!["images"]!.AsArray().Count);
        Assert.Equal(1, (int)job["result"]!["failed_images"]!);
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> SubmitAndFinishAsync(IvgClient user, string requestId, params (string, string)[] fields)
    {
        using var response = await user.PostAsync("/api/variations", IvgClient.Form(TestPictures.Png(96, 96), fields), ("X-Request-Id", requestId));
        return await user.FinishAsync(System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    private static int CallsFor(IvgApplication app, System.Text.Json.Nodes.JsonNode requestId) => CallsFor(app, (string)requestId!);

    private static int CallsFor(IvgApplication app, string requestId) => EntriesFor(app, requestId).Count();

    private static IEnumerable<JournalEntry> EntriesFor(IvgApplication app, string requestId) =>
        app.Emulator.Journal.Entries.Where(entry => entry.RequestId?.Contains(requestId, StringComparison.Ordinal) == true);

    private static async Task AssertOnlyTheSourceIsKeptAsync(IvgApplication app, IvgClient user)
    {
        await using var command = app.Database.CreateCommand("""
            select (select count(*) from image_assets where session_id = $1), (select count(*) from image_assets where session_id = $1 and job_index is not null),
                   (select count(*) from generation_history where session_id = $1)
            """);
        command.Parameters.Add(new() { Value = user.SessionId });
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        Assert.Equal((1L, 0L, 0L), (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)));
    }

    [GeneratedRegex(@"\. (?:Try|Use|Set|Put|Check|Enable|Top|Raise|Change|Say|Describe) [^.]+\.$")]
    private static partial Regex WhatToDo();

    [GeneratedRegex("GEMINI_[A-Z_]+")]
    private static partial Regex OurSettings();
}
