using Ivg.Core.Jobs;

namespace Ivg.Core.Generation.ExtensionsAi;

/// <summary>What can go wrong with any generator.</summary>
internal static class GeneratorFaults
{
    public static GeneratorFault TooSlow { get; } = Fault("TIMEOUT", JobErrorCodes.ProviderTimeout,
        "The image service took too long. Try again, with one image.", retryable: true);

    public static GeneratorFault NoImage { get; } = Fault("NO_IMAGE", JobErrorCodes.NoImageReturned,
        "The image service answered without a picture. Say more plainly what the picture should show, or use another picture.");

    public static GeneratorFault Damaged { get; } = Fault("DAMAGED", JobErrorCodes.NoImageReturned,
        "The image service sent a damaged picture. Try again.");

    /// <summary>A verdict on an exception that the generator's own judge does not know.</summary>
    public static GeneratorFault Judge(Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutException => TooSlow,
        HttpRequestException http => Unreachable(http.HttpRequestError.ToString()),
        _ => Fault($"UNREADABLE {exception.GetType().Name}", JobErrorCodes.ProviderUnavailable,
            "The image service's answer was cut short or is not one of its own. Try again.", retryable: true),
    };

    public static GeneratorFault Unreachable(string reason) => Fault(reason, JobErrorCodes.ProviderUnavailable,
        "The image service cannot be reached or broke off its answer. Try again; if it stays, check the network and the service's address.", retryable: true);

    public static GeneratorFault Fault(string reason, string code, string message, bool retryable = false, TimeSpan? retryAfter = null) =>
        new(reason, new JobError(code, message, retryable), retryAfter);
}
