using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Ivg.Api.Sessions;

/// <summary>Fills in a secret for Development and refuses to start without one anywhere else.</summary>
internal sealed class AppSecrets(IHostEnvironment environment) : IPostConfigureOptions<SessionOptions>, IValidateOptions<SessionOptions>
{
    public void PostConfigure(string? name, SessionOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.AppSecretKey) && environment.IsDevelopment())
            options.AppSecretKey = options.DataDirectory is { Length: > 0 } folder ? Keep(Path.Combine(folder, "app-secret")) : NewSecret();
    }

    public ValidateOptionsResult Validate(string? name, SessionOptions options)
    {
        var secrets = SessionOptions.Split(options.AppSecretKey);
        return secrets.Length > 0 && secrets.All(secret => secret.Length >= SessionOptions.ShortestSecret)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Set APP_SECRET_KEY to a random secret of at least {SessionOptions.ShortestSecret} characters (several may be listed, separated by commas; the first signs).");
    }

    private static string NewSecret() => Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    private static string Keep(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var writer = new StreamWriter(path, options);
            writer.Write(NewSecret());
        }
        catch (IOException) when (File.Exists(path))
        {
            // Kept since an earlier start.
        }
        return File.ReadAllText(path).Trim();
    }
}
