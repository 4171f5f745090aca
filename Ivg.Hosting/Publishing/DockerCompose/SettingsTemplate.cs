using System.Text;
using Ivg.Hosting.Publishing.Model;

namespace Ivg.Hosting.Publishing.DockerCompose;

/// <summary>Settings for every service. Apart from <c>.env</c>, for that holds secrets, and no service is to get those of another.</summary>
internal static class SettingsTemplate
{
    public const string Name = "settings.env";

    public static PublishedFile Create(DeploymentModel model)
    {
        var text = new StringBuilder("""
            # Settings of all services, a NAME=value a line; any other that they take can be added. Secrets belong into .env. What
            # compose.yaml sets itself stands. Publishing again keeps what you fill in; docker compose up --detach takes a change over.

            """);
        foreach (var setting in model.OperatorSettings)
            EnvTemplate.Add(text, setting.Comment, setting.Name, setting.Value);
        return new PublishedFile(Name, text.ToString()) { KeepsValues = true };
    }
}
