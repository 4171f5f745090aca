#pragma warning disable MEAI001 // IImageGenerator is still marked experimental.
using System.Drawing;
using Ivg.Core.Generation.ExtensionsAi;
using Ivg.Core.Images;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ivg.Tests.Generation.OpenAi;

public sealed class ExtensionsAiProviderTests
{
    [Fact]
    public async Task Generator_OfTwoImages_GetsTheSourceFirstAndTheStyleSecond()
    {
        using var generator = new TwoImageGenerator();
        var provider = Provider(generator);
        var request = GeminiRig.Request(ratio: "16:9");
        var outcome = await provider.GenerateAsync(request, default);

        Assert.Equal((900, 600, "some-model"), (outcome.Image!.Width, outcome.Image.Height, outcome.Model));
        Assert.Equal(2, provider.MaxImages);
        var sent = generator.Asked!.OriginalImages!.Cast<DataContent>().ToArray();
        Assert.Equal(request.Images.Select(image => image.Bytes), sent.Select(content => content.Data.ToArray()));
        Assert.Equal(["source.png", "style.png"], sent.Select(content => content.Name));
        Assert.Equal((new Size(900, 600), "some-model", 1), (generator.Options!.ImageSize, generator.Options.ModelId, generator.Options.Count));
        var prompt = generator.Asked.Prompt!;
        Assert.True(prompt.IndexOf("Image 1 is the SOURCE", StringComparison.Ordinal) < prompt.IndexOf("Image 2 is the STYLE REFERENCE", StringComparison.Ordinal));
    }

    private static ExtensionsAiProvider Provider(IImageGenerator generator) => new(
        new GeneratorTraits("somebody", "some-model", 2, [new Size(600, 600), new Size(900, 600)], TimeSpan.FromMinutes(1)),
        new Lazy<IImageGenerator>(generator), _ => null, new ImageLimits(), TimeProvider.System, NullLogger<ExtensionsAiProvider>.Instance);
}
