using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Ivg.Core.Generation.Gemini;

/// <summary>How Gemini is reached and how patient the calls are. Times are seconds.</summary>
public sealed class GeminiOptions
{
    /// <summary>Google's own address.</summary>
    public const string DefaultBaseUrl = "https://generativelanguage.googleapis.com/";

    /// <summary>The key; sent in a header and written nowhere. Empty: the provider cannot be chosen.</summary>
    [ConfigurationKeyName("GEMINI_API_KEY"), RegularExpression("[\\x21-\\x7E]*", ErrorMessage = "GEMINI_API_KEY has characters that no key has.")]
    public string ApiKey { get; set; } = "";

    /// <summary>Absolute http or https address; <c>GOOGLE_GEMINI_BASE_URL</c> is read when this is not set.</summary>
    [ConfigurationKeyName("GEMINI_BASE_URL"), RegularExpression("https?://[^?#]+", ErrorMessage = "GEMINI_BASE_URL must be an http or https address.")]
    public string BaseUrl { get; set; } = "";

    /// <summary>The model of ordinary requests.</summary>
    [ConfigurationKeyName("GEMINI_MODEL"), Required, RegularExpression("[A-Za-z0-9._-]+")]
    public string Model { get; set; } = "gemini-nano-banana-2.1";

    /// <summary>The model of fast requests.</summary>
    [ConfigurationKeyName("GEMINI_MODEL_FAST"), Required, RegularExpression("[A-Za-z0-9._-]+")]
    public string ModelFast { get; set; } = "gemini-3.1-flash-lite-image";

    /// <summary>The model to turn to when the first is gone or overloaded; empty for none.</summary>
    [ConfigurationKeyName("GEMINI_MODEL_FALLBACK"), RegularExpression("[A-Za-z0-9._-]*")]
    public string ModelFallback { get; set; } = "";

    /// <summary>Limit on one HTTP exchange, its body included.</summary>
    [ConfigurationKeyName("GEMINI_ATTEMPT_TIMEOUT"), Range(0.01, 600)]
    public double AttemptTimeout { get; set; } = 150;

    /// <summary>Limit on an exchange with its retries; at least <see cref="AttemptTimeout"/>.</summary>
    [ConfigurationKeyName("GEMINI_TOTAL_TIMEOUT"), Range(0.01, 1800)]
    public double TotalTimeout { get; set; } = 330;

    /// <summary>HTTP retries after the first try. Time-outs are retried once at most: each may be billed.</summary>
    [ConfigurationKeyName("GEMINI_RETRIES"), Range(1, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>Wait before the first retry; doubles, with jitter.</summary>
    [ConfigurationKeyName("GEMINI_RETRY_DELAY"), Range(0.001, 60)]
    public double RetryDelay { get; set; } = 1;

    /// <summary>Longest wait asked for by Gemini that is sat out in the call; a longer one is left to the job's own retry.</summary>
    [ConfigurationKeyName("GEMINI_RETRY_AFTER_MAX"), Range(0, 120)]
    public double RetryAfterMax { get; set; } = 10;

    /// <summary>Exchanges within two attempt time-outs before a model's breaker may open, half of them failed.</summary>
    [ConfigurationKeyName("GEMINI_BREAKER_THROUGHPUT"), Range(2, 1000)]
    public int BreakerThroughput { get; set; } = 8;

    /// <summary>How long an open breaker keeps a model from being asked.</summary>
    [ConfigurationKeyName("GEMINI_BREAKER_BREAK"), Range(0.5, 3600)]
    public double BreakerBreak { get; set; } = 30;

    /// <summary>Whether <c>"store": false</c> is sent; a proxy that knows no such field needs it off.</summary>
    [ConfigurationKeyName("GEMINI_SEND_STORE")]
    public bool SendStore { get; set; } = true;

    /// <summary>Where a model's answers are asked for, whether or not the address already ends with a version.</summary>
    internal Uri Endpoint(string model)
    {
        var root = BaseUrl.TrimEnd('/');
        var versioned = root.EndsWith("/v1beta", StringComparison.Ordinal) || root.EndsWith("/v1", StringComparison.Ordinal);
        return new Uri($"{root}{(versioned ? "" : "/v1beta")}/models/{model}:generateContent");
    }

    /// <summary>Takes out what people paste along, and fills in the address.</summary>
    internal void Normalise(string? sdkBaseUrl)
    {
        ApiKey = ApiKey.Trim();
        BaseUrl = BaseUrl.Trim();
        if (BaseUrl.Length == 0) BaseUrl = string.IsNullOrWhiteSpace(sdkBaseUrl) ? DefaultBaseUrl : sdkBaseUrl.Trim();
        Model = Bare(Model);
        ModelFast = Bare(ModelFast);
        ModelFallback = Bare(ModelFallback);
    }

    private static string Bare(string model) => model.Trim() is var id && id.StartsWith("models/", StringComparison.Ordinal) ? id["models/".Length..] : id;
}
