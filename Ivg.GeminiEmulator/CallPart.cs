namespace Ivg.GeminiEmulator;

/// <summary>A part of a request: words or a picture.</summary>
internal sealed record CallPart(string? Text, string? MimeType, byte[]? Picture);
