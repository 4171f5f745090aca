using Aspire.Hosting.ApplicationModel;

namespace Ivg.Hosting.Dashboard.Console;

/// <summary>A console's line as the page gets it, escape sequences and all.</summary>
internal sealed record ConsoleRow(string Resource, int Number, DateTimeOffset Time, bool IsError, string Text)
{
    public static ConsoleRow From(ConsoleLine line) => new(line.Resource, line.Line.LineNumber, line.Time, line.Line.IsErrorMessage, line.Line.Content);
}
