using System.Text.Json.Nodes;

namespace Ivg.Core.Jobs;

/// <summary>What an attempt produced.</summary>
/// <param name="Images">The pictures, in order; the kinds of the contract make at least one.</param>
/// <param name="Provider">Who made them: a provider's name, or <c>onnx</c>.</param>
/// <param name="Model">The model that made them.</param>
/// <param name="Details">More members for the job's result (figures, prompt id), snake_case; null for none.</param>
public sealed record JobOutput(IReadOnlyList<ProducedImage> Images, string Provider, string Model, JsonObject? Details = null);
