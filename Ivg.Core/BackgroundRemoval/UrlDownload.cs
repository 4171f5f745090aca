using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Ivg.Core.BackgroundRemoval;

/// <summary>Downloads a large file, going on where a broken transfer ended.</summary>
internal static class UrlDownload
{
    // Releases of a gigabyte take minutes, so only silence counts as failure, not length.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>Appends to <paramref name="destination"/> what is missing of <paramref name="length"/> bytes.</summary>
    /// <exception cref="HttpRequestException">The server refused, or the connection broke.</exception>
    public static async Task FetchAsync(
        HttpClient http, Uri address, string destination, long length, Action<long> progress, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(destination, FileMode.OpenOrCreate, FileAccess.Write);
        if (file.Length >= length) file.SetLength(0);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (file.Length > 0) request.Headers.Range = new RangeHeaderValue(file.Length, null);
        // The client itself makes nothing of an address's user.
        if (address.UserInfo.Length > 0)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));

        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            stalled.CancelAfter(Silence);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token);
            response.EnsureSuccessStatusCode();
            var resumed = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == file.Length;
            if (!resumed && file.Length > 0) file.SetLength(0);
            file.Position = file.Length;
            await using var body = await response.Content.ReadAsStreamAsync(stalled.Token);
            var buffer = new byte[1 << 17];
            while (await body.ReadAsync(buffer, stalled.Token) is > 0 and var read)
            {
                stalled.CancelAfter(Silence);
                await file.WriteAsync(buffer.AsMemory(0, read), stalled.Token);
                progress(file.Position);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{address.Host} sent nothing for {Silence.TotalSeconds:0} s.", e);
        }
    }
}
