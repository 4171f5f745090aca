using Ivg.Api.Errors;
using Microsoft.AspNetCore.Http.Features;

namespace Ivg.Api.Sessions;

/// <summary>Who is calling: a browser's session or a platform's user.</summary>
/// <param name="SessionId">Owns what the call makes; null for a platform that named no user.</param>
/// <param name="TenantId">The platform's tenant, if it named one.</param>
/// <param name="IsPlatform">Whether a platform calls.</param>
internal sealed record Caller(string? SessionId, string? TenantId, bool IsPlatform)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(context.Features.GetRequiredFeature<Caller>());

    /// <summary>The session, for endpoints that need one.</summary>
    /// <exception cref="ApiException"><c>invalid_user_id</c>.</exception>
    public string Session => SessionId ?? throw new ApiException(400, "invalid_user_id", "Name the user with X-User-Id: this address belongs to a user.");
}
