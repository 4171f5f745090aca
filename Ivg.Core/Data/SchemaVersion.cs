namespace Ivg.Core.Data;

/// <summary>What this version of the code needs of the database.</summary>
public static class SchemaVersion
{
    /// <summary>The newest of the migrator's scripts.</summary>
    public const string Newest = "0006-places.sql";
}
