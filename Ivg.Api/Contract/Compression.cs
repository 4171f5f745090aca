using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Ivg.Api.Contract;

/// <summary>Pages and JSON travel compressed. Event streams must not wait for a block to fill, and pictures are compressed already.</summary>
internal static class Compression
{
    private static readonly string[] Types = ["text/html", "application/json", "application/problem+json"];

    public static void AddCompression(this IHostApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(compression => (compression.EnableForHttps, compression.MimeTypes) = (true, Types));
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    /// <summary>Around everything that answers.</summary>
    public static void UseCompression(this WebApplication app) => app.UseResponseCompression();
}
