using Ivg.Core.Generation.Offline;
using Ivg.Core.Images;
using Ivg.Core.Styles;

namespace Ivg.Tests.Generation.Offline;

public sealed class RestylerTests
{
    [Theory]
    [MemberData(nameof(TestProfiles.AllKinds), MemberType = typeof(TestProfiles))]
    public void Same_seed_gives_the_same_pixels_and_four_seeds_four_pictures(string kind)
    {
        var source = Samples.Scene(200, 150);
        Assert.Equal(Restyle(source, kind, 7).Pixels, Restyle(source, kind, 7).Pixels);

        Picture[] siblings = [.. Enumerable.Range(1, 4).Select(seed => Restyle(source, kind, seed))];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.True(Measures.MeanDifference(siblings[i], siblings[j]) > 1.5, $"Seeds {j + 1} and {i + 1} look alike.");
        }
    }

    [Theory]
    [MemberData(nameof(TestProfiles.AllKinds), MemberType = typeof(TestProfiles))]
    public void Colours_come_nearer_to_the_profile(string kind)
    {
        var source = Samples.Scene();
        var before = Measures.PaletteDistance(source, TestProfiles.Of(kind));
        var after = Measures.PaletteDistance(Restyle(source, kind, 3), TestProfiles.Of(kind));
        Assert.True(after < before * 0.75, $"{before:F3} before, {after:F3} after.");
    }

    [Theory]
    [MemberData(nameof(TestProfiles.LightKinds), MemberType = typeof(TestProfiles))]
    public void Layout_is_kept_on_light_paper(string kind)
    {
        var source = Samples.Scene();
        Assert.InRange(Measures.LayoutLikeness(source, Restyle(source, kind, 3)), kind == "none" ? 0.4 : 0.75, 1);
    }

    [Theory]
    [MemberData(nameof(TestProfiles.AllKinds), MemberType = typeof(TestProfiles))]
    public void Edges_stay_where_they_were(string kind)
    {
        var source = Samples.Scene(640, 480);
        Assert.InRange(Measures.EdgeLikeness(source, Restyle(source, kind, 3)), 0.5, 1);
    }

    [Fact]
    public void Without_a_style_the_redraw_is_gentle_but_plain()
    {
        var source = Samples.Scene();
        var result = Restyler.Restyle(source, "4:3", GentleProfile.Value, 1, TestContextToken);
        Assert.InRange(Measures.LayoutLikeness(source, result), 0.85, 1);
        Assert.True(Measures.MeanDifference(source, result) > 12);
    }

    [Fact]
    public void An_unknown_trait_still_makes_a_picture()
    {
        var odd = TestProfiles.Of("wash") with
        {
            Palette = [], Paper = "pale", Shading = new ShadingTraits("stained glass", 99, 7, -1), Edges = new EdgeTraits("", 900, 9),
            Line = new LineTraits(true, -4, "", 5, 3), Texture = new TextureTraits("felt", 9, -3),
        };
        var result = Restyler.Restyle(Samples.Scene(), "4:3", odd, 1, TestContextToken);
        Assert.Equal((320, 240), (result.Width, result.Height));
    }

    private static CancellationToken TestContextToken => CancellationToken.None;

    private static Picture Restyle(Picture source, string kind, int seed) =>
        Restyler.Restyle(source, "4:3", TestProfiles.Of(kind), seed, TestContextToken);
}
