using Scalar.AspNetCore;

namespace Ivg.Api.Contract;

/// <summary>The OpenAPI document, written by hand as <c>docs/openapi.json</c>, and a page to try it on. Tests hold the endpoints and their answers to it.</summary>
internal static class ContractApi
{
    private static readonly byte[] Document = Read();

    public static void MapContract(this IEndpointRouteBuilder app)
    {
        app.MapGet("/openapi/v1.json", () => Results.Bytes(Document, "application/json; charset=utf-8"));
        // All of it comes from here and stays here: no fonts of a strange server, and nothing told to one.
        var page = app.MapScalarApiReference("/docs", scalar => scalar.WithNonce().DisableDefaultFonts().DisableTelemetry().DisableAgent());
        page.AddEndpointFilter((context, next) =>
        {
            var http = context.HttpContext;
            http.Response.OnStarting(() => AllowScript(http));
            // The page takes the document's name from its address and would show any; there is one.
            return http.GetRouteValue("documentName") is null or "v1" ? next(context) : new(Results.NotFound());
        });
    }

    // Scalar starts itself by a script in the page, which has the answer's nonce, and writes its styles into it as it goes.
    private static Task AllowScript(HttpContext context)
    {
        if (context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce)
        {
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
                + "connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
        }
        return Task.CompletedTask;
    }

    private static byte[] Read()
    {
        using var stream = typeof(ContractApi).Assembly.GetManifestResourceStream("openapi.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
