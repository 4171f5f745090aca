using System.Text.Json.Nodes;

namespace Ivg.Tests.Application;

internal sealed record StreamedEvent(long Id, string Type, JsonObject Data);
