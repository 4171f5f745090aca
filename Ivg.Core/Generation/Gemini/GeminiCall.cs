namespace Ivg.Core.Generation.Gemini;

/// <summary>What travels with a request through the handlers.</summary>
internal static class GeminiCall
{
    /// <summary>The model that is asked: the breaker's key.</summary>
    public static readonly HttpRequestOptionsKey<string> Model = new("ivg.gemini.model");

    /// <summary>How the latest exchange failed.</summary>
    public static readonly HttpRequestOptionsKey<GeminiFault?> Fault = new("ivg.gemini.fault");

    public static GeminiFault? FaultOf(HttpResponseMessage? response) =>
        response?.RequestMessage is { } request && request.Options.TryGetValue(Fault, out var fault) ? fault : null;
}
