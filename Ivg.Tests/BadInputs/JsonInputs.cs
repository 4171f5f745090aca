namespace Ivg.Tests.BadInputs;

/// <summary>JSON that is too deep, too odd or none.</summary>
internal static class JsonInputs
{
    private static readonly string[] Fields = ["image_id", "prompt", "count", "style_id", "source_style_id", "aspect_ratio", "fast", "seed", "callback_url"];

    public static IEnumerable<BadInput> All()
    {
        foreach (var depth in new[] { 9, 64, 1000, 15_000 })
        {
            yield return Bad($"arrays {depth} deep", $$"""{"a":{{new string('[', depth)}}{{new string(']', depth)}}}""");
            yield return Bad($"arrays {depth} deep that do not end", $$"""{"a":{{new string('[', depth)}}""");
        }
        yield return Bad("objects 3,000 deep", string.Concat(Enumerable.Repeat("{\"a\":", 3000)) + "1" + new string('}', 3000));
        foreach (var field in Fields)
        {
            yield return Bad($"JSON with {field} twice", $$"""{"{{field}}":"1","{{field}}":"1"}""");
            yield return Bad($"JSON with {field} twice, once escaped", $$"""{"{{field}}":"1","\u{{(int)field[0]:x4}}{{field[1..]}}":"1"}""");
            yield return Bad($"JSON with an object for {field}", $$$"""{"{{{field}}}":{}}""");
            yield return Bad($"JSON with a list for {field}", $$"""{"{{field}}":["1"]}""");
            yield return Bad($"JSON with half a surrogate pair in {field}", $$"""{"{{field}}":"\ud800"}""");
        }
        foreach (var number in new[] { "1e400", "-1e400", "1.5", "1e0", "9223372036854775808", "-9223372036854775809", new string('9', 400) })
        {
            var shown = number.Length > 30 ? $"{number.Length} digits" : number;
            yield return Bad($"JSON with a count of {shown}", $$"""{"source_style_id":"ink-line","count":{{number}}}""");
            yield return Bad($"JSON with a seed of {shown}", $$"""{"source_style_id":"ink-line","seed":{{number}}}""");
        }
        foreach (var (name, body) in new[]
        {
            ("a comment", """{"prompt":"a"/* */}"""), ("a comma at the end", """{"prompt":"a",}"""), ("single quotes", "{'prompt':'a'}"), ("a bare name", "{prompt:1}"), ("NaN", """{"count":NaN}"""), ("a leading zero", """{"count":01}"""),
            ("a hexadecimal number", """{"count":0x1}"""), ("two documents", "{}{}"), ("text behind it", "{} x"), ("a bare text", "\"a\""), ("a bare number", "1"), ("null", "null"), ("true", "true"), ("a list", "[]"), ("nothing but white space", "   "),
            ("a control character in a text", "{\"prompt\":\"a\u0001\"}"), ("a bad escape", """{"prompt":"\x41"}"""), ("half an escape", """{"prompt":"\u00"}"""), ("no end", """{"prompt":"a"""), ("XML", "<a/>"), ("40 KiB of text", $$"""{"prompt":"{{new string('a', 40 << 10)}}"}"""),
            ("5 MiB of text", $$"""{"prompt":"{{new string('a', 5 << 20)}}"}"""),
        })
            yield return Bad($"JSON with {name}", body);
        yield return new("JSON in UTF-16", 400, "invalid_request", () => BadInput.Request("POST", "/api/variations", ["Content-Type: application/json; charset=utf-16"], System.Text.Encoding.Unicode.GetBytes("{}")));
        yield return BadInput.Json("JSON with an image that is not there", 404, "image_not_found", """{"image_id":"0198c5a0-0000-7000-8000-000000000000"}""");
        yield return BadInput.Json("JSON with an image of zeros", 404, "image_not_found", """{"image_id":"00000000-0000-0000-0000-000000000000"}""");
        yield return BadInput.Json("JSON with two sources", 400, "source_ambiguous", """{"source_style_id":"ink-line","image_id":"00000000-0000-0000-0000-000000000000"}""");
        yield return BadInput.Json("JSON with no source", 400, "source_required", """{"__proto__":"x","constructor":"y"}""");
        foreach (var url in new[] { "javascript:alert(1)", "file:///etc/passwd", "ftp://example.com/", "http:", "//example.com", "https://", "https://user:password@example.com/", "https://exa mple.com/", "data:text/plain,x", "https://example.com:99999/", new string('x', 3000) })
            yield return BadInput.Json($"callback to {(url.Length > 100 ? $"{url.Length} characters" : url)}", 400, "invalid_callback_url", $$"""{"source_style_id":"ink-line","callback_url":"{{url}}"}""");
    }

    private static BadInput Bad(string name, string body) => BadInput.Json(name, 400, "invalid_request", body);
}
