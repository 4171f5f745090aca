using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Ivg.Core.Jobs;
using Ivg.ServiceDefaults.Settings;
using Ivg.Tests.Application;
using Ivg.Tests.Architecture;
using Microsoft.Extensions.Configuration;

namespace Ivg.Tests.Settings;

/// <summary>The catalogue of settings, the classes that bind them and the page about them say the same.</summary>
public sealed partial class SettingsTests
{
    private static readonly IReadOnlyList<(string Name, PropertyInfo Property)> Bound =
    [
        .. new[] { typeof(JobKind).Assembly, Assembly.Load("Ivg.Api") }.SelectMany(assembly => assembly.GetTypes()).SelectMany(type => type.GetProperties())
            .Select(property => (property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name!, property)).Where(one => one.Item1 is not null),
    ];

    [Fact]
    public void Catalogue_HasEveryBoundSettingWithItsRange()
    {
        var catalogue = SettingsCatalogue.All.ToDictionary(setting => setting.Name);
        Assert.NotEmpty(Bound);
        foreach (var (name, property) in Bound)
        {
            Assert.True(catalogue.TryGetValue(name, out var setting), $"{name} is bound and not in the catalogue");
            if (property.GetCustomAttribute<RangeAttribute>() is not { } range) continue;
            Assert.Equal((Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture)), (setting!.Least, setting.Most));
            Assert.Equal(property.PropertyType == typeof(double) ? SettingKind.Number : SettingKind.Whole, setting.Kind);
        }
        foreach (var (name, property) in Bound.Where(one => one.Property.PropertyType == typeof(bool))) Assert.Equal(SettingKind.Flag, catalogue[name].Kind);
    }

    [Fact]
    public void Catalogue_HasTheDefaultsThatTheClassesHave()
    {
        var catalogue = SettingsCatalogue.All.ToDictionary(setting => setting.Name);
        foreach (var (name, property) in Bound.Where(one => one.Property.PropertyType.IsPrimitive))
        {
            var value = property.GetValue(Activator.CreateInstance(property.DeclaringType!, nonPublic: true));
            Assert.Equal((name, Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant()), (name, catalogue[name].Default));
        }
    }

    [Fact]
    public void Page_ListsTheCatalogue()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "settings.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | ")).ToList();
        var expected = SettingsCatalogue.All.Select(setting => (string.Join(", ", new[] { setting.Name }.Concat(setting.Aliases).Select(name => $"`{name}`")), setting.Default, setting.Meaning));
        Assert.Equal(expected, rows.Select(row => (row[0].TrimStart('|', ' '), row[1], row[3].TrimEnd('|', ' '))));
    }

    [Fact]
    public void Examples_NameKnownSettingsAndHoldNoSecret()
    {
        var known = SettingsCatalogue.All.SelectMany(setting => setting.Aliases.Append(setting.Name)).ToHashSet();
        var files = Directory.GetFiles(Repository.Root, ".env*").Where(file => Path.GetFileName(file) != ".env").ToList();
        Assert.Equal([".env.development", ".env.example", ".env.local", ".env.production.example"], files.Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        foreach (var line in files.SelectMany(File.ReadLines))
        {
            if (Assignment().Match(line) is not { Success: true } assignment) continue;
            var (name, value) = (assignment.Groups[1].Value, assignment.Groups[2].Value);
            Assert.Contains(name, known);
            if (SettingsCatalogue.All.Single(setting => setting.Name == name || setting.Aliases.Contains(name)) is { Kind: SettingKind.Secret })
                Assert.True(value.Length == 0 || Uri.TryCreate(value, UriKind.Absolute, out var url) && !url.UserInfo.Contains(':', StringComparison.Ordinal), line);
        }
    }

    [Fact]
    public async Task Start_WithSeveralFaults_NamesThemAllAndRepeatsNoValue()
    {
        var app = await SharedApplication.GetAsync();
        foreach (var project in new[] { "Ivg.Api", "Ivg.GenerateWorker", "Ivg.BgWorker", "Ivg.Migrator" })
        {
            await using var service = ServiceProcess.Start(project,
                [.. ServiceProcess.ForApi(app, "Development"), ("MAX_PIXELS", "zillions"), ("RETENTION_DAYS", "-4711"), ("FAST_MODE", "perhaps"), ("CELERY_RESULT_EXPIRES", "47.11")]);
            Assert.NotEqual(0, await service.ExitAsync());
            foreach (var name in new[] { "MAX_PIXELS", "RETENTION_DAYS", "FAST_MODE", "JOB_RESULT_EXPIRES" }) Assert.Contains(name, service.Output);
            foreach (var value in new[] { "zillions", "4711", "perhaps", "47.11" }) Assert.DoesNotContain(value, service.Output);
        }
    }

    [Fact]
    public async Task Start_WithFaultsOfEveryKind_NamesThemAllAtOnce()
    {
        await using var api = ServiceProcess.Start("Ivg.Api", [.. ServiceProcess.Hosting("Production"),
            ("DATABASE_URL", "planted=no connection"), ("APP_SECRET_KEY", "planted-short"), ("TRUSTED_PROXIES", "nowhere"), ("CORS_ORIGINS", "example"), ("MAX_PIXELS", "planted-zillions"),
            ("BG_MODEL_MIRROR", "http://me:planted@mirror:99999/")]);
        Assert.NotEqual(0, await api.ExitAsync());
        foreach (var name in new[] { "DATABASE_URL", "REDIS_URL", "APP_SECRET_KEY", "TRUSTED_PROXIES", "CORS_ORIGINS", "MAX_PIXELS", "BG_MODEL_MIRROR" }) Assert.Contains(name, api.Output);
        Assert.DoesNotContain("planted", api.Output);

        await using var worker = ServiceProcess.Start("Ivg.GenerateWorker", [.. ServiceProcess.Hosting("Production"), ("IMAGE_PROVIDER", "nano_banana"), ("DOTENV_FILE", "/nowhere/.env")]);
        Assert.NotEqual(0, await worker.ExitAsync());
        foreach (var name in new[] { "DATABASE_URL", "REDIS_URL", "GEMINI_API_KEY", "DOTENV_FILE" }) Assert.Contains(name, worker.Output);
    }

    [Fact]
    public async Task Verb_PrintsValuesWithTheirOriginAndMasksSecrets()
    {
        var app = await SharedApplication.GetAsync();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "MAX_PIXELS=1000000\nFAST_MODE=true\nAPP_SECRET_KEY=planted-secret-of-at-least-32-characters\n");
        await using var migrator = ServiceProcess.StartWith("Ivg.Migrator", ["settings"],
            ("DATABASE_URL", app.DatabaseConnection), ("DOTENV_FILE", file), ("FAST_MODE", "false"), ("GEMINI_API_KEY", "planted-key"), ("PLATFORM_API_KEYS", "planted-key-2"),
            ("BG_MODEL_MIRROR", "https://planted:planted@mirror.example/models?sig=planted"), ("GEMINI_BASE_URL", "https://planted@gateway.example/"), ("OPENAI_BASE_URL", "https://a:planted@gateway.example/"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://planted@127.0.0.1:1/?key=planted"), ("OTEL_EXPORTER_OTLP_HEADERS", "key=planted"));
        Assert.True(await migrator.ExitAsync() == 0, migrator.Output);
        File.Delete(file);

        Assert.Contains($"MAX_PIXELS = 1000000  ({file})", migrator.Output);
        Assert.Contains("FAST_MODE = false  (environment)", migrator.Output);
        Assert.Contains("GEMINI_API_KEY = ***  (environment)", migrator.Output);
        Assert.Contains("ConnectionStrings__ivgdb = ***  (DATABASE_URL)", migrator.Output);
        Assert.Contains("RETENTION_DAYS = 30  (default)", migrator.Output);
        Assert.Contains("BG_MODEL_MIRROR = https://***@mirror.example/models?***  (environment)", migrator.Output);
        Assert.DoesNotContain("planted", migrator.Output);
        Assert.DoesNotContain(app.DatabaseConnection, migrator.Output);
    }

    [Theory]
    [InlineData("https://mirror.example:8443/@ivg/models", "https://mirror.example:8443/@ivg/models")]
    [InlineData("https://planted:p@planted@mirror.example/models?sig=planted&x#planted", "https://***@mirror.example/models?***")]
    [InlineData("https://planted@mirror.example?planted", "https://***@mirror.example?***")]
    [InlineData("https://a.example,https://planted:@b.example", "https://a.example,https://***@b.example")]
    [InlineData("C:\\models?", "C:\\models?")]
    [InlineData("@scope/name", "@scope/name")]
    public void Shown_OfAnAddress_HasNeitherUserNorQuery(string value, string shown)
    {
        foreach (var setting in SettingsCatalogue.All) Assert.Equal(setting.Kind == SettingKind.Secret ? "***" : shown, setting.Shown(value));
    }

    [GeneratedRegex("^#? ?([A-Z_]+)=(.*)$")]
    private static partial Regex Assignment();
}
