using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ivg.Core.Generation.Layout;

namespace Ivg.Core.Generation;

/// <summary>What a variation job's result tells beside its images.</summary>
internal static class VariationDetails
{
    // Events leave nulls out, and the job is to say the same as its last event.
    internal static readonly JsonSerializerOptions WithoutNulls = new(IvgJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Members in snake_case; <c>seeds</c>, <c>prompt_hashes</c>, <c>provider_request_ids</c> and <c>checks</c> are in the order of the images.</summary>
    public static JsonObject Describe(
        PictureNote source, PictureNote? style, IReadOnlyList<VariationResult> results, TimeSpan prepared, TimeSpan generated, TimeSpan composed)
    {
        var made = results.Where(result => result.Outcome.Image is not null).ToArray();
        var failures = results.Where(result => result.Outcome.Failure is not null).Select(result => result.Outcome.Failure!).ToArray();
        var details = new JsonObject
        {
            ["prompt_id"] = made[0].Request.Prompt.Id,
            ["prompt_hash"] = made[0].Request.Prompt.Hash,
            ["prompt_hashes"] = new JsonArray([.. made.Select(result => JsonValue.Create(result.Request.Prompt.Hash))]),
            ["aspect_ratio"] = results[0].Request.AspectRatio,
            ["seed"] = made[0].Request.Seed,
            ["seeds"] = new JsonArray([.. made.Select(result => JsonValue.Create(result.Request.Seed))]),
            ["model_version"] = made[0].Outcome.ModelVersion,
            ["provider_request_ids"] = new JsonArray([.. made.Select(result => JsonValue.Create(result.Outcome.ProviderRequestId))]),
            ["usage"] = new JsonObject
            {
                ["input_tokens"] = results.Sum(result => result.Outcome.InputTokens),
                ["output_tokens"] = results.Sum(result => result.Outcome.OutputTokens),
            },
            ["timings_ms"] = new JsonObject
            {
                ["prepared"] = (long)prepared.TotalMilliseconds,
                ["generated"] = (long)generated.TotalMilliseconds,
                ["composed"] = (long)composed.TotalMilliseconds,
            },
            ["failed_images"] = failures.Length,
            ["layout"] = source.Hints.ToJson(),
            ["checks"] = JsonSerializer.SerializeToNode(made.Select(result => result.Check), WithoutNulls),
        };
        if (style?.Card is { } card) details["style_card"] = card.ToJson();
        if (failures.Length > 0)
            details["failures"] = new JsonArray([.. failures.Select(error => new JsonObject { ["code"] = error.Code, ["message"] = error.Message })]);
        return details;
    }
}
