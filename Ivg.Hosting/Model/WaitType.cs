namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is waited for.</summary>
public enum WaitType
{
    /// <summary>Running, and healthy by its checks.</summary>
    WaitUntilHealthy = 0,

    /// <summary>Ended with the expected exit code.</summary>
    WaitForCompletion = 1,

    /// <summary>Running, healthy or not.</summary>
    WaitUntilStarted = 2,
}
