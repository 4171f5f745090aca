namespace Ivg.GeminiEmulator;

/// <summary>A request that Google would answer with 400 INVALID_ARGUMENT.</summary>
internal sealed class BadCallException(string message, string? field = null) : Exception(message)
{
    public string? Field { get; } = field;
}
