using System.Text;
using System.Xml.Linq;
using Ivg.Core.Generation;
using Ivg.Core.Images;
using Ivg.Core.Jobs;
using Ivg.Core.Styles;
using Ivg.Tests.Generation.Offline;

namespace Ivg.Tests.Generation;

public sealed class ResultMarkTests
{
    private const string Terms = "http://cv.iptc.org/newscodes/digitalsourcetype/";
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 30, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Apply_AModelsPicture_SaysHowItWasMadeAndThatItIsAi()
    {
        var texts = PngChunks.Texts(Mark(TestPictures.Png(60, 40), ImageOrigin.TrainedModel));
        Assert.Equal(("IVG, some provider", "model-9", "variation-7", "42"), (texts["Software"], texts["Model"], texts["Prompt-Id"], texts["Seed"]));
        Assert.Equal("2026-11-24T08:30:00Z", texts["Creation Time"]);
        Assert.StartsWith("Made by AI", texts["Description"]);
        Assert.Contains("\"sample\"", texts["Description"]);
        Assert.Equal(Terms + "trainedAlgorithmicMedia", SourceType(texts[PngText.Xmp]));
    }

    [Fact]
    public void Apply_AnAlgorithmsPicture_SaysThatNoModelWasUsed()
    {
        var texts = PngChunks.Texts(Mark(TestPictures.Png(60, 40), ImageOrigin.Algorithm));
        Assert.Contains("No AI model was used", texts["Description"]);
        Assert.Equal(Terms + "algorithmicallyEnhanced", SourceType(texts[PngText.Xmp]));
    }

    [Fact]
    public void Apply_NothingCountedAndNothingLookedAt_SaysNothingOfIt()
    {
        var texts = PngChunks.Texts(Mark(TestPictures.Png(60, 40), ImageOrigin.Algorithm, outcome => outcome with { Took = TimeSpan.FromSeconds(1.5) }));
        Assert.DoesNotContain("Usage", texts.Keys);
        Assert.DoesNotContain("Checks", texts.Keys);
        Assert.Equal("{\"generated\":1500}", texts["Timings"]);
    }

    [Fact]
    public void Apply_Xmp_IsAnUncompressedITxtAsReadersWantIt()
    {
        var xmp = Assert.Single(PngChunks.Of(Mark(TestPictures.Png(60, 40), ImageOrigin.TrainedModel)), chunk => chunk.Type == "iTXt").Content;
        Assert.Equal("XML:com.adobe.xmp\0\0\0\0\0<?xpacket begin=\"\uFEFF\"", Encoding.UTF8.GetString(xmp)[..41]);
    }

    [Fact]
    public void Apply_CallersWords_AreNotInTheFile()
    {
        var file = Encoding.Latin1.GetString(Mark(TestPictures.Png(60, 40), ImageOrigin.TrainedModel));
        Assert.DoesNotContain("a secret wish", file, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Apply_WhatTheProviderWroteBesideThePixels_IsGoneAndThePixelsAreNot()
    {
        var png = TestPictures.Png(60, 40);
        var talkative = PngChunks.With(PngChunks.With(PngChunks.With(png, "eXIf", Encoding.ASCII.GetBytes("II*\0GPS 52.5 N")), "tEXt",
            Encoding.ASCII.GetBytes("parameters\0a secret wish")), "gAMA", [0, 0, 0xB1, 0x8F]);
        var marked = Mark([.. talkative, .. "behind the end"u8], ImageOrigin.TrainedModel);
        Assert.Equal(Pictures.Decode(png).Pixels, Pictures.Decode(marked).Pixels);
        var types = PngChunks.Of(marked).Select(chunk => chunk.Type).ToList();
        Assert.DoesNotContain("eXIf", types);
        Assert.Contains("gAMA", types);
        Assert.Equal("IEND", types[^1]);
        Assert.DoesNotContain("parameters", PngChunks.Texts(marked).Keys);
    }

    [Fact]
    public void Replace_TextBeyondAscii_ReachesTheFile() =>
        Assert.Equal("Grüße, 絵", PngChunks.Texts(PngText.Replace(TestPictures.Png(60, 40), new Dictionary<string, string> { ["Title"] = "Grüße, 絵" }))["Title"]);

    private static string SourceType(string packet) =>
        XDocument.Parse(packet.TrimStart('\uFEFF')).Descendants().Attributes(XName.Get("DigitalSourceType", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/")).Single().Value;

    private static byte[] Mark(byte[] png, ImageOrigin origin, Func<ProviderOutcome, ProviderOutcome>? change = null)
    {
        var request = new ProviderRequest
        {
            Images = [],
            Prompt = new Prompt("variation-7", "", [], "a secret wish"),
            AspectRatio = "3:2",
            Style = new Style("sample", "Sample", "", "", TestProfiles.Of("flat")),
            Seed = 42,
        };
        var outcome = new ProviderOutcome { Image = new ProducedImage(png, "image/png", 60, 40), Origin = origin, Model = "model", ModelVersion = "model-9" };
        var marked = ResultMark.Apply(new VariationResult(request, change?.Invoke(outcome) ?? outcome, null, null), "some", Now);
        Assert.Equal((60, 40, "image/png"), (marked.Width, marked.Height, marked.MediaType));
        return marked.Bytes;
    }
}
