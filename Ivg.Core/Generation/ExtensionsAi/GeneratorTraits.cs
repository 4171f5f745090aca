using System.Drawing;

namespace Ivg.Core.Generation.ExtensionsAi;

/// <summary>What <c>IImageGenerator</c> cannot say of itself.</summary>
/// <param name="Name">The provider's name in <c>IMAGE_PROVIDER</c>.</param>
/// <param name="Model">The model that is asked for.</param>
/// <param name="MaxImages">How many original images it looks at; it drops the others without a word.</param>
/// <param name="Sizes">The sizes it draws in, pixels; the one nearest to the wanted ratio is asked for.</param>
/// <param name="Timeout">Limit on one call, its answer's body included.</param>
internal sealed record GeneratorTraits(string Name, string Model, int MaxImages, IReadOnlyList<Size> Sizes, TimeSpan Timeout)
{
    public Size SizeFor(string ratio) => Sizes.MinBy(size => Math.Abs(Math.Log(AspectRatios.Value(ratio) * size.Height / size.Width)));
}
