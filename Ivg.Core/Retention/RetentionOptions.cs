using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Ivg.Core.Retention;

/// <summary>How long pictures and the history of them are kept.</summary>
public sealed class RetentionOptions : IValidatableObject
{
    /// <summary>Days after which the bytes of uploads and results are removed; 0: never.</summary>
    [ConfigurationKeyName("RETENTION_DAYS"), Range(0, 3650)]
    public int RetentionDays { get; set; } = 30;

    /// <summary>Days after which the rows are removed that say what there was; 0: never.</summary>
    [ConfigurationKeyName("HISTORY_RETENTION_DAYS"), Range(0, 3650)]
    public int HistoryRetentionDays { get; set; } = 365;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HistoryRetentionDays != 0 && (RetentionDays == 0 || HistoryRetentionDays < RetentionDays))
            yield return new ValidationResult("HISTORY_RETENTION_DAYS must be RETENTION_DAYS at least: rows outlive their pictures.", [nameof(HistoryRetentionDays)]);
    }
}
