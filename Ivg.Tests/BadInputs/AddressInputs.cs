using static Ivg.Tests.BadInputs.BadInput;

namespace Ivg.Tests.BadInputs;

/// <summary>Addresses that climb out of their folder, and headers that would become two.</summary>
internal static class AddressInputs
{
    private static readonly string[] Climbs =
    [
        "..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5cwindows%5cwin.ini", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "....%2f%2f....%2f%2fetc%2fpasswd", "..%252f..%252fetc%252fpasswd", "%c0%ae%c0%ae%c0%af", "..;", "~root", "%2fetc%2fpasswd", "file:%2f%2f%2fetc%2fpasswd", "con", "a%0d%0aX-Planted:%201",
    ];

    // é, as UTF-8 has it; the request is written byte by byte.
    private const string Accented = "\u00c3\u00a9";

    public static IEnumerable<BadInput> All()
    {
        foreach (var climb in Climbs)
        {
            yield return Get($"image {climb}", 404, "image_not_found", $"/api/images/{climb}");
            yield return Get($"job {climb}", 404, "job_not_found", $"/api/jobs/{climb}");
            yield return Get($"stream of job {climb}", 404, "job_not_found", $"/api/jobs/{climb}/stream");
            yield return Get($"style {climb}", 404, "style_not_found", $"/api/styles/{climb}/reference");
            yield return Get($"file of the page {climb}", 404, "", $"/js/{climb}");
            yield return Get($"file of the documentation {climb}", 404, "", $"/docs/{climb}");
            yield return new($"history row {climb}", 404, "not_found", () => Request("DELETE", $"/api/history/{climb}", [], []));
            yield return new($"queue {climb}", 404, "not_found", () => Request("POST", $"/api/queues/{climb}/pause", ["Content-Length: 0"], []));
        }
        yield return Get("climb above the root", 404, "not_found", "/api/../../../etc/passwd/../../api/none");
        yield return Get("a NUL in the path", 400, "", "/api/images/a%00b");
        yield return Get("a percent sign without digits", 404, "image_not_found", "/api/images/%zz");
        yield return Get("a space in the path", 400, "", "/api/images/a b c");
        yield return Get("an address without a slash", 400, "", "api/history");
        yield return Get("a control character in the path", 404, "image_not_found", "/api/images/\u0001");
        // The server takes headers of UTF-8 and no others.
        foreach (var header in new[] { "X-Request-Id", "X-User-Id", "X-Tenant-Id", "Idempotency-Key", "Authorization" })
            yield return Get($"Latin-1 in {header}", 400, "", "/api/jobs/none", $"{header}: \u00e9");
        yield return Get("a request line of 9,000 characters", 414, "", "/api/history?x=" + new string('q', 9000));
        foreach (var id in new[] { $"a%0d%0a{Planted}:%201", $"a\u000b{Planted}", "<script>", "a b", new string('i', 129), Accented, "", "a;b", "{}" })
            yield return Get($"request id '{(id.Length > 100 ? $"{id.Length} characters" : id)}'", 404, "job_not_found", "/api/jobs/none", $"X-Request-Id: {id}");
        yield return Get("a line end in the request id", 400, "", "/api/jobs/none", $"X-Request-Id: a\r{Planted}: 1");
        yield return Get("a NUL in the request id", 400, "", "/api/jobs/none", "X-Request-Id: a\0b");
        foreach (var user in new[] { "", "a b", "a/b", "a:b", "<script>", Accented, "a\u0001b", "a%0d%0ab", "a,b", "../a", "a'--", "a*", new string('u', 129), "~0123456789abcdef0123456789abcdef" })
        {
            var shown = user.Length > 100 ? $"{user.Length} characters" : user;
            yield return Get($"user '{shown}'", 400, "invalid_user_id", "/api/history", $"X-User-Id: {user}");
            yield return Get($"tenant '{shown}'", 400, "invalid_user_id", "/api/history", "X-User-Id: anna", $"X-Tenant-Id: {user}");
        }
        yield return Get("two users", 400, "invalid_user_id", "/api/history", "X-User-Id: anna", "X-User-Id: berta");
        yield return Get("a tenant without a user", 400, "invalid_user_id", "/api/history", "X-User-Id:", "X-Tenant-Id: a");
        foreach (var key in new[] { "", "a\u0001b", Accented, new string('k', 129), "a\tb" })
            yield return Json($"idempotency key '{(key.Length > 100 ? $"{key.Length} characters" : key)}'", 400, "invalid_request", """{"source_style_id":"ink-line"}""", "/api/variations", $"Idempotency-Key: {key}");
        yield return Get("101 headers", 431, "", "/api/history", [.. Enumerable.Range(0, 101).Select(i => $"H{i}: x")]);
        yield return Get("headers of 33 KiB", 431, "", "/api/history", [.. Enumerable.Range(0, 3).Select(i => $"H{i}: {new string('h', 11 << 10)}")]);
        yield return Get("a header without a name", 400, "", "/api/history", ": x");
        yield return Get("a header without a colon", 400, "", "/api/history", "nonsense");
        yield return Get("a header folded over two lines", 400, "", "/api/history", "X-A: 1\r\n 2");
        yield return new("two hosts", 400, "", () => "GET /api/history HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"u8.ToArray());
        yield return new("no host", 400, "", () => "GET /api/history HTTP/1.1\r\nConnection: close\r\n\r\n"u8.ToArray());
        yield return new("an unknown version", 505, "", () => "GET /api/history HTTP/7.1\r\nHost: x\r\n\r\n"u8.ToArray());
        yield return new("no request at all", 400, "", () => "hello\r\n\r\n"u8.ToArray());
        foreach (var length in new[] { "-1", "x", "1, 2", "99999999999999999999" })
            yield return new($"a body of length {length}", 400, "", () => Request("POST", "/api/variations", [$"Content-Length: {length}"], []));
        yield return new("a body of two lengths", 400, "", () => Request("POST", "/api/variations", ["Content-Length: 1", "Content-Length: 2"], "ab"u8.ToArray()));
        foreach (var method in new[] { "PUT", "PATCH", "DELETE", "PROPFIND" })
            yield return new($"{method} of variations", 405, "invalid_request", () => Request(method, "/api/variations", ["Content-Length: 0"], []));
    }
}
