using System.Text.Json;
using Ivg.Core.Images;
using Ivg.Core.Jobs;

namespace Ivg.Core.Generation;

/// <summary>
/// Writes into a result how it was made, so that the file says so wherever it goes. Whatever else the file said is left out. The caller's
/// words are not among it: a picture is passed on to people who are not to read them.
/// </summary>
internal static class ResultMark
{
    /// <summary>The picture of an outcome, marked; its pixels stay as they are.</summary>
    public static ProducedImage Apply(VariationResult result, string provider, DateTimeOffset now)
    {
        var (request, outcome) = (result.Request, result.Outcome);
        var (created, model) = (now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", provider: null), outcome.ModelVersion ?? outcome.Model);
        var texts = new Dictionary<string, string>
        {
            ["Software"] = $"IVG, {provider} provider",
            ["Description"] = Description(outcome.Origin, provider, request.Style?.StyleId),
            ["Model"] = model,
            ["Prompt-Id"] = request.Prompt.Id,
            ["Prompt-Hash"] = request.Prompt.Hash,
            ["Seed"] = request.Seed.ToString(provider: null),
            ["Usage"] = Json(new { outcome.InputTokens, outcome.OutputTokens }),
            ["Timings"] = Json(new { Generated = (long)outcome.Took.TotalMilliseconds }),
            ["Checks"] = Json(result.Check),
            ["Creation Time"] = created,
            [PngText.Xmp] = Xmp(outcome.Origin, created),
        };
        // Nothing rather than an empty word: a provider that counts no tokens, a result that was not looked at.
        foreach (var name in texts.Where(text => text.Value is "{}" or "null").Select(text => text.Key).ToArray()) texts.Remove(name);
        return outcome.Image! with { Bytes = PngText.Replace(outcome.Image.Bytes, texts) };
    }

    private static string Json(object? value) => JsonSerializer.Serialize(value, VariationDetails.WithoutNulls);

    private static string Description(ImageOrigin origin, string provider, string? styleId)
    {
        var style = styleId is null ? "without a style" : $"in the style \"{styleId}\"";
        return origin == ImageOrigin.TrainedModel
            ? $"Made by AI: a variation of a picture {style}, by an image model that IVG's {provider} provider asked."
            : $"Made by IVG's {provider} provider: a picture redrawn {style} by a fixed algorithm. No AI model was used.";
    }

    // The terms are IPTC's: https://cv.iptc.org/newscodes/digitalsourcetype/. The offline provider alters a picture and keeps what it shows,
    // which is "algorithmically-altered"; "algorithmicMedia" would be a picture that nothing but a formula made.
    private static string Xmp(ImageOrigin origin, string created) => $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
          <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
              xmp:CreatorTool="IVG" xmp:CreateDate="{created}"
              Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/{(origin == ImageOrigin.TrainedModel ? "trainedAlgorithmicMedia" : "algorithmicallyEnhanced")}"/>
          </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="r"?>
        """;
}
