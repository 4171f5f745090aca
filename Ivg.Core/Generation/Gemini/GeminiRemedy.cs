namespace Ivg.Core.Generation.Gemini;

/// <summary>What may help against an answer without a picture; the seed changes in any case.</summary>
internal enum GeminiRemedy
{
    /// <summary>Another seed.</summary>
    Reseed,

    /// <summary>Plainer words about what is wanted.</summary>
    Reword,

    /// <summary>The same pictures in other bytes.</summary>
    Reencode,

    /// <summary>Less thinking.</summary>
    LessThinking,
}
