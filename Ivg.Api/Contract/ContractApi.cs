using Scalar.AspNetCore;

namespace Ivg.Api.Contract;

/// <summary>The OpenAPI document, written by hand as <c>docs/openapi.json</c>, and a page to try it on. Tests hold the endpoints and their answers to it.</summary>
internal static class ContractApi
{
    private static readonly byte[] Document = Read();

    public static void MapContract(this IEndpointRouteBuilder app)
    {
        app.MapGet("/openapi/v1.json", () => Results.Bytes(Document, "application/json; charset=utf-8"));
        // The page takes the document's name from its address and would show any; there is one.
        app.MapScalarApiReference("/docs").AddEndpointFilter((context, next) =>
            context.HttpContext.GetRouteValue("documentName") is null or "v1" ? next(context) : new(Results.NotFound()));
    }

    private static byte[] Read()
    {
        using var stream = typeof(ContractApi).Assembly.GetManifestResourceStream("openapi.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
