namespace Aspire.Hosting.ApplicationModel;

/// <summary>One line of a resource's console.</summary>
/// <param name="LineNumber">1-based, since the host started.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
