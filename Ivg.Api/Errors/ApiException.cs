namespace Ivg.Api.Errors;

/// <summary>Ends a request with a problem of the contract.</summary>
internal sealed class ApiException(int status, string code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Field to messages, where a field is at fault.</summary>
    public Dictionary<string, string[]>? Errors { get; init; }

    /// <summary>Seconds for <c>Retry-After</c>.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>400 <c>invalid_request</c> about one field.</summary>
    public static ApiException InvalidField(string field, string message) =>
        new(400, "invalid_request", $"{field}: {message}") { Errors = new() { [field] = [message] } };

    /// <summary>404 for a job that is not the caller's.</summary>
    public static ApiException JobNotFound() => new(404, "job_not_found", "There is no such job, or it is not yours.");

    /// <summary>404 for an image that is not the caller's.</summary>
    public static ApiException ImageNotFound() => new(404, "image_not_found", "There is no such image, or it is not yours.");
}
