namespace Ivg.Core.Jobs;

/// <summary>Why an attempt has to stop.</summary>
public enum LeaseLoss
{
    /// <summary>It need not.</summary>
    None,

    /// <summary>Somebody else holds the job by now; whatever was made is thrown away.</summary>
    Fenced,

    /// <summary>The caller cancelled the job.</summary>
    Cancelled,

    /// <summary>This process is stopping; the job goes back.</summary>
    Draining,
}
