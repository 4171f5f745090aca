using System.Text.Json.Nodes;
using Ivg.Core.Images;

namespace Ivg.GeminiEmulator;

/// <summary>Answers that hold a picture, sound or not.</summary>
internal static class PictureAnswer
{
    public static byte[] Make(string behaviour, string model, EmulatedModel table, GenerateCall call, int salt)
    {
        if (behaviour == "identical" && call.Parts.FirstOrDefault(part => part.Picture is not null) is { } source)
            return Answers.Picture(model, source.MimeType!, source.Picture!, "STOP", [], []);
        var (width, height) = behaviour == "wrong_ratio" ? (640, 320) : table.Pixels(call.AspectRatio ?? Ratio(call), call.ImageSize ?? "1K");
        var format = table.Jpeg || behaviour == "jpeg" ? ImageFormat.Jpeg : ImageFormat.Png;
        var picture = Pictures.Encode(Drawing(behaviour, call, width, height, salt), format, effort: 1);
        var type = format.MediaType();
        return behaviour switch
        {
            "text_then_image" => Answers.Picture(model, type, picture, "STOP", [Behaviours.Words("Here is your picture:")], []),
            "drafts_then_image" => Answers.Picture(model, type, picture, "STOP",
                [Behaviours.Words("Thinking about the composition.", thought: true), Draft(), Draft()], []),
            "two_images" => Answers.Picture(model, type, picture, "STOP", [Answers.PicturePart("image/png", Base64(DraftPicture()), thought: false)], []),
            "draft_only" => Answers.Picture(model, type, picture, "STOP", [], [], thought: true),
            "odd_finish" => Answers.Picture(model, type, picture, "IMAGE_OTHER", [], []),
            "wrong_mime" => Answers.Picture(model, "image/webp", picture, "STOP", [], []),
            "truncated_png" => Answers.Picture(model, type, picture[..(picture.Length / 2)], "STOP", [], []),
            "truncated_json" => Answers.Picture(model, type, picture, "STOP", [], [])[..4000],
            "unknown_members" => Odd(Answers.Picture(model, type, picture, "STOP", [new JsonObject { ["hologram"] = new JsonObject() }], [])),
            _ => Answers.Picture(model, type, picture, "STOP", [], []),
        };
    }

    private static Picture Drawing(string behaviour, GenerateCall call, int width, int height, int salt) => behaviour switch
    {
        "blank" => Painter.Blank(width, height),
        "same" => Painter.Pattern(width, height),
        _ => Painter.Paint(call, width, height, salt),
    };

    private static string Ratio(GenerateCall call)
    {
        if (call.Pictures.Count == 0) return "1:1";
        var info = Pictures.Identify(call.Pictures[^1]);
        return EmulatedModel.Nearest(info.Width, info.Height);
    }

    private static JsonObject Draft() => Answers.PicturePart("image/png", Base64(DraftPicture()), thought: true);

    private static byte[] DraftPicture() => Pictures.Encode(Painter.Pattern(64, 64), ImageFormat.Png);

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static byte[] Odd(byte[] body)
    {
        var answer = JsonNode.Parse(body)!.AsObject();
        answer["modelStatus"] = new JsonObject { ["modelStage"] = "STABLE", ["retirementTime"] = "2027-01-01T00:00:00Z" };
        answer["candidates"]![0]!["avgLogprobs"] = -0.5;
        answer["novelty"] = new JsonArray(1, "two", null);
        return Answers.Utf8(answer);
    }
}
