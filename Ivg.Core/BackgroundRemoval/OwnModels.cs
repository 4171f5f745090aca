using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>One's own models: each <c>name.json</c> in the folder of models describes the <c>name.onnx</c> beside it.</summary>
internal static partial class OwnModels
{
    public static IEnumerable<BackgroundModel> Read(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(ReadOne) : [];

    private static BackgroundModel ReadOne(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        try
        {
            var own = JsonSerializer.Deserialize<OwnModel>(File.ReadAllBytes(path), IvgJson.Options) ?? throw new JsonException("it is empty");
            return own.Problem() is { } problem ? throw new JsonException(problem)
                : !Name().IsMatch(name) ? throw new JsonException("the file's name is not made of a-z, 0-9, '.', '_' and '-'")
                : ModelCatalogue.BuiltIn.Any(model => model.Name == name) ? throw new JsonException("there is a built-in model of that name")
                : own.ToModel(name);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The model description {Path.GetFileName(path)} cannot be used: {e.Message}", e);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}\\z")]
    private static partial Regex Name();
}
