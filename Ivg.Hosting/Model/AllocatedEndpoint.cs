using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that has its address and port.</summary>
public class AllocatedEndpoint
{
    /// <param name="endpoint">The endpoint of the model.</param>
    /// <param name="address">Host name or address.</param>
    /// <param name="port">1 to 65535.</param>
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        Endpoint = endpoint;
        Address = address;
        Port = port;
    }

    public EndpointAnnotation Endpoint { get; }

    public string Address { get; }

    public int Port { get; }

    public string UriScheme => Endpoint.UriScheme;

    public string EndPointString => string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");

    public string UriString => $"{UriScheme}://{EndPointString}";

    public override string ToString() => UriString;
}
