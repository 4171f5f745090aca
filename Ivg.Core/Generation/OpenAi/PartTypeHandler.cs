using System.Net.Http.Headers;
using System.Text;
using Ivg.Core.Images;

namespace Ivg.Core.Generation.OpenAi;

/// <summary>
/// Writes a picture's media type into its part of the form. OpenAI's client leaves it out, and OpenAI answers 400
/// <c>missing_file_mimetype</c> to that for gpt-image models.
/// </summary>
internal sealed class PartTypeHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is { Headers.ContentType: { MediaType: "multipart/form-data" } type } content && Boundary(type) is { } boundary)
        {
            var form = WithTypes(await content.ReadAsByteArrayAsync(cancellationToken), boundary);
            request.Content = new ByteArrayContent(form) { Headers = { ContentType = type } };
        }
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>The form with a type in each part that has a file name and none yet.</summary>
    private static byte[] WithTypes(byte[] form, string boundary)
    {
        var delimiter = Encoding.ASCII.GetBytes("--" + boundary + "\r\n");
        using var result = new MemoryStream(form.Length + 64);
        var copied = 0;
        for (var at = 0; form.AsSpan(at).IndexOf(delimiter) is >= 0 and var found;)
        {
            var start = at + found + delimiter.Length;
            var length = form.AsSpan(start).IndexOf("\r\n\r\n"u8);
            if (length < 0) break;
            var headers = Encoding.UTF8.GetString(form, start, length);
            at = start + length + 4;
            if (!headers.Contains("filename=", StringComparison.OrdinalIgnoreCase) || headers.Contains("Content-Type:", StringComparison.OrdinalIgnoreCase)) continue;
            if (ImageFormats.Sniff(form.AsSpan(at))?.MediaType() is not { } media) continue;
            result.Write(form.AsSpan(copied, start - copied));
            result.Write(Encoding.ASCII.GetBytes($"Content-Type: {media}\r\n"));
            copied = start;
        }
        result.Write(form.AsSpan(copied));
        return result.ToArray();
    }

    private static string? Boundary(MediaTypeHeaderValue type) => type.Parameters.FirstOrDefault(parameter => parameter.Name == "boundary")?.Value?.Trim('"');
}
