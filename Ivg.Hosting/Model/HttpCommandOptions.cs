namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command that is an HTTP request is made.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>POST unless said otherwise.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>A client of the host's <see cref="IHttpClientFactory"/>.</summary>
    public string? HttpClientName { get; set; }

    public Func<EndpointReference>? EndpointSelector { get; set; }

    /// <summary>Completes the request, with headers or a body.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    /// <summary>Reads the answer; without it a status of 200 to 299 is success.</summary>
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }
}
