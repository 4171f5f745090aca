namespace Ivg.Core.Styles;

/// <summary>A style as it is stored, without the bytes of its reference image.</summary>
/// <param name="StyleId">Slug, such as <c>watercolour-wash</c>.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Guide">The rules, as plain text.</param>
/// <param name="Profile">The machine-readable traits.</param>
public sealed record Style(string StyleId, string Name, string Description, string Guide, StyleProfile Profile);
