using System.Net;
using System.Net.Sockets;

namespace Ivg.Tests.Application;

/// <summary>For a server that has to be told its port.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
