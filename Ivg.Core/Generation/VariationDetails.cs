using System.Text.Json.Nodes;

namespace Ivg.Core.Generation;

/// <summary>What a variation job's result tells beside its images.</summary>
internal static class VariationDetails
{
    /// <summary>Members in snake_case; <c>seeds</c> and <c>provider_request_ids</c> are in the order of the images.</summary>
    public static JsonObject Describe(
        IReadOnlyList<ProviderRequest> requests, IReadOnlyList<ProviderOutcome> outcomes, TimeSpan prepared, TimeSpan generated)
    {
        var made = requests.Zip(outcomes).Where(pair => pair.Second.Image is not null).ToArray();
        var failures = outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => outcome.Failure!).ToArray();
        var details = new JsonObject
        {
            ["prompt_id"] = requests[0].Prompt.Id,
            ["prompt_hash"] = requests[0].Prompt.Hash,
            ["aspect_ratio"] = requests[0].AspectRatio,
            ["seed"] = made[0].First.Seed,
            ["seeds"] = new JsonArray([.. made.Select(pair => JsonValue.Create(pair.First.Seed))]),
            ["model_version"] = made[0].Second.ModelVersion,
            ["provider_request_ids"] = new JsonArray([.. made.Select(pair => JsonValue.Create(pair.Second.ProviderRequestId))]),
            ["usage"] = new JsonObject
            {
                ["input_tokens"] = outcomes.Sum(outcome => outcome.InputTokens),
                ["output_tokens"] = outcomes.Sum(outcome => outcome.OutputTokens),
            },
            ["timings_ms"] = new JsonObject { ["prepared"] = (long)prepared.TotalMilliseconds, ["generated"] = (long)generated.TotalMilliseconds },
            ["failed_images"] = failures.Length,
        };
        if (failures.Length > 0)
            details["failures"] = new JsonArray([.. failures.Select(error => new JsonObject { ["code"] = error.Code, ["message"] = error.Message })]);
        return details;
    }
}
