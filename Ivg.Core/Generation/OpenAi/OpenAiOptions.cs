using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Ivg.Core.Generation.OpenAi;

/// <summary>How OpenAI's image models, or a service that speaks as they do, are reached.</summary>
public sealed class OpenAiOptions
{
    private const string DefaultBaseUrl = "https://api.openai.com/v1";
    private const string DefaultModel = "gpt-image-1";

    /// <summary>The key; sent in a header and written nowhere. Empty: the provider cannot be chosen.</summary>
    [ConfigurationKeyName("OPENAI_API_KEY"), RegularExpression("[\\x21-\\x7E]*", ErrorMessage = "OPENAI_API_KEY has characters that no key has.")]
    public string ApiKey { get; set; } = "";

    /// <summary>Absolute http or https address, its version included.</summary>
    [ConfigurationKeyName("OPENAI_BASE_URL"), RegularExpression("https?://[^?#]+", ErrorMessage = "OPENAI_BASE_URL must be an http or https address.")]
    public string BaseUrl { get; set; } = DefaultBaseUrl;

    /// <summary>A model that edits pictures and takes prompts of several thousand characters.</summary>
    [ConfigurationKeyName("OPENAI_IMAGE_MODEL"), RegularExpression("[A-Za-z0-9._:/-]+", ErrorMessage = "OPENAI_IMAGE_MODEL must name a model.")]
    public string Model { get; set; } = DefaultModel;

    /// <summary>Limit on one call in seconds, its answer's body included.</summary>
    [ConfigurationKeyName("OPENAI_TIMEOUT"), Range(0.01, 600, ErrorMessage = "OPENAI_TIMEOUT must be 0.01 to 600 seconds.")]
    public double Timeout { get; set; } = 150;

    /// <summary>Takes out what people paste along, and fills in what is left empty.</summary>
    internal void Normalise()
    {
        ApiKey = ApiKey.Trim();
        BaseUrl = BaseUrl.Trim().TrimEnd('/') is { Length: > 0 } url ? url : DefaultBaseUrl;
        Model = Model.Trim() is { Length: > 0 } model ? model : DefaultModel;
    }
}
