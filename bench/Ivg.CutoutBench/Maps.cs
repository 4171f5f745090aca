using System.Runtime.InteropServices;
using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;

namespace Ivg.CutoutBench;

/// <summary>The network's maps of the composites, kept as half precision so that what comes after the network is tuned without running it.</summary>
internal static class Maps
{
    public static void Infer(string folder, string weights, string part)
    {
        Directory.CreateDirectory(Path.Combine(folder, "maps"));
        var model = ModelCatalogue.BuiltIn.Single(known => known.Name == "isnet-fp16");
        using var session = new ModelSession(model, weights, Environment.ProcessorCount);
        foreach (var path in Directory.GetFiles(Path.Combine(folder, "pictures"), part + "-*.png").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (File.Exists(PathOf(folder, name, "rembg"))) continue;
            var picture = Pictures.Decode(File.ReadAllBytes(path));
            Write(PathOf(folder, name, "ours"), session.Run(Input(picture), model.Input, CancellationToken.None));
            var input = RembgMode.Input(picture);
            Write(PathOf(folder, name, "rembg"), session.Run(input, RembgMode.Recipe(input), CancellationToken.None));
        }
    }

    public static Picture Input(Picture picture) => Pictures.ToSquare(picture, 1024, grey: 128);

    public static Plane Read(string folder, string name, string kind) => new(1024, 1024,
        [.. MemoryMarshal.Cast<byte, Half>(File.ReadAllBytes(PathOf(folder, name, kind))).ToArray().Select(value => (float)value)]);

    private static string PathOf(string folder, string name, string kind) => Path.Combine(folder, "maps", $"{name}.{kind}");

    private static void Write(string path, Plane map) =>
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<Half>(map.Values.Select(value => (Half)value).ToArray()).ToArray());
}
