namespace Ivg.Hosting.Publishing;

/// <summary>How a server is run as a container.</summary>
internal sealed record ServerImage
{
    /// <summary>With its version.</summary>
    public required string Image { get; init; }

    /// <summary>The image's own user for the server.</summary>
    public required int User { get; init; }

    public required string DataPath { get; init; }

    /// <summary>What it writes besides, and may lose.</summary>
    public required IReadOnlyList<string> ScratchPaths { get; init; }

    public required string PasswordVariable { get; init; }

    public required IReadOnlyList<(string Name, string Value)> Environment { get; init; }

    /// <summary>Ends with 0 when the server answers.</summary>
    public required IReadOnlyList<string> HealthCommand { get; init; }

    /// <summary>In place of the image's entry point.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public string? ArgumentsComment { get; init; }

    public required double Cpu { get; init; }

    public required int MemoryMiB { get; init; }

    public required int StorageGiB { get; init; }
}
