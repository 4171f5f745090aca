namespace Ivg.Core.BackgroundRemoval;

/// <summary>A place that weights come from.</summary>
public abstract record ModelSource
{
    private ModelSource()
    {
    }

    /// <summary>A file at an address; a broken transfer is resumed.</summary>
    public sealed record Url(Uri Address) : ModelSource
    {
        /// <summary>The address without user and query: mirrors carry their keys there.</summary>
        public override string ToString() => Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
    }

    /// <summary>A file that an npm package carries in chunks, listed in its <c>dist/resources.json</c> with their SHA-256.</summary>
    /// <param name="Package">The package with its exact version, <c>@scope/name@1.2.3</c>.</param>
    /// <param name="PackedBytes">How large the packed package is, for progress only.</param>
    /// <param name="Resource">The file's key in that list.</param>
    public sealed record Npm(string Package, long PackedBytes, string Resource) : ModelSource
    {
        /// <summary>The package's name and version.</summary>
        public override string ToString() => $"npm package {Package}";
    }
}
