using System.Text.RegularExpressions;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>What the description of one's own model says.</summary>
/// <param name="Sha256">Of the ONNX file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Side">Of the square input and output, pixels.</param>
/// <param name="Mean">Subtracted, for R, G, B.</param>
/// <param name="Std">Divided by, for R, G, B.</param>
/// <param name="PeakBytes">Resident memory of a process that has run it.</param>
/// <param name="Licence">Its terms.</param>
/// <param name="Divide">What an 8-bit value is divided by first.</param>
/// <param name="Logits">Whether the first output needs a sigmoid.</param>
/// <param name="Restricted">Whether the terms forbid commercial use.</param>
/// <param name="Sources">Addresses to fetch it from; none when the file is put there by hand.</param>
internal sealed partial record OwnModel(string? Sha256, long Bytes, int Side, float[]? Mean, float[]? Std, long PeakBytes, string? Licence,
    float Divide = 255, bool Logits = false, bool Restricted = false, Uri[]? Sources = null)
{
    /// <summary>Why it cannot be used; null when it can.</summary>
    public string? Problem() =>
        Sha256 is null || !Hash().IsMatch(Sha256) ? "sha256 is 64 lower-case hexadecimal digits"
        : Bytes < 1 ? "bytes is the size of the ONNX file"
        : Side is < 32 or > 4096 ? "side is 32 to 4096"
        : Mean is not { Length: 3 } || Std is not { Length: 3 } || Array.Exists(Std, value => value <= 0) ? "mean and std are three numbers each, std above 0"
        : Divide <= 0 ? "divide is above 0"
        : PeakBytes < 1 ? "peak_bytes is what a process needs that runs it"
        : string.IsNullOrWhiteSpace(Licence) ? "licence is missing"
        : null;

    /// <summary>As the catalogue has it.</summary>
    public BackgroundModel ToModel(string name) => new()
    {
        Name = name,
        Sources = [.. (Sources ?? []).Select(address => new ModelSource.Url(address))],
        Bytes = Bytes,
        Sha256 = Sha256!,
        Input = new TensorRecipe(Side, Mean!, Std!, Divide),
        Logits = Logits,
        Licence = Licence!,
        Restricted = Restricted,
        PeakBytes = PeakBytes,
    };

    [GeneratedRegex("^[0-9a-f]{64}\\z")]
    private static partial Regex Hash();
}
