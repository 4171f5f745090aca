using System.Security.Cryptography;
using System.Text;
using Ivg.Core.Images;

namespace Ivg.CutoutBench;

/// <summary>Puts stamps on backgrounds: the picture to cut, and the subject and alpha that should come out. The same numbers each time.</summary>
internal static class CompositeMaker
{
    public static void Make(string stamps, string folder, int count)
    {
        Directory.CreateDirectory(Path.Combine(folder, "pictures"));
        Directory.CreateDirectory(Path.Combine(folder, "truth"));
        var subjects = StampFolder.Files(stamps)
            .OrderBy(path => Hash(Path.GetFileName(path)))
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Stamp: StampFolder.Load(path)))
            .Where(subject => subject.Stamp is not null).DistinctBy(subject => subject.Name).ToArray();
        var others = subjects.Take(40).Select(subject => subject.Stamp!).ToArray();
        for (var i = 0; i < count; i++)
        {
            var (name, stamp) = subjects[i % subjects.Length];
            var random = new Random((int)(Hash($"{name}-{i}") & int.MaxValue));
            var kind = Grounds.Kinds[(i + i / subjects.Length) % Grounds.Kinds.Length];
            // One stamp is wholly in one part, whatever it is put on.
            var part = Hash("part " + name) % 2 == 0 ? "tune" : "report";
            Write(folder, $"{part}-{i:000}-{kind}-{name}", Compose(stamp!, kind, random, others));
        }
        Console.WriteLine($"{count} composites of {subjects.Length} stamps");
    }

    /// <summary>Draws <paramref name="top"/>, straight alpha, over an opaque picture.</summary>
    public static void Paste(Picture ground, Picture top, int left, int topEdge)
    {
        for (var y = Math.Max(0, -topEdge); y < top.Height && y + topEdge < ground.Height; y++)
        {
            for (var x = Math.Max(0, -left); x < top.Width && x + left < ground.Width; x++)
            {
                var (from, into) = ((y * top.Width + x) * 4, ((y + topEdge) * ground.Width + x + left) * 3);
                int alpha = top.Pixels[from + 3];
                for (var band = 0; band < 3; band++)
                    ground.Pixels[into + band] = (byte)((top.Pixels[from + band] * alpha + ground.Pixels[into + band] * (255 - alpha) + 127) / 255);
            }
        }
    }

    private static (Picture Picture, Picture Truth) Compose(Picture stamp, string kind, Random random, IReadOnlyList<Picture> others)
    {
        // Drawings keep their size; small photos grow up to twice, which gives them the soft edges of a lens.
        var side = Math.Max(stamp.Width, stamp.Height);
        var scale = side >= 700 ? 1 : 1 + random.NextDouble();
        var subject = Pictures.Resize(stamp, (int)(stamp.Width * scale), (int)(stamp.Height * scale));
        var (width, height) = ((int)(subject.Width * (1.3 + 0.5 * random.NextDouble())), (int)(subject.Height * (1.2 + 0.4 * random.NextDouble())));
        var (left, top) = (random.Next((width - subject.Width) / 4, (width - subject.Width) * 3 / 4 + 1), random.Next((height - subject.Height) / 4, (height - subject.Height) * 3 / 4 + 1));
        var picture = Grounds.Make(kind, width, height, random, others);
        Paste(picture, subject, left, top);
        var truth = new byte[width * height * 4];
        for (var y = 0; y < subject.Height; y++)
            subject.Pixels.AsSpan(y * subject.Width * 4, subject.Width * 4).CopyTo(truth.AsSpan(((y + top) * width + left) * 4));
        return (picture, new Picture(width, height, 4, truth));
    }

    private static void Write(string folder, string name, (Picture Picture, Picture Truth) composite)
    {
        File.WriteAllBytes(Path.Combine(folder, "pictures", name + ".png"), Pictures.Encode(composite.Picture, ImageFormat.Png, effort: 1));
        File.WriteAllBytes(Path.Combine(folder, "truth", name + ".png"), Pictures.Encode(composite.Truth, ImageFormat.Png, effort: 1));
    }

    private static uint Hash(string text) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
