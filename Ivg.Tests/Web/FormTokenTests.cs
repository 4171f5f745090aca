using Ivg.Api.Errors;
using Ivg.Api.Sessions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ivg.Tests.Web;

/// <summary>What a form must bring along.</summary>
public sealed class FormTokenTests
{
    private static readonly string Old = new('o', 32), New = new('n', 32);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Token_OfAnyReplica_IsTakenAndIsAnotherOneEachTime()
    {
        var token = Tokens(New).Make("~me");
        Tokens(New).Check("~me", token);
        Assert.NotEqual(token, Tokens(New).Make("~me"));
    }

    [Fact]
    public void Token_SignedBeforeTheSecretsRotated_IsTakenUntilTheOldOneIsDropped()
    {
        var token = Tokens(Old).Make("~me");
        Tokens($"{New},{Old}").Check("~me", token);
        AssertStale(Tokens(New), "~me", token);
    }

    [Fact]
    public void Token_TooOldOrOfAnotherSessionOrTampered_IsRefused()
    {
        var tokens = Tokens(New);
        var token = tokens.Make("~me");
        AssertStale(tokens, "~you", token);
        var parts = token.Split('.');
        string[] bad = ["", "x", "..", $"{parts[0]}.{parts[1]}", $"{parts[0]}0.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}0.{parts[2]}", $"{token}x", $"{token}.x", $"-1.{parts[1]}.{parts[2]}", new string('f', 300), "é.é.é", "ffffffffffffffff.a.b"];
        Assert.All(bad, one => AssertStale(tokens, "~me", one));
        AssertStale(tokens, "~me", null);
        _time.Advance(TimeSpan.FromHours(47));
        tokens.Check("~me", token);
        _time.Advance(TimeSpan.FromHours(2));
        AssertStale(tokens, "~me", token);
    }

    private static void AssertStale(FormTokens tokens, string session, string? token) =>
        Assert.Equal("stale_form", Assert.Throws<ApiException>(() => tokens.Check(session, token)).Code);

    private FormTokens Tokens(string secrets) => new(Options.Create(new SessionOptions { AppSecretKey = secrets }), _time);
}
