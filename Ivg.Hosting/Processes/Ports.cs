using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Ivg.Hosting.Unix;

namespace Ivg.Hosting.Processes;

/// <summary>Finds and checks ports.</summary>
internal sealed class Ports
{
    // Below the range that systems hand to outgoing connections, one of which could otherwise take a port
    // between this check and the process that is to listen on it.
    private const int First = 20000;
    private const int End = 32000;
    private readonly HashSet<int> _given = [];
    private readonly Lock _gate = new();

    public int TakeFree()
    {
        lock (_gate)
            for (var attempt = 0; attempt < 1000; attempt++)
            {
                var port = RandomNumberGenerator.GetInt32(First, End);
                if (IsFree(port) && _given.Add(port))
                    return port;
            }

        throw new Aspire.Hosting.DistributedApplicationException($"No free port found between {First} and {End}.");
    }

    /// <summary>Whether nothing listens on it, on loopback or on every address.</summary>
    public static bool IsFree(int port)
        => CanBind(new IPEndPoint(IPAddress.Loopback, port))
            && (!Socket.OSSupportsIPv6 || CanBind(new IPEndPoint(IPAddress.IPv6Loopback, port)));

    public static string Holder(int port) => PortHolder.Find(port) ?? "another process";

    private static bool CanBind(IPEndPoint address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(address);
            socket.Listen(1);
            return true;
        }
        catch (SocketException ex)
        {
            // A machine without IPv6 loopback has nobody listening there either.
            return ex.SocketErrorCode == SocketError.AddressNotAvailable;
        }
    }
}
