namespace Ivg.Hosting.Publishing.Model;

/// <param name="Name">Of the endpoint.</param>
/// <param name="Port">Of the container, and of whatever stands before it.</param>
/// <param name="Published">The port that the model fixes for callers outside, if it does.</param>
internal sealed record DeployedPort(string Name, int Port, bool IsExternal, int? Published);
