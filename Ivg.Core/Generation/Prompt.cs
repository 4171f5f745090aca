using System.Security.Cryptography;
using System.Text;

namespace Ivg.Core.Generation;

/// <summary>A prompt in parts, so that a provider can put each image's label right before the image.</summary>
/// <param name="Id">Version of the template that made it, such as <c>variation-2</c>.</param>
/// <param name="System">Rules that always hold.</param>
/// <param name="Labels">One label an image, in the order of the images.</param>
/// <param name="Instruction">What to do, the user's words included as delimited data.</param>
public sealed record Prompt(string Id, string System, IReadOnlyList<string> Labels, string Instruction)
{
    /// <summary>SHA-256 over all parts, lower-case hex: equal hashes are equal prompts, so a result can be traced without keeping the words.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\u001f', [Id, System, .. Labels, Instruction]))));
}
