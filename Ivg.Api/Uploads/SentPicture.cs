namespace Ivg.Api.Uploads;

/// <summary>A picture as a form sent it.</summary>
/// <param name="Name">The file's name on the sender's device; may be empty.</param>
/// <param name="Bytes">The file; null when it is larger than any that is taken.</param>
internal sealed record SentPicture(string Name, byte[]? Bytes);
