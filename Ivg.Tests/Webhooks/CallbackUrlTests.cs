using System.Net;
using Ivg.Core.Webhooks;
using Microsoft.Extensions.Options;

namespace Ivg.Tests.Webhooks;

public sealed class CallbackUrlTests
{
    private static readonly string Secret = Application.GuardedApplication.WebhookSecret;

    [Theory]
    [InlineData("https://example.com/hook?x=1")]
    [InlineData("https://93.184.215.14:8443/")]
    [InlineData("https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/")]
    public void Fault_PublicAddress_IsNone(string url) => Assert.Null(New(new() { Secret = Secret }).Fault(url));

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("/relative")]
    [InlineData("nonsense")]
    [InlineData("https://user:pass@example.com/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://a.localhost/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://224.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[64:ff9b::a00:1]/")]
    [InlineData("https://[fe80::1]/")]
    public void Fault_AnyOther_IsOne(string url) => Assert.NotNull(New(new() { Secret = Secret }).Fault(url));

    [Fact]
    public void Fault_WithoutASecret_SaysSo() => Assert.Contains("WEBHOOK_SECRET", New(new()).Fault("https://example.com/"), StringComparison.Ordinal);

    [Fact]
    public void Fault_TooLong_IsOne() => Assert.NotNull(New(new() { Secret = Secret }).Fault("https://example.com/" + new string('a', 2000)));

    [Theory]
    [InlineData("192.168.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("198.19.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("fc00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("2001:4860:4860::8888", true)]
    [InlineData("8.8.8.8", true)]
    public void Contain_Address_AsTheRegistriesSay(string address, bool expected) => Assert.Equal(expected, PublicAddresses.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_short")]
    [InlineData("whsec_c2hvcnQ=")]
    public void Secret_Malformed_IsRefusedAtStartWithoutRepeatingIt(string secret)
    {
        var fault = Assert.Single(new WebhookOptions { Secret = secret }.Validate(new(new object())));
        Assert.DoesNotContain(secret, fault.ErrorMessage, StringComparison.Ordinal);
    }

    private static CallbackUrls New(WebhookOptions options) => new(Options.Create(options));
}
