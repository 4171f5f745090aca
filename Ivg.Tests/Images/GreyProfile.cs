using System.Buffers.Binary;
using System.Text;

namespace Ivg.Tests.Images;

/// <summary>The least ICC profile that says how light a scanner's grey is: a header, a white point and a curve.</summary>
internal static class GreyProfile
{
    /// <summary>Numbers are proportional to light.</summary>
    public static byte[] Linear()
    {
        // Two tags: the media's white, and a curve without entries, which is the straight line.
        var (white, curve) = (128 + 4 + 2 * 12, 128 + 4 + 2 * 12 + 20);
        var profile = new byte[curve + 12];
        Number(0, profile.Length);
        Number(8, 0x02400000);
        Word(12, "mntr");
        Word(16, "GRAY");
        Word(20, "XYZ ");
        Word(36, "acsp");
        WhitePoint(68);
        Number(128, 2);
        Tag(132, "wtpt", white, 20);
        Tag(144, "kTRC", curve, 12);
        Word(white, "XYZ ");
        WhitePoint(white + 8);
        Word(curve, "curv");
        return profile;

        void Number(int at, int value) => BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(at), value);
        void Word(int at, string word) => Encoding.ASCII.GetBytes(word, profile.AsSpan(at));
        void Tag(int at, string name, int offset, int length)
        {
            Word(at, name);
            Number(at + 4, offset);
            Number(at + 8, length);
        }

        // D50, as fixed-point numbers of 16 and 16 bits.
        void WhitePoint(int at)
        {
            Number(at, 0x0000F6D6);
            Number(at + 4, 0x00010000);
            Number(at + 8, 0x0000D32D);
        }
    }
}
