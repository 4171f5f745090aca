using Ivg.Core.BackgroundRemoval;

namespace Ivg.Tests.BackgroundRemoval;

public sealed class OwnModelsTests : IDisposable
{
    private const string Good = """
        {"sha256":"SHA","bytes":5,"side":512,"mean":[0.5,0.5,0.5],"std":[1,1,1],"logits":true,"peak_bytes":900000000,"licence":"MIT","sources":["https://example.org/own.onnx"]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("ivg-own-").FullName;

    [Fact]
    public void Catalogue_DescriptionInTheFolder_IsAModelLikeAnyOther()
    {
        Write("my-model", Good);
        var catalogue = new ModelCatalogue(new BackgroundRemovalOptions { ModelDirectory = _folder });

        var model = catalogue.Find("my-model")!;
        Assert.Equal((512, true, 5L, "my-model.onnx"), (model.Input.Side, model.Logits, model.Bytes, model.FileName));
        Assert.Contains("my-model", catalogue.Names, StringComparison.Ordinal);
        Assert.Null(catalogue.Find("no-such-model"));
    }

    [Theory]
    [InlineData("my-model", "{}", "sha256")]
    [InlineData("my-model", "not json", "my-model.json")]
    [InlineData("isnet-fp16", Good, "built-in")]
    [InlineData("My Model", Good, "name")]
    public void Options_UnusableDescription_AreRefusedAndSayWhy(string name, string json, string expected)
    {
        Write(name, json);
        var options = new BackgroundRemovalOptions { ModelDirectory = _folder };

        Assert.Contains(expected, Assert.Single(options.Validate(new(options))).ErrorMessage, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string json) =>
        File.WriteAllText(Path.Combine(_folder, name + ".json"), json.Replace("SHA", new string('a', 64), StringComparison.Ordinal));
}
