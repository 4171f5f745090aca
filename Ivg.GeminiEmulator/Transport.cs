namespace Ivg.GeminiEmulator;

/// <summary>Troubles of the connection itself.</summary>
internal static class Transport
{
    public static async Task<bool> TryAsync(string behaviour, HttpContext http, Func<byte[]> body)
    {
        switch (behaviour)
        {
            case "reset":
                http.Abort();
                return true;
            case "redirect":
                http.Response.Redirect("http://127.0.0.1:9/elsewhere");
                return true;
            case "silence":
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
                return true;
            case "stalled_body" or "reset_body":
                await HalfAsync(http, body());
                if (behaviour == "reset_body") http.Abort();
                else await Task.Delay(Timeout.Infinite, http.RequestAborted);
                return true;
            case "huge_body":
                await PadAsync(http);
                return true;
            case "slow_body":
                await TrickleAsync(http, body());
                return true;
            default:
                return false;
        }
    }

    private static async Task HalfAsync(HttpContext http, byte[] body)
    {
        Head(http, body);
        await http.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private static async Task TrickleAsync(HttpContext http, byte[] body)
    {
        const int pieces = 20;
        Head(http, body);
        foreach (var piece in body.Chunk(body.Length / pieces + 1))
        {
            await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(5, http.RequestAborted);
        }
    }

    /// <summary>More than anyone should take for a picture: 70 MB of spaces, which are JSON so far.</summary>
    private static async Task PadAsync(HttpContext http)
    {
        var piece = new byte[1_000_000];
        piece.AsSpan().Fill((byte)' ');
        http.Response.ContentType = Answers.Json;
        for (var sent = 0; sent < 70; sent++) await http.Response.Body.WriteAsync(piece, http.RequestAborted);
    }

    private static void Head(HttpContext http, byte[] body)
    {
        http.Response.ContentType = Answers.Json;
        http.Response.ContentLength = body.Length;
    }
}
