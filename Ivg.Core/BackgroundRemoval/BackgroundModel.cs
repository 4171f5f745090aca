namespace Ivg.Core.BackgroundRemoval;

/// <summary>A segmentation network: where its weights are, and how it is fed and read.</summary>
public sealed record BackgroundModel
{
    /// <summary>As in <c>BG_MODEL</c> and in requests.</summary>
    public required string Name { get; init; }

    /// <summary>Tried in order.</summary>
    public required IReadOnlyList<ModelSource> Sources { get; init; }

    /// <summary>Size of the ONNX file.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of the ONNX file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How pixels become its input.</summary>
    public required TensorRecipe Input { get; init; }

    /// <summary>Whether its first output holds logits, which a sigmoid turns into probabilities; otherwise it holds 0 to 1 already.</summary>
    public bool Logits { get; init; }

    /// <summary>Under what terms the weights may be used.</summary>
    public required string Licence { get; init; }

    /// <summary>Whether those terms forbid commercial use or leave it open: such a model is used only where <c>BG_ACCEPT_RESTRICTED</c> says so.</summary>
    public bool Restricted { get; init; }

    /// <summary>Resident memory of a process that has run it, in bytes.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>The part of <see cref="PeakBytes"/> that each run at the same time takes for itself; the weights are there once.</summary>
    internal long RunBytes => Math.Max(0, PeakBytes - Bytes);

    /// <summary>What a whole removal takes at its worst, the arrays of a 12 MP picture included: measured for <c>isnet-fp16</c>.</summary>
    public long RemovalBytes => PeakBytes + 600_000_000;

    /// <summary>Its name in the folder of models.</summary>
    public string FileName => Name + ".onnx";
}
