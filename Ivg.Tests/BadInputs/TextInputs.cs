namespace Ivg.Tests.BadInputs;

/// <summary>Odd characters, odd numbers and odd lengths in every field.</summary>
internal static class TextInputs
{
    private static readonly (string Name, byte[] Bytes)[] NoText =
    [
        ("half a surrogate pair", [0xED, 0xA0, 0x80]), ("an overlong slash", [0xC0, 0xAF]), ("a cut character", [0xE2, 0x82]), ("Latin-1", [0xE9]), ("beyond Unicode", [0xF4, 0x90, 0x80, 0x80]), ("0xFE 0xFF", [0xFE, 0xFF]),
    ];

    private static readonly (string Name, string Text)[] Odd =
    [
        ("a NUL", "a\0b"), ("a line end", "a\r\nb"), ("an escape", "\u001b[31m"), ("a delete", "a\u007f"), ("a C1 control", "a\u0085b"), ("text from right to left", "\u202eetirw"), ("a zero width space", "1\u200b"),
        ("a byte order mark", "\ufeff1"), ("digits of full width", "\uff11"), ("Arabic digits", "\u0661"), ("an emoji", "\U0001F600"), ("combining marks", "e\u0301\u0302\u0303"), ("a no-character", "\uffff"),
        ("a script", "<script>alert(1)</script>"), ("SQL", "1'; drop table jobs; --"), ("a template", "{{7*7}}${7*7}"), ("a path", "../../etc/passwd"),
    ];

    public static IEnumerable<BadInput> All()
    {
        foreach (var field in new[] { "prompt", "style_id", "image_id", "count", "callback_url" })
        {
            foreach (var (name, bytes) in NoText) yield return BadInput.Field($"{name} in {field}", 400, "invalid_request", field, bytes);
        }
        yield return BadInput.Field("a NUL in prompt", 400, "invalid_request", "prompt", "a\0b");
        yield return BadInput.Field("a prompt of 2,001 emojis", 400, "invalid_request", "prompt", string.Concat(Enumerable.Repeat("\U0001F600", 2001)));
        foreach (var (name, text) in Odd)
        {
            var isStored = name != "a NUL";
            foreach (var field in new[] { "count", "seed", "fast", "aspect_ratio" }) yield return BadInput.Field($"{name} in {field}", 400, "invalid_request", field, text);
            foreach (var field in new[] { "style_id", "source_style_id" })
                yield return BadInput.Json($"{name} in {field}", isStored ? 404 : 400, isStored ? "style_not_found" : "invalid_request", $$"""{"{{field}}":{{Quoted(text)}}}""");
            yield return BadInput.Json($"{name} in image_id", 400, "invalid_request", $$"""{"image_id":{{Quoted(text)}}}""");
            yield return BadInput.Json($"{name} in callback_url", 400, isStored ? "invalid_callback_url" : "invalid_request", $$"""{"source_style_id":"ink-line","callback_url":{{Quoted(text)}}}""");
            foreach (var field in new[] { "background", "format", "edges", "output", "crop" })
                yield return BadInput.Json($"{name} in {field}", 400, "invalid_request", $$"""{"{{field}}":{{Quoted(text)}}}""", "/api/remove-background");
            yield return BadInput.Json($"{name} in model", 400, isStored ? "unknown_model" : "invalid_request", $$"""{"model":{{Quoted(text)}}}""", "/api/remove-background");
            var encoded = Uri.EscapeDataString(text);
            yield return BadInput.Get($"{name} in limit", 400, "invalid_request", $"/api/history?limit={encoded}");
            yield return BadInput.Get($"{name} in cursor", 400, "invalid_cursor", $"/api/jobs?cursor={encoded}");
            yield return BadInput.Get($"{name} in status", 400, "invalid_request", $"/api/jobs?status={encoded}");
            yield return BadInput.Get($"{name} in kind", 400, "invalid_request", $"/api/jobs?kind={encoded}");
        }
        foreach (var (field, values) in new (string, string[])[]
        {
            ("count", ["-1", "0", "5", "2147483647", "2147483648", "-2147483649", "9223372036854775808", "1e0", "1.0", "0x1", "1_0", "1,0", "NaN", "-0"]),
            ("seed", ["2147483648", "-2147483649", "9223372036854775807", "18446744073709551616", "1e3", "0.5", "Infinity", "--1", "1-"]),
        })
        {
            foreach (var value in values) yield return BadInput.Field($"{field} of {value}", 400, "invalid_request", field, value);
        }
        foreach (var value in new[] { "-1", "0", "101", "2147483648", "9223372036854775808", "1e1", "+", "0x10", "10.0" })
            yield return BadInput.Get($"limit of {value}", 400, "invalid_request", $"/api/jobs?limit={Uri.EscapeDataString(value)}");
        foreach (var value in new[] { "63", "2049", "-64", "2147483648", "64.0", "", "64,64" })
            yield return BadInput.Get($"width of '{value}'", 400, "invalid_request", $"/api/styles/ink-line/reference?width={value}");
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
