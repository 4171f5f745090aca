#pragma warning disable MEAI001 // IImageGenerator is still marked experimental.
using Microsoft.Extensions.AI;

namespace Ivg.Tests.Generation.OpenAi;

/// <summary>Somebody's generator that looks at two pictures.</summary>
internal sealed class TwoImageGenerator : IImageGenerator
{
    public ImageGenerationRequest? Asked { get; private set; }

    public ImageGenerationOptions? Options { get; private set; }

    public Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        (Asked, Options) = (request, options);
        return Task.FromResult(new ImageGenerationResponse([new DataContent(TestPictures.Png(900, 600), "image/png")]));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
