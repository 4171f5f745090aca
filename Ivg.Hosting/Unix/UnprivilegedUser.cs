namespace Ivg.Hosting.Unix;

/// <summary>Who servers run as when the host is root.</summary>
internal static class UnprivilegedUser
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>Null where the host is not root: servers then run as the host's own user.</summary>
    public static string? Find()
    {
        if (!UnixCalls.IsRoot)
            return null;

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return Candidates.FirstOrDefault(users.Contains)
            ?? throw new Aspire.Hosting.DistributedApplicationException(
                "Servers must not run as root, and this machine has neither a user 'postgres' nor 'nobody'. Add one, or start as another user.");
    }
}
