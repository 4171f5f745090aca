using System.Buffers;
using System.Text;
using System.Text.Json;
using Ivg.Api.Errors;
using Ivg.Core.Images;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Ivg.Api.Uploads;

/// <summary>Reads a submit's body once, bounded as it arrives: multipart form or JSON.</summary>
internal sealed class SubmissionReader(IOptions<ImageLimits> limits)
{
    private const int MostParts = 40;
    private const int LongestField = 32 * 1024;
    private const int BufferSize = 64 * 1024;

    // The shared pool keeps arrays for each thread and each core: of megabytes, that is hundreds of them before a collection lets go of any.
    private static readonly ArrayPool<byte> Buffers = ArrayPool<byte>.Create(maxArrayLength: 64 << 20, maxArraysPerBucket: Environment.ProcessorCount);

    private readonly long _maxUpload = limits.Value.MaxUploadBytes;

    public async Task<Submission> ReadAsync(HttpRequest request)
    {
        LiftLimit(request);
        var type = TypeOf(request);
        var (fields, pictures) = type?.MediaType.Value switch
        {
            "multipart/form-data" => await ReadFormAsync(request, type!, mostPictures: 1),
            "application/json" => (await ReadJsonAsync(request), []),
            _ => throw new ApiException(400, "invalid_request", "Send multipart/form-data with the picture, or application/json with image_id."),
        };
        return Submission.Of(request.Path, fields, pictures is [var picture] ? picture.Bytes : null);
    }

    /// <summary>Reads a page's form to its end, so that what was typed is known whatever becomes of its pictures.</summary>
    public async Task<(Dictionary<string, string> Fields, IReadOnlyList<SentPicture> Pictures)> ReadPageAsync(HttpRequest request, int mostPictures)
    {
        LiftLimit(request);
        return TypeOf(request) is { MediaType.Value: "multipart/form-data" } type
            ? await ReadFormAsync(request, type, mostPictures)
            : throw new ApiException(400, "invalid_request", "Send multipart/form-data.");
    }

    /// <summary>413 for a picture over the limit.</summary>
    public ApiException TooLarge() => new(413, "image_too_large", $"The picture is larger than {_maxUpload / (1024 * 1024.0):0.#} MiB. Send a smaller one.");

    // Everything below is bounded. Were the server to refuse by length before it has read, it would reset the connection of a
    // client that is still sending, and the answer would be lost on the way; so it reads on for its few seconds of grace instead.
    private static void LiftLimit(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
    }

    private static MediaTypeHeaderValue? TypeOf(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;

    private async Task<(Dictionary<string, string> Fields, IReadOnlyList<SentPicture> Pictures)> ReadFormAsync(HttpRequest request, MediaTypeHeaderValue type, int mostPictures)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200) throw Malformed("The multipart body names no usable boundary.");
        var token = request.HttpContext.RequestAborted;
        var (fields, pictures, parts) = (new Dictionary<string, string>(), new List<SentPicture>(), 0);
        try
        {
            var reader = new MultipartReader(boundary, request.Body, BufferSize) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 };
            while (await reader.ReadNextSectionAsync(token) is { } section)
            {
                var disposition = section.GetContentDispositionHeader();
                var name = HeaderUtilities.RemoveQuotes(disposition?.Name ?? default).Value;
                if (disposition is null || string.IsNullOrEmpty(name)) throw Malformed("A part of the form has no name.");
                // All of them, those too that are passed over: a body has no other end.
                if (++parts > MostParts) throw Malformed($"More than {MostParts} fields.");
                if (disposition.IsFileDisposition())
                {
                    var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar.Value : HeaderUtilities.RemoveQuotes(disposition.FileName).Value;
                    var bytes = await ReadBytesAsync(section.Body, _maxUpload, request.ContentLength, token);
                    if (bytes is null && mostPictures == 1) throw TooLarge();
                    // A browser sends an empty part with an empty name where no file was picked.
                    if (bytes is { Length: 0 } && string.IsNullOrEmpty(fileName)) continue;
                    if (name != "image") throw ApiException.InvalidField(name, "No file goes here; the picture's field is image.");
                    if (pictures.Count == mostPictures) throw ApiException.InvalidField(name, mostPictures == 1 ? "One picture a request." : $"At most {mostPictures} pictures at once.");
                    if (bytes is null) await section.Body.DrainAsync(_maxUpload * mostPictures, token);
                    pictures.Add(new SentPicture(fileName ?? "", bytes));
                    continue;
                }
                var text = await ReadBytesAsync(section.Body, LongestField, null, token) ?? throw ApiException.InvalidField(name, "Too long.");
                if (name == "image" && text.Length > 0) throw ApiException.InvalidField(name, "Send the picture as a file part.");
                if (!fields.TryAdd(name, Decode(name, text))) throw ApiException.InvalidField(name, "Sent twice.");
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException && e is not BadHttpRequestException)
        {
            throw Malformed("The multipart body is malformed or cut short.");
        }
        return (fields, pictures);
    }

    private static async Task<Dictionary<string, string>> ReadJsonAsync(HttpRequest request)
    {
        var bytes = await ReadBytesAsync(request.Body, LongestField, request.ContentLength, request.HttpContext.RequestAborted)
            ?? throw Malformed("The JSON body is too long.");
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw Malformed("The JSON body is not an object.");
            return document.RootElement.EnumerateObject()
                .Where(member => member.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(member => member.Name, member => member.Value.ValueKind switch
                {
                    JsonValueKind.String => member.Value.GetString()!,
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => member.Value.GetRawText(),
                    _ => throw ApiException.InvalidField(member.Name, "A text, a number, true or false."),
                });
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Malformed("The body is not valid JSON.");
        }
    }

    /// <summary>The whole body in an array of its own size; null when it is longer than <paramref name="most"/>.</summary>
    private static async Task<byte[]?> ReadBytesAsync(Stream body, long most, long? expected, CancellationToken cancellationToken)
    {
        var (buffer, length) = (Buffers.Rent((int)Math.Clamp(expected ?? 0, 4096, most)), 0);
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
                if (length > most) return null;
                if (length < buffer.Length) continue;
                var larger = Buffers.Rent(length * 2);
                buffer.CopyTo(larger, 0);
                Buffers.Return(buffer);
                buffer = larger;
            }
            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            Buffers.Return(buffer);
        }
    }

    private static string Decode(string name, byte[] text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw ApiException.InvalidField(name, "Not valid UTF-8.");
        }
    }

    private static ApiException Malformed(string detail) => new(400, "invalid_request", detail);
}
