namespace Ivg.Hosting.Publishing;

/// <summary>A folder that the resource's own image fills before the resource starts, and that the resource only reads.</summary>
/// <param name="Name">Of the volume.</param>
/// <param name="Path">Where the resource finds it.</param>
/// <param name="SizeGiB">How large it is.</param>
/// <param name="FillArguments">Arguments with which the image fills it and ends.</param>
public sealed record FilledVolume(string Name, string Path, int SizeGiB, IReadOnlyList<string> FillArguments);
