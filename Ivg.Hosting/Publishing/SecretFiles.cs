using System.Text;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing;

/// <summary>Files that ask the operator for secrets, and never hold one that was not typed there.</summary>
internal static class SecretFiles
{
    public static PublishedFile Template(string path, string reader, DeploymentModel model)
        => new(path, $"# Copy this to {Path.ChangeExtension(path, null)} and fill it in; {reader} reads it there, and .gitignore keeps it out of git.\n{Lines(model.Secrets)}");

    public static string Lines(IEnumerable<DeployedSecret> secrets)
    {
        var text = new StringBuilder();
        foreach (var secret in secrets)
            text.Append('\n').Append("# ").Append(string.Join(' ', new[] { secret.Optional ? "Optional." : "Required.", secret.Description }.Where(s => s.Length > 0)))
                .Append('\n').Append(secret.Key).Append("=\n");
        return text.ToString();
    }
}
