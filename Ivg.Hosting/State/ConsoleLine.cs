namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a console, with whose it is and when it came.</summary>
internal readonly record struct ConsoleLine(string Resource, LogLine Line, DateTimeOffset Time);
