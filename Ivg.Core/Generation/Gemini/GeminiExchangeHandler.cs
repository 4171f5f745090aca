
namespace Ivg.Core.Generation.Gemini;

/// <summary>
/// Innermost handler, once an attempt. Reads the body here, because the attempt's time-out ends where the headers arrive and a body that
/// stalls would hang on; and reads why Gemini said no, which stands in the body alone.
/// </summary>
internal sealed class GeminiExchangeHandler(TimeProvider time) : DelegatingHandler
{
    /// <summary>Largest answer taken, in bytes; a 4K picture in base64 is about a third of it.</summary>
    private const int MaxBody = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(GeminiCall.Fault, null);
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            using var arriving = response.Content;
            var answer = await BufferedAnswer.ReadAsync(arriving, MaxBody, cancellationToken);
            response.Content = answer;
            if (!response.IsSuccessStatusCode)
                request.Options.Set(GeminiCall.Fault, GeminiFault.Parse(response.StatusCode, answer.Bytes, Delay(response)));
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private TimeSpan? Delay(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
