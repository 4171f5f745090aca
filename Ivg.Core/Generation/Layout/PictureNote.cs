namespace Ivg.Core.Generation.Layout;

/// <summary>What is known of a picture that went into a request.</summary>
/// <param name="Hints">Its layout.</param>
/// <param name="Print">What results are compared with.</param>
/// <param name="Card">What it measures as a style; null for one that only serves as the source.</param>
internal sealed record PictureNote(LayoutHints Hints, Fingerprint Print, StyleCard? Card);
