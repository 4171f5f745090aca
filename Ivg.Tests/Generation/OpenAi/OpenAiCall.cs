namespace Ivg.Tests.Generation.OpenAi;

/// <summary>A request as it came over the wire.</summary>
internal sealed record OpenAiCall(
    string Path, string Authorization, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<(string Name, string FileName, string Type, byte[] Bytes)> Files);
