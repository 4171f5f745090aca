using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>
/// Graphs that the runtime has already optimised, kept beside the weights: they load faster and without the memory that the optimising takes.
/// One is good for one model, runtime and processor; its name ends in its own checksum, so a damaged one is noticed and made anew.
/// </summary>
internal static class OptimisedModels
{
    /// <summary>The intact file for this model here; null when there is none.</summary>
    public static string? Find(string folder, BackgroundModel model)
    {
        if (!Directory.Exists(folder)) return null;
        foreach (var path in Directory.GetFiles(folder, Prefix(model) + "*.onnx"))
        {
            if (Path.GetFileName(path) == Prefix(model) + Hash(path) + ".onnx") return path;
            File.Delete(path);
        }
        return null;
    }

    /// <summary>A name to save to before <see cref="Keep"/>; null where the folder cannot be written, which is no reason to fail.</summary>
    public static string? Begin(string folder, BackgroundModel model)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, $"{model.Name}.{Guid.NewGuid():n}.part");
            File.Create(path).Dispose();
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Moves a file just saved to where <see cref="Find"/> sees it.</summary>
    public static void Keep(string folder, BackgroundModel model, string part) =>
        File.Move(part, Path.Combine(folder, Prefix(model) + Hash(part) + ".onnx"), overwrite: true);

    private static string Prefix(BackgroundModel model)
    {
        var width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        var processor = $"{RuntimeInformation.ProcessArchitecture}-{width}".ToLowerInvariant();
        return $"{model.Name}-{model.Sha256[..12]}-{OrtEnv.Instance().GetVersionString()}-{processor}-";
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file))[..16];
    }
}
