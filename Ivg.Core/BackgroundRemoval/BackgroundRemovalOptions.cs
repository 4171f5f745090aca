using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Settings of background removal.</summary>
public sealed class BackgroundRemovalOptions : IValidatableObject
{
    /// <summary>The model of requests that name none. Unset: <c>isnet-fp16</c> in Development, <c>birefnet-general</c> elsewhere.</summary>
    [ConfigurationKeyName("BG_MODEL")]
    public string? Model { get; set; }

    /// <summary>Where weights are kept. Unset: <c>models</c> under <c>IVG_DATA_DIR</c>, or under the user's own data folder.</summary>
    [ConfigurationKeyName("BG_MODEL_DIR")]
    public string? ModelDirectory { get; set; }

    /// <summary>Another address to fetch weights from, tried first: <c>&lt;name&gt;.onnx</c> is appended to its path. Keys stand in its user or query.</summary>
    [ConfigurationKeyName("BG_MODEL_MIRROR")]
    public string? Mirror { get; set; }

    /// <summary>Whether models may be used whose terms forbid commercial use or leave it open.</summary>
    [ConfigurationKeyName("BG_ACCEPT_RESTRICTED")]
    public bool AcceptRestricted { get; set; }

    /// <summary>Where IVG keeps its data.</summary>
    [ConfigurationKeyName("IVG_DATA_DIR")]
    public string? DataDirectory { get; set; }

    /// <summary>The folder that the settings come to.</summary>
    public string ResolvedModelDirectory => Path.GetFullPath(
        !string.IsNullOrWhiteSpace(ModelDirectory) ? ModelDirectory
        : !string.IsNullOrWhiteSpace(DataDirectory) ? Path.Combine(DataDirectory, "models")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "ivg", "models"));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(Mirror) && !(Uri.TryCreate(Mirror, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            yield return new ValidationResult("BG_MODEL_MIRROR must be an http or https address.", [nameof(Mirror)]);
        if (ModelFault() is { } fault) yield return fault;
    }

    private ValidationResult? ModelFault()
    {
        try
        {
            var catalogue = new ModelCatalogue(this);
            return string.IsNullOrWhiteSpace(Model) || catalogue.Find(Model) is not null ? null
                : new ValidationResult($"BG_MODEL is '{Model}'. Known models: {catalogue.Names}.", [nameof(Model)]);
        }
        catch (InvalidDataException e)
        {
            return new ValidationResult(e.Message, [nameof(ModelDirectory)]);
        }
    }
}
