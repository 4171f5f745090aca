using System.Text;
using static Ivg.Tests.BadInputs.BadInput;

namespace Ivg.Tests.BadInputs;

/// <summary>Forms that are none.</summary>
internal static class MultipartInputs
{
    private static readonly byte[] Source = Part("name=\"source_style_id\"", "ink-line"u8);

    public static IEnumerable<BadInput> All()
    {
        foreach (var (name, type) in new[]
        {
            ("no boundary", "multipart/form-data"), ("an empty boundary", "multipart/form-data; boundary="), ("a quoted empty boundary", "multipart/form-data; boundary=\"\""),
            ("a boundary of 201 characters", "multipart/form-data; boundary=" + new string('b', 201)), ("a boundary of 7,000 characters", "multipart/form-data; boundary=" + new string('b', 7000)),
            ("another boundary than its body", "multipart/form-data; boundary=c"), ("another kind of multipart", "multipart/mixed; boundary=b"),
            ("multipart without a kind", "multipart; boundary=b"), ("no type at all", ""), ("a type of nonsense", ";;;="), ("two types", "multipart/form-data; boundary=b, text/plain"),
            ("a form's other type", "application/x-www-form-urlencoded"), ("a picture's type", "image/png"), ("plain text's type", "text/plain"), ("XML's type", "application/xml"),
            ("JSON's type before a form", "application/json"), ("a type with a charset of nonsense", "application/json-seq; charset=\u0001"),
        })
            yield return Typed($"form with {name}", type, [.. Source, .. "--b--\r\n"u8]);
        foreach (var (name, body) in new[]
        {
            ("nothing in it", ""), ("only a beginning", "--b\r\n"), ("a part without an empty line", "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n--b--\r\n"),
            ("a part without a header", "--b\r\n\r\nabc\r\n--b--\r\n"), ("a part without a name", "--b\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--b--\r\n"),
            ("a part of an empty name", "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nabc\r\n--b--\r\n"),
            ("a part that is an attachment", "--b\r\nContent-Disposition: attachment; filename=\"a.png\"\r\n\r\nabc\r\n--b--\r\n"),
            ("a header without a colon", "--b\r\nContent-Disposition form-data\r\n\r\nabc\r\n--b--\r\n"), ("a header that is only a colon", "--b\r\n:\r\n\r\nabc\r\n--b--\r\n"),
            ("17 headers on a part", "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n" + string.Concat(Enumerable.Range(0, 17).Select(i => $"H{i}: x\r\n")) + "\r\nabc\r\n--b--\r\n"),
            ("a header of 9 KiB", "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\nX: " + new string('x', 9 << 10) + "\r\n\r\nabc\r\n--b--\r\n"),
            ("a preamble of 100 KiB", new string('p', 100 << 10) + "\r\n--b--\r\n"),
            ("no end", "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nabc"),
            ("half an end", "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nabc\r\n--b"),
            ("line feeds for line ends", "--b\nContent-Disposition: form-data; name=\"prompt\"\n\nabc\n--b--\n"),
            ("a name of 1 MiB", $"--b\r\nContent-Disposition: form-data; name=\"{new string('n', 1 << 20)}\"\r\n\r\nabc\r\n--b--\r\n"),
            ("a file's name of 1 MiB", $"--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"{new string('f', 1 << 20)}\"\r\n\r\nabc\r\n--b--\r\n"),
            ("10,000 fields", string.Concat(Enumerable.Range(0, 10_000).Select(i => $"--b\r\nContent-Disposition: form-data; name=\"f{i}\"\r\n\r\n\r\n")) + "--b--\r\n"),
            ("10,000 empty files", string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"\"\r\n\r\n\r\n", 10_000)) + "--b--\r\n"),
            ("10,000 empty files of two names", string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"\"; filename*=UTF-8''a\r\n\r\n\r\n", 10_000)) + "--b--\r\n"),
            ("41 fields", string.Concat(Enumerable.Range(0, 41).Select(i => $"--b\r\nContent-Disposition: form-data; name=\"f{i}\"\r\n\r\nx\r\n")) + "--b--\r\n"),
            ("a field of 33 KiB", $"--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n{new string('x', 33 << 10)}\r\n--b--\r\n"),
            ("a field of 5 MiB", $"--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\n{new string('x', 5 << 20)}\r\n--b--\r\n"),
            ("a form in a field for the picture", "--b\r\nContent-Disposition: form-data; name=\"image\"\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Disposition: file; filename=\"a.png\"\r\n\r\nabc\r\n--c--\r\n\r\n--b--\r\n"),
            ("a picture in a text field", "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nabc\r\n--b--\r\n"),
            ("a file in a text field", "--b\r\nContent-Disposition: form-data; name=\"prompt\"; filename=\"a.txt\"\r\n\r\nabc\r\n--b--\r\n"),
            ("a line end in a file's name", $"--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\r\n{Planted}: 1.png\"\r\n\r\nabc\r\n--b--\r\n"),
        })
            yield return Typed($"form with {name}", "multipart/form-data; boundary=b", Encoding.Latin1.GetBytes(body));
        foreach (var field in new[] { "prompt", "count", "style_id", "source_style_id", "aspect_ratio", "fast", "seed", "image_id", "callback_url" })
            yield return new($"form with {field} twice", 400, "invalid_request", () => Form("/api/variations", Part($"name=\"{field}\"", "1"u8), Part($"name=\"{field}\"", "1"u8)));
        yield return new("form with two pictures", 400, "invalid_request", () => Form("/api/variations",
            Part("name=\"image\"; filename=\"a.png\"", WholePictures.Of("PNG")), Part("name=\"image\"; filename=\"b.png\"", WholePictures.Of("PNG"))));
        yield return new("form with a picture and a style for a source", 400, "source_ambiguous", () => Form("/api/variations",
            Source, Part("name=\"image\"; filename=\"a.png\"", WholePictures.Of("PNG"))));
        yield return new("form of its end alone", 400, "source_required", () => Form("/api/variations"));
        yield return new("form within a form", 415, "unsupported_image", () => Form("/api/variations", Part("name=\"image\"; filename=\"a.png\"", "--c\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\nabc\r\n--c--\r\n"u8)));
        foreach (var (name, file) in new[]
        {
            ("a path", "../../../../etc/passwd"), ("a drive", @"C:\\Windows\\win.ini"), ("a quote", "a\\\".png"), ("an encoded line end", $"a%0d%0a{Planted}: 1"), ("a NUL", "a\0.png"), ("a script", "<script>.svg"), ("a device", "/dev/zero"),
        })
            yield return new($"file that is called {name} and is text", 415, "unsupported_image", () => Form("/api/variations", Part($"name=\"image\"; filename=\"{file}\"", "text"u8)));
        foreach (var (name, chunks) in new[] { ("nonsense for a chunk's length", "zz\r\nabc\r\n0\r\n\r\n"), ("a chunk longer than it says", "2\r\nabcdef\r\n0\r\n\r\n"), ("a chunk's length without bound", "FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n") })
        {
            yield return new($"form with {name}", 400, "invalid_request", () =>
                Request("POST", "/api/variations", ["Content-Type: multipart/form-data; boundary=b", "Transfer-Encoding: chunked"], Encoding.ASCII.GetBytes(chunks)));
        }
    }

    private static BadInput Typed(string name, string type, byte[] body) => new(name, 400, "invalid_request", () => Request("POST", "/api/variations", [$"Content-Type: {type}"], body));
}
