namespace Ivg.Core.Images;

/// <summary>A picture that cannot be taken, with the contract's error code and the HTTP status it stands for.</summary>
public sealed class ImageRejectedException(int status, string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>413, 415 or 422.</summary>
    public int Status { get; } = status;

    /// <summary>One of <c>image_too_large</c>, <c>unsupported_image</c>, <c>undecodable_image</c>, <c>too_many_pixels</c>, <c>image_too_small</c>.</summary>
    public string Code { get; } = code;
}
