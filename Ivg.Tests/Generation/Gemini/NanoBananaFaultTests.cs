using Ivg.Core.Generation;

namespace Ivg.Tests.Generation.Gemini;

/// <summary>How each failure ends when it stays.</summary>
public sealed class NanoBananaFaultTests
{
    [Theory]
    // Answers without a usable picture: the code, whether the job may retry, and how often Gemini is asked in all.
    [InlineData("text_only", "no_image_returned", false, 3)]
    [InlineData("refusal", "no_image_returned", false, 3)]
    [InlineData("no_image", "no_image_returned", false, 3)]
    [InlineData("image_other", "no_image_returned", false, 3)]
    [InlineData("other", "no_image_returned", false, 3)]
    [InlineData("max_tokens", "no_image_returned", false, 2)]
    [InlineData("unknown_finish", "no_image_returned", false, 2)]
    [InlineData("no_parts", "no_image_returned", false, 2)]
    [InlineData("no_candidates", "no_image_returned", false, 2)]
    [InlineData("empty_object", "no_image_returned", false, 2)]
    [InlineData("empty_body", "no_image_returned", false, 2)]
    [InlineData("corrupt_base64", "no_image_returned", false, 2)]
    [InlineData("truncated_png", "no_image_returned", false, 2)]
    [InlineData("html_200", "provider_unavailable", true, 2)]
    [InlineData("truncated_json", "provider_unavailable", true, 2)]
    [InlineData("image_safety", "content_blocked", false, 2)]
    [InlineData("image_prohibited", "content_blocked", false, 2)]
    [InlineData("recitation", "content_blocked", false, 2)]
    [InlineData("image_recitation", "content_blocked", false, 2)]
    [InlineData("blocked_other", "content_blocked", false, 2)]
    [InlineData("safety", "content_blocked", false, 1)]
    [InlineData("blocklist", "content_blocked", false, 1)]
    [InlineData("prohibited", "content_blocked", false, 1)]
    [InlineData("spii", "content_blocked", false, 1)]
    [InlineData("language", "content_blocked", false, 1)]
    [InlineData("blocked_safety", "content_blocked", false, 1)]
    [InlineData("blocked_prohibited", "content_blocked", false, 1)]
    [InlineData("blocked_blocklist", "content_blocked", false, 1)]
    [InlineData("blocked_image_safety", "content_blocked", false, 1)]
    // Other statuses.
    [InlineData("bad_request", "provider_rejected", false, 1)]
    [InlineData("bad_picture", "provider_rejected", false, 1)]
    [InlineData("key_invalid", "provider_auth", false, 1)]
    [InlineData("region", "provider_auth", false, 1)]
    [InlineData("unauthenticated", "provider_auth", false, 1)]
    [InlineData("no_credit", "provider_auth", false, 1)]
    [InlineData("forbidden", "provider_auth", false, 1)]
    [InlineData("not_found", "model_unavailable", false, 1)]
    [InlineData("request_timeout", "provider_timeout", true, 2)]
    [InlineData("quota_images", "provider_rate_limited", true, 3)]
    [InlineData("quota_bare", "provider_rate_limited", true, 3)]
    [InlineData("quota_daily", "provider_rate_limited", false, 1)]
    [InlineData("quota_zero", "provider_rate_limited", false, 1)]
    [InlineData("cancelled", "provider_unavailable", true, 3)]
    [InlineData("internal", "provider_unavailable", true, 3)]
    [InlineData("overloaded", "provider_unavailable", true, 3)]
    [InlineData("html_502", "provider_unavailable", true, 3)]
    [InlineData("deadline", "provider_timeout", true, 2)]
    [InlineData("redirect", "provider_unavailable", false, 1)]
    // The connection.
    [InlineData("reset", "provider_unavailable", true, 3)]
    [InlineData("reset_body", "provider_unavailable", true, 3)]
    [InlineData("huge_body", "no_image_returned", false, 1)]
    // The same errors, each as a list of one.
    [InlineData("bad_request_list", "provider_rejected", false, 1)]
    [InlineData("key_invalid_list", "provider_auth", false, 1)]
    [InlineData("region_list", "provider_auth", false, 1)]
    [InlineData("unauthenticated_list", "provider_auth", false, 1)]
    [InlineData("no_credit_list", "provider_auth", false, 1)]
    [InlineData("forbidden_list", "provider_auth", false, 1)]
    [InlineData("not_found_list", "model_unavailable", false, 1)]
    [InlineData("quota_bare_list", "provider_rate_limited", true, 3)]
    [InlineData("quota_daily_list", "provider_rate_limited", false, 1)]
    [InlineData("quota_zero_list", "provider_rate_limited", false, 1)]
    [InlineData("internal_list", "provider_unavailable", true, 3)]
    [InlineData("overloaded_list", "provider_unavailable", true, 3)]
    [InlineData("deadline_list", "provider_timeout", true, 2)]
    public async Task Failures_EndInTheRightCodeAfterTheRightCalls(string behaviour, string code, bool retryable, int calls)
    {
        await using var rig = await GeminiRig.StartAsync();
        var outcome = await rig.Script(behaviour, times: 50).GenerateAsync();
        Assert.Null(outcome.Image);
        Assert.Equal((code, retryable, calls), (outcome.Failure!.Code, outcome.Failure.Retryable, rig.Calls));
        AssertSafe(outcome, rig);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("stalled_body")]
    public async Task Timeouts_CoverTheBodyAndAreRetriedOnce(string behaviour)
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_ATTEMPT_TIMEOUT"] = "0.4" });
        var outcome = await rig.Script(behaviour, times: 50).GenerateAsync();
        Assert.Equal(("provider_timeout", true, 2), (outcome.Failure!.Code, outcome.Failure.Retryable, rig.Calls));
        AssertSafe(outcome, rig);
    }

    [Fact]
    public async Task Nobody_ThereIsUnavailable()
    {
        await using var rig = await GeminiRig.StartAsync(new() { ["GEMINI_BASE_URL"] = "http://127.0.0.1:9" });
        var outcome = await rig.GenerateAsync();
        Assert.Equal(("provider_unavailable", true), (outcome.Failure!.Code, outcome.Failure.Retryable));
    }

    private static void AssertSafe(ProviderOutcome outcome, GeminiRig rig)
    {
        Assert.DoesNotContain(GeminiRig.Key, rig.Logs.All, StringComparison.Ordinal);
        Assert.DoesNotContain("even black line", rig.Logs.All, StringComparison.Ordinal);
        foreach (var inner in new[] { GeminiRig.Key, "googleapis", "Support code", "RESOURCE_EXHAUSTED", "Exception" })
            Assert.DoesNotContain(inner, outcome.Failure!.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", outcome.Failure!.Message, StringComparison.Ordinal);
    }
}
