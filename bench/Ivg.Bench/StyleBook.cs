using System.Text.Json;
using Ivg.Core;
using Ivg.Core.Generation;
using Ivg.Core.Generation.Offline;
using Ivg.Core.Images;
using Ivg.Core.Styles;
using Microsoft.Extensions.DependencyInjection;

namespace Ivg.Bench;

/// <summary>The styles and samples of this repository, and the offline provider to lay one on the other. Run from the repository's root.</summary>
internal sealed class StyleBook : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddOfflineProvider().BuildServiceProvider();

    /// <summary>In the order of their folders' names.</summary>
    public IReadOnlyList<Style> Styles { get; } =
    [
        .. Directory.GetFiles("styles", "profile.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => (Id: Path.GetFileName(Path.GetDirectoryName(path))!, Profile: Read(path)))
            .Select(style => new Style(style.Id, style.Id, style.Profile.Words, "", style.Profile)),
    ];

    public static IReadOnlyList<byte[]> Samples() => [.. Directory.GetFiles("samples", "*.jpg").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    public static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine("samples", name + ".jpg"));

    /// <summary>The PNG that a job would store, its metadata apart.</summary>
    public async Task<byte[]> RestyleAsync(byte[] source, Style? style, int seed)
    {
        var info = Pictures.Identify(source);
        var outcome = await _services.GetRequiredService<IImageProvider>().GenerateAsync(
            new ProviderRequest
            {
                Images = [new RoleImage(ImageRole.Source, source, info.Format.MediaType(), info.Width, info.Height)],
                Prompt = new Prompt("none", "", [], ""),
                AspectRatio = AspectRatios.Nearest(info.Width, info.Height),
                Style = style,
                Seed = seed,
            },
            CancellationToken.None);
        return outcome.Image?.Bytes ?? throw new InvalidOperationException(outcome.Failure!.Message);
    }

    public void Dispose() => _services.Dispose();

    private static StyleProfile Read(string path) => JsonSerializer.Deserialize<StyleProfile>(File.ReadAllBytes(path), IvgJson.Options)!;
}
