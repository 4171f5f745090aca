using Ivg.Core.Jobs;

namespace Ivg.Core.Generation.ExtensionsAi;

/// <summary>What a generator's exception means to a caller.</summary>
/// <param name="Reason">A few words for the log, nothing of the service's own text.</param>
/// <param name="Error">For the job.</param>
/// <param name="RetryAfter">The wait that the service asked for.</param>
internal sealed record GeneratorFault(string Reason, JobError Error, TimeSpan? RetryAfter = null);
