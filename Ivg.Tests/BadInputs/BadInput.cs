using System.Text;

namespace Ivg.Tests.BadInputs;

/// <summary>A request that must be refused.</summary>
/// <param name="Name">What is bad about it; unlike every other's.</param>
/// <param name="Status">The status that refuses it.</param>
/// <param name="Code">The problem's code; empty where the server itself ends the request, before anything of ours sees it.</param>
/// <param name="Make">The bytes as they go over the wire; made when they are sent, for together they are large.</param>
internal sealed record BadInput(string Name, int Status, string Code, Func<byte[]> Make)
{
    /// <summary>Whose requests they are.</summary>
    public const string User = "bad-inputs";

    /// <summary>Stands in names and headers that must not come back as headers.</summary>
    public const string Planted = "X-Planted";

    /// <summary>A request without a body.</summary>
    public static BadInput Get(string name, int status, string code, string target, params string[] headers) =>
        new(name, status, code, () => Request("GET", target, headers, []));

    /// <summary>A submit of a JSON body.</summary>
    public static BadInput Json(string name, int status, string code, string body, string path = "/api/variations", params string[] headers) =>
        new(name, status, code, () => Request("POST", path, ["Content-Type: application/json", .. headers], Encoding.UTF8.GetBytes(body)));

    /// <summary>A submit of one file.</summary>
    public static BadInput File(string name, int status, string code, Func<byte[]> file, string path = "/api/remove-background") =>
        new(name, status, code, () => Form(path, Part("name=\"image\"; filename=\"a.png\"", file())));

    /// <summary>A submit of one field beside a source that is sound.</summary>
    public static BadInput Field(string name, int status, string code, string field, byte[] value, string path = "/api/variations") =>
        new(name, status, code, () => Form(path, Part("name=\"source_style_id\"", "ink-line"u8), Part($"name=\"{field}\"", value)));

    public static BadInput Field(string name, int status, string code, string field, string value, string path = "/api/variations") =>
        Field(name, status, code, field, Encoding.UTF8.GetBytes(value), path);

    /// <summary>A form of these parts.</summary>
    public static byte[] Form(string path, params byte[][] parts) =>
        Request("POST", path, ["Content-Type: multipart/form-data; boundary=b"], [.. parts.SelectMany(part => part), .. "--b--\r\n"u8]);

    /// <summary>One part of a form whose boundary is <c>b</c>.</summary>
    public static byte[] Part(string disposition, ReadOnlySpan<byte> content) =>
        [.. Encoding.Latin1.GetBytes($"--b\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"), .. content, .. "\r\n"u8];

    /// <summary>A request of these lines, whatever they say.</summary>
    public static byte[] Request(string method, string target, IEnumerable<string> headers, byte[] body)
    {
        List<string> lines = [$"{method} {target} HTTP/1.1", "Host: x", "Connection: close", .. headers];
        if (!headers.Any(header => header.StartsWith("X-User-Id:", StringComparison.Ordinal))) lines.Add($"X-User-Id: {User}");
        if (body.Length > 0 && !headers.Any(header => header.StartsWith("Transfer-Encoding:", StringComparison.Ordinal) || header.StartsWith("Content-Length:", StringComparison.Ordinal)))
            lines.Add($"Content-Length: {body.Length}");
        return [.. Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), .. body];
    }

    public override string ToString() => Name;
}
