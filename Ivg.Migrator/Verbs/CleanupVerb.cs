using System.Globalization;
using Ivg.Core.Retention;

namespace Ivg.Migrator.Verbs;

/// <summary>Removes what has been kept for long enough.</summary>
internal sealed class CleanupVerb(Cleaner cleaner) : IVerb
{
    private const string DryRun = "--dry-run";

    public string Name => "cleanup";

    public string Help => "cleanup [--dry-run]    removes what retention is over for, or only says what that is";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (arguments.Any(argument => argument != DryRun))
        {
            await Console.Error.WriteLineAsync($"cleanup takes {DryRun} and nothing else.");
            return 2;
        }
        var dry = arguments.Count > 0;
        var removed = dry ? await cleaner.CountAsync(cancellationToken) : await cleaner.CleanAsync(cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(dry ? "Would remove" : "Removed")} {removed.Pictures} pictures ({removed.PictureBytes / 1e6:0.0} MB), {removed.Jobs} jobs, {removed.HistoryRows} history rows, {removed.PictureRows} rows of removed pictures"));
        return 0;
    }
}
