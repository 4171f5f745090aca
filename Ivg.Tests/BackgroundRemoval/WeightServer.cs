using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ivg.Tests.BackgroundRemoval;

/// <summary>A small HTTP server for one file: knows ranges, counts requests, breaks off on demand.</summary>
internal sealed class WeightServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private byte[] _file = [];
    private int? _breakAfter;
    private int _requests;

    public WeightServer()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/weights.onnx");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    public int Requests => Volatile.Read(ref _requests);

    public int LastRangeStart { get; private set; }

    public string? LastPath { get; private set; }

    public string? LastAuthorization { get; private set; }

    public void Serve(byte[] file, int? breakAfter = null) => (_file, _breakAfter) = (file, breakAfter);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var start = 0;
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("GET ", StringComparison.Ordinal)) LastPath = line.Split(' ')[1];
            if (line.StartsWith("Authorization: ", StringComparison.OrdinalIgnoreCase)) LastAuthorization = line["Authorization: ".Length..];
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase)) start = int.Parse(line[13..].TrimEnd('-'), null);
        }
        Interlocked.Increment(ref _requests);
        LastRangeStart = start;
        var head = start > 0
            ? $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {start}-{_file.Length - 1}/{_file.Length}\r\n"
            : "HTTP/1.1 200 OK\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {_file.Length - start}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(_file.AsMemory(start, Math.Min(_breakAfter ?? int.MaxValue, _file.Length - start)));
    }
}
