using System.Net.Sockets;
using System.Text;

namespace Ivg.Tests.Application;

/// <summary>Requests that a well-behaved client could not be made to send.</summary>
internal static class RawHttp
{
    /// <summary>Sends the bytes on a connection of their own and returns all that comes back; ask for <c>Connection: close</c>.</summary>
    public static async Task<string> SendAsync(Uri address, byte[] request, bool endSending = false)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request, limit.Token);
            if (endSending) client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // The server has heard enough; what it said is read all the same.
        }
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException) when (endSending)
        {
            // Who leaves in the middle may be hung up on.
        }
        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>Sends the beginning of a request and leaves it at that.</summary>
    public static async Task<TcpClient> OpenAsync(Uri address, string request)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        return client;
    }

    public static Task<string> SendAsync(Uri address, string request, bool endSending = false) =>
        SendAsync(address, Encoding.Latin1.GetBytes(request), endSending);
}
