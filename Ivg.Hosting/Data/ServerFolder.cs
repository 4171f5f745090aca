using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting;
using Ivg.Hosting.Unix;

namespace Ivg.Hosting.Data;

/// <summary>A folder that a server, which may run as another user than the host, can reach and own.</summary>
/// <param name="Path">Where the data really is.</param>
/// <param name="UserName">Who owns it and whom the server runs as; null for the host's own user.</param>
internal sealed record ServerFolder(string Path, string? UserName)
{
    /// <summary>
    /// Makes it inside <paramref name="data"/>. Where a folder above shuts the unprivileged user out (a clone in /root, a
    /// temporary folder of mode 0700), it goes under <see cref="EmbeddedHostOptions.UnreachableDataRoot"/> with a link to it.
    /// </summary>
    public static async Task<ServerFolder> PrepareAsync(DataFolder data, string name, EmbeddedHostOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = System.IO.Path.Combine(data.Path, name);
        var user = UnprivilegedUser.Find();
        if (user is null)
            return new ServerFolder(Directory.CreateDirectory(path).FullName, null);

        FileModes.LetOthersThrough(data.Path);
        if (new DirectoryInfo(path).LinkTarget is { } target)
            path = target;
        else if (!await FileOwner.CanEnterAsync(data.Path, user, cancellationToken))
            path = MoveOut(data, path, name, options, terminal);

        Directory.CreateDirectory(path);
        await FileOwner.SetAsync(path, user, cancellationToken);
        FileModes.Set(path, FileModes.OwnerOnlyFolder);
        return await FileOwner.CanEnterAsync(path, user, cancellationToken)
            ? new ServerFolder(path, user)
            : throw new DistributedApplicationException($"User '{user}' cannot enter {path}. Give the folders above it execute permission for others, or name another data folder with {options.DataDirectorySetting}.");
    }

    private static string MoveOut(DataFolder data, string link, string name, EmbeddedHostOptions options, Terminal terminal)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.Path)))[..16];
        var root = System.IO.Path.Combine(options.UnreachableDataRoot, hash);
        var target = System.IO.Path.Combine(root, name);
        Directory.CreateDirectory(root);
        if (Directory.Exists(target))
        {
            // No link leads to it, so its data folder was deleted; its passwords went with that. Never delete data, never reuse it.
            var aside = $"{target}.old-{Guid.CreateVersion7():N}";
            Directory.Move(target, aside);
            terminal.Say(name, $"data of a deleted data folder moved aside to {aside}");
        }

        Directory.CreateDirectory(target);
        File.CreateSymbolicLink(link, target);
        File.WriteAllText(System.IO.Path.Combine(root, "README"), $"Server data of {data.Path}, which the servers' user cannot reach. Delete both together.\n");
        terminal.Say(name, $"keeps its data in {target}: a folder above {data.Path} shuts the server's user out");
        return target;
    }
}
