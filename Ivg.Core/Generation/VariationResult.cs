using Ivg.Core.Generation.Layout;

namespace Ivg.Core.Generation;

/// <summary>One asking with what came of it.</summary>
/// <param name="Request">What was asked, as it was sent.</param>
/// <param name="Outcome">What was answered.</param>
/// <param name="Print">What the picture is compared by; null without one.</param>
/// <param name="Check">Its figures; null without one.</param>
internal sealed record VariationResult(ProviderRequest Request, ProviderOutcome Outcome, Fingerprint? Print, ResultCheck? Check);
