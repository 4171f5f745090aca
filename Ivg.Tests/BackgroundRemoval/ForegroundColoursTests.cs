using Ivg.Core.BackgroundRemoval;
using Ivg.Core.Images;

namespace Ivg.Tests.BackgroundRemoval;

public sealed class ForegroundColoursTests
{
    [Theory]
    [InlineData(300)]
    [InlineData(1600)]
    public void Estimate_KnownForeground_RecoversIt(int size)
    {
        // A disc of one colour with an edge a tenth of the picture wide, over another colour.
        byte[] subject = [230, 120, 20];
        byte[] ground = [10, 40, 200];
        var (alpha, rgb) = (new byte[size * size], new byte[size * size * 3]);
        for (var i = 0; i < alpha.Length; i++)
        {
            var distance = Math.Sqrt(Math.Pow(i % size - size / 2, 2) + Math.Pow(i / size - size / 2, 2));
            alpha[i] = (byte)(255 * Math.Clamp((0.35 - distance / size) * 10, 0, 1));
            for (var band = 0; band < 3; band++)
                rgb[i * 3 + band] = (byte)Math.Round((subject[band] * alpha[i] + ground[band] * (255 - alpha[i])) / 255.0);
        }
        var picture = new Picture(size, size, 3, rgb);
        var cut = Compositing.Cut(picture, alpha);

        ForegroundColours.Estimate(picture, alpha, cut.Pixels, CancellationToken.None);

        double error = 0, before = 0, weight = 0;
        for (var i = 0; i < alpha.Length; i++)
        {
            if (alpha[i] is 0 or 255) continue;
            weight += alpha[i];
            for (var band = 0; band < 3; band++)
            {
                error += alpha[i] * Math.Abs(cut.Pixels[i * 4 + band] - subject[band]) / 3.0;
                before += alpha[i] * Math.Abs(rgb[i * 3 + band] - subject[band]) / 3.0;
            }
        }
        Assert.True(before / weight > 30, "The test's picture shows no background through its edge.");
        Assert.InRange(error / weight, 0, 3);
    }
}
