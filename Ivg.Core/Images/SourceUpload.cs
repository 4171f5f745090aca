namespace Ivg.Core.Images;

/// <summary>An upload that was checked and is about to be stored.</summary>
/// <param name="ImageId">The id it will have.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Info">What its header says.</param>
/// <param name="Sha256">Its hash, taken as it arrived.</param>
public sealed record SourceUpload(Guid ImageId, byte[] Bytes, ImageInfo Info, byte[] Sha256);
