using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ivg.Hosting.Telemetry.Otlp;

/// <summary>Where telemetry is taken and with which key. Any process of this machine can reach the ports; only who has the key may fill the store.</summary>
internal sealed class OtlpAccess(string? key)
{
    public const string Header = "x-otlp-api-key";

    /// <summary>The configured one, which clients outside the model need, or one of this run.</summary>
    public string Key { get; } = string.IsNullOrEmpty(key) ? RandomNumberGenerator.GetHexString(32, lowercase: true) : key;

    /// <summary>OTLP over gRPC; null while nothing listens.</summary>
    public string? GrpcUrl { get; set; }

    /// <summary>OTLP over HTTP with protobuf bodies, before <c>/v1/…</c>; null while nothing listens.</summary>
    public string? HttpUrl { get; set; }

    public bool Admits(HttpRequest request)
        => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[Header].ToString()), Encoding.UTF8.GetBytes(Key));
}
