using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Carries out a command that is an HTTP request.</summary>
internal sealed class HttpCommand(EndpointReference endpoint, string path, HttpCommandOptions options)
{
    // More is no outcome that anybody reads.
    private const int LongestReason = 500;

    public async Task<ExecuteCommandResult> ExecuteAsync(ExecuteCommandContext context)
    {
        if (!endpoint.IsAllocated)
            return CommandResults.Failure("It does not listen yet.");

        var http = context.ServiceProvider.GetRequiredService<IHttpClientFactory>().CreateClient(options.HttpClientName ?? "");
        using var request = new HttpRequestMessage(options.Method ?? HttpMethod.Post, new Uri(new Uri(endpoint.Url), path));
        if (options.PrepareRequest is { } prepare)
        {
            await prepare(new HttpCommandRequestContext
            {
                ServiceProvider = context.ServiceProvider, ResourceName = context.ResourceName, Endpoint = endpoint,
                HttpClient = http, Request = request, CancellationToken = context.CancellationToken,
            });
        }

        using var response = await http.SendAsync(request, context.CancellationToken);
        if (options.GetCommandResult is { } read)
        {
            return await read(new HttpCommandResultContext
            {
                ServiceProvider = context.ServiceProvider, ResourceName = context.ResourceName, Endpoint = endpoint,
                HttpClient = http, Response = response, CancellationToken = context.CancellationToken,
            });
        }

        if (response.IsSuccessStatusCode)
            return CommandResults.Success();

        var reason = await response.Content.ReadAsStringAsync(context.CancellationToken);
        return CommandResults.Failure($"{request.Method} {path} answered {(int)response.StatusCode}. {reason[..Math.Min(reason.Length, LongestReason)]}".TrimEnd());
    }
}
