namespace Ivg.Api.Jobs;

/// <summary>Why a stream that waits goes on.</summary>
internal enum Wake
{
    /// <summary>There may be events that it has not told of.</summary>
    Changed,

    /// <summary>Nothing was told for a while; the connection wants a sign of life.</summary>
    Quiet,

    /// <summary>The reader left, the stream is as old as it gets, or the process stops.</summary>
    Over,
}
