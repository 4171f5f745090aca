using System.IO.Compression;
using System.Text;

namespace Ivg.Tests.BadInputs;

/// <summary>Files for loaders that must stay closed, and files that are two things at once.</summary>
internal static class ForeignFileInputs
{
    private const string Svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99\" height=\"99\"><image href=\"file:///etc/passwd\"/></svg>";

    private static readonly (string Name, byte[] Start)[] Foreign =
    [
        ("SVG", Encoding.UTF8.GetBytes(Svg)),
        ("SVG behind a byte order mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Svg)]),
        ("SVG in UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Svg)]),
        ("SVG behind white space", [.. "\r\n\t  "u8, .. Encoding.UTF8.GetBytes(Svg)]),
        ("SVG with an entity of a file", "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>"u8.ToArray()),
        ("SVG of a billion laughs", "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]><svg>&c;</svg>"u8.ToArray()),
        ("packed SVG", Gzip(Encoding.UTF8.GetBytes(Svg))),
        ("HTML", "<!doctype html><script>alert(1)</script>"u8.ToArray()),
        ("script", "#!/bin/sh\necho\n"u8.ToArray()),
        ("PDF", "%PDF-1.7\n"u8.ToArray()),
        ("PostScript", "%!PS-Adobe-3.0 EPSF-3.0\n"u8.ToArray()),
        ("PostScript with a preview", [0xC5, 0xD0, 0xD3, 0xC6, 0x20, 0, 0, 0]),
        ("ImageMagick's MVG", "push graphic-context\nviewbox 0 0 64 64\nimage over 0,0 0,0 'https://example.invalid/'\n"u8.ToArray()),
        ("ImageMagick's MSL", "<?xml version=\"1.0\"?><image><read filename=\"/etc/passwd\"/></image>"u8.ToArray()),
        ("ImageMagick's own", "id=ImageMagick version=1.0\n"u8.ToArray()),
        ("BMP", [.. "BM"u8, 0x36, 0x0C, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]),
        ("icon", [0, 0, 1, 0, 1, 0, 32, 32]),
        ("cursor", [0, 0, 2, 0, 1, 0, 32, 32]),
        ("Apple icon", "icns\0\0\u0010\0"u8.ToArray()),
        ("Photoshop", "8BPS\0\u0001"u8.ToArray()),
        ("GIMP", "gimp xcf v011"u8.ToArray()),
        ("PPM", "P6\n64 64\n255\n"u8.ToArray()),
        ("PGM in text", "P2\n64 64\n255\n1 2 3\n"u8.ToArray()),
        ("PFM", "PF\n64 64\n-1.0\n"u8.ToArray()),
        ("PAM", "P7\nWIDTH 64\nHEIGHT 64\nDEPTH 3\nMAXVAL 255\nENDHDR\n"u8.ToArray()),
        ("Radiance", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 64 +X 64\n"u8.ToArray()),
        ("OpenEXR", [0x76, 0x2F, 0x31, 0x01, 2, 0, 0, 0]),
        ("FITS", "SIMPLE  =                    T"u8.ToArray()),
        ("Matlab", "MATLAB 5.0 MAT-file, Platform: GLNX86"u8.ToArray()),
        ("NIfTI", [92, 1, 0, 0, .. new byte[340], .. "n+1\0"u8]),
        ("DICOM", [.. new byte[128], .. "DICM"u8]),
        ("libvips' own", [0xB6, 0xA6, 0xF2, 0x08, 64, 0, 0, 0]),
        ("libvips' own, of the other byte order", [0x08, 0xF2, 0xA6, 0xB6, 0, 0, 0, 64]),
        ("table of numbers", "1,2,3\n4,5,6\n"u8.ToArray()),
        ("matrix", "3 3\n1 0 0\n0 1 0\n0 0 1\n"u8.ToArray()),
        ("JPEG XL", [0xFF, 0x0A, 0xFA, 0x7F]),
        ("JPEG XL in a container", [0, 0, 0, 12, .. "JXL \r\n"u8, 0x87, 0x0A]),
        ("JPEG 2000", [0, 0, 0, 12, .. "jP  \r\n"u8, 0x87, 0x0A]),
        ("JPEG 2000, bare", [0xFF, 0x4F, 0xFF, 0x51]),
        ("HEIC", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8]),
        ("HEIF sequence", [0, 0, 0, 24, .. "ftypmsf1"u8, 0, 0, 0, 0, .. "msf1hevc"u8]),
        ("MP4", [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isommp41"u8]),
        ("WAVE", [.. "RIFF"u8, 0, 16, 0, 0, .. "WAVEfmt "u8]),
        ("AVI", [.. "RIFF"u8, 0, 16, 0, 0, .. "AVI LIST"u8]),
        ("Canon raw", "FUJIFILMCCD-RAW "u8.ToArray()),
        ("TIFF of 64 bits", [.. "II"u8, 43, 0, 8, 0, 0, 0]),
        ("QOI", "qoif\0\0\0@\0\0\0@"u8.ToArray()),
        ("farbfeld", "farbfeld\0\0\0@\0\0\0@"u8.ToArray()),
        ("XPM", "/* XPM */\nstatic char *x[] = {\n"u8.ToArray()),
        ("Targa", [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 64, 0, 24, 0]),
        ("Windows metafile", [0xD7, 0xCD, 0xC6, 0x9A, 0, 0]),
        ("Sun raster", [0x59, 0xA6, 0x6A, 0x95, 0, 0, 0, 64]),
        ("SGI", [0x01, 0xDA, 1, 1, 0, 3]),
        ("ZIP", [.. "PK"u8, 3, 4, 20, 0]),
        ("gzip", Gzip(new byte[5000])),
        ("program", [0x7F, .. "ELF"u8, 2, 1, 1, 0]),
        ("WebAssembly", [0, .. "asm"u8, 1, 0, 0, 0]),
        ("Java class", [0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52]),
        ("zeros", new byte[4096]),
        ("one byte", [0x89]),
        ("half a PNG's signature", [0x89, .. "PNG"u8]),
        ("PNG mangled by a text transfer", [0x89, .. "PNG\n"u8, 0x1A, 0x0A]),
        ("AIFF", [.. "FORM"u8, 0, 0, 16, 0, .. "AIFF"u8]),
    ];

    public static IEnumerable<BadInput> All()
    {
        foreach (var (name, start) in Foreign)
        {
            foreach (var path in new[] { "/api/variations", "/api/remove-background" })
                yield return BadInput.File($"{name} at {path}", 415, "unsupported_image", () => start, path);
            // What a loader that looks for its mark behind another's would find.
            yield return BadInput.File($"{name} before a whole PNG", 415, "unsupported_image", () => [.. start, .. WholePictures.Of("PNG")]);
        }
        foreach (var (name, start) in new (string, byte[])[]
        {
            ("PNG", [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A]), ("JPEG", [0xFF, 0xD8, 0xFF, 0xE0]), ("WebP", [.. "RIFF"u8, 0, 16, 0, 0, .. "WEBPVP8 "u8]), ("GIF", "GIF89a"u8.ToArray()),
            ("little-endian TIFF", [.. "II"u8, 42, 0, 8, 0, 0, 0]), ("big-endian TIFF", [.. "MM"u8, 0, 42, 0, 0, 0, 8]), ("AVIF", [0, 0, 0, 24, .. "ftypavif"u8, 0, 0, 0, 0, .. "mif1avif"u8]),
        })
        {
            yield return BadInput.File($"{name} that is a script", 422, "undecodable_image", () => [.. start, .. "/*<script>alert(1)</script>*/=1;"u8, .. new byte[2000]]);
            yield return BadInput.File($"{name} that is an SVG", 422, "undecodable_image", () => [.. start, .. Encoding.UTF8.GetBytes(Svg)]);
            yield return BadInput.File($"{name} that is noise", 422, "undecodable_image", () => [.. start, .. Noise(6000)]);
            yield return BadInput.File($"{name} of its mark alone", 422, "undecodable_image", () => start);
        }
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(5).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
