namespace Ivg.Core.Generation;

/// <summary>A prompt in parts, so that a provider can put each image's label right before the image.</summary>
/// <param name="Id">Version of the template that made it, such as <c>variation-1</c>.</param>
/// <param name="System">Rules that always hold.</param>
/// <param name="Labels">One label an image, in the order of the images.</param>
/// <param name="Instruction">What to do, the user's words included as delimited data.</param>
public sealed record Prompt(string Id, string System, IReadOnlyList<string> Labels, string Instruction);
