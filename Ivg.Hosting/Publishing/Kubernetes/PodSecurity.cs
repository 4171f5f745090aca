using k8s.Models;

namespace Ivg.Hosting.Publishing.Kubernetes;

/// <summary>What Kubernetes' restricted standard asks for, and a root file system that nobody writes to.</summary>
internal static class PodSecurity
{
    public static V1PodSecurityContext Of(int user) => new()
    {
        RunAsNonRoot = true,
        RunAsUser = user,
        RunAsGroup = user,
        FsGroup = user,
        SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
    };

    public static V1SecurityContext OfContainer() => new()
    {
        AllowPrivilegeEscalation = false,
        ReadOnlyRootFilesystem = true,
        Capabilities = new V1Capabilities { Drop = ["ALL"] },
    };
}
