namespace Ivg.Api.Pages;

/// <summary>Every error code of the service in plain words. Rendered into the page, where the scripts pick what they show.</summary>
/// <param name="Title">What happened.</param>
/// <param name="Advice">What to do now.</param>
/// <param name="Face">How it looks: <c>ask</c> (the person changes something), <c>wait</c>, <c>refused</c>, <c>gone</c>, <c>down</c> (somebody is out of reach), <c>sorry</c>.</param>
internal sealed record ErrorWords(string Title, string Advice, string Face = "sorry")
{
    private const string Again = "Please try again in a moment.";
    private const string Reload = "Load the page again.";
    private const string Ask = "Ask the people who run this service.";

    /// <summary>Codes that the page alone has: no answer at all, and a form that was not this page's any more.</summary>
    public static IReadOnlyList<string> OfPage { get; } = ["offline", "stale_form"];

    /// <summary>By code.</summary>
    public static IReadOnlyDictionary<string, ErrorWords> ByCode { get; } = new Dictionary<string, ErrorWords>
    {
        ["offline"] = new("No connection to the service.", "Check your connection, then press the button again. Nothing is done twice.", "down"),
        ["stale_form"] = new("This form was open for too long, or in another browser.", "Choose the picture again if there was one, and press the button once more. What you typed is still here.", "ask"),
        ["invalid_request"] = new("Something in the form was not understood.", "Check the choices under “More”, then try again.", "ask"),
        ["invalid_user_id"] = new("The service does not know who is asking.", Reload),
        ["source_required"] = new("There is no picture yet.", "Choose, drop or paste one first.", "ask"),
        ["source_ambiguous"] = new("More than one picture came at once.", "Choose the picture again.", "ask"),
        ["invalid_cursor"] = new("This list has moved on.", Reload, "gone"),
        ["unknown_model"] = new("This way of removing backgrounds is not offered here.", Reload),
        ["invalid_callback_url"] = new("The address to report to cannot be used.", Reload),
        ["platform_key_required"] = new("This request needs a key.", Ask, "refused"),
        ["invalid_platform_key"] = new("The key is not valid.", Ask, "refused"),
        ["cross_site"] = new("The request did not seem to come from this page.", Reload, "refused"),
        ["not_found"] = new("That is no longer there.", Reload, "gone"),
        ["image_not_found"] = new("That picture is no longer there.", "Choose another one.", "gone"),
        ["style_not_found"] = new("That style is no longer offered.", "Choose another one.", "ask"),
        ["job_not_found"] = new("This work is no longer there.", "Start it again if you still need it.", "gone"),
        ["idempotency_mismatch"] = new("This was already sent with other choices.", "Press the button once more to send it as it is now.", "ask"),
        ["job_finished"] = new("It was finished already.", "There is nothing left to cancel.", "gone"),
        ["image_too_large"] = new("This file is too large.", "Make it smaller, or save it as a JPEG, and try again.", "ask"),
        ["unsupported_image"] = new("This file is not a picture we can read.", "Use a PNG, JPEG, WebP, GIF, TIFF or AVIF file. Photos from a phone (HEIC) can be saved as JPEG first.", "ask"),
        ["undecodable_image"] = new("This picture is damaged.", "Open it, save it again, and use the new file.", "ask"),
        ["too_many_pixels"] = new("This picture has too many pixels.", "Scale it down, to 6,000 pixels a side for example.", "ask"),
        ["image_too_small"] = new("This picture is too small.", "Use one with at least 16 pixels on each side.", "ask"),
        ["image_expired"] = new("This picture was kept for a while and has been removed since.", "Use the original file instead.", "gone"),
        ["queue_full"] = new("You have a lot in the making already.", "Wait until something is ready, or cancel something.", "wait"),
        ["rate_limited"] = new("That was a lot at once.", "Take a short break, then try again.", "wait"),
        ["unavailable"] = new("The service is resting for a moment.", Again, "down"),
        ["provider_unavailable"] = new("The picture model cannot be reached right now.", Again, "down"),
        ["provider_rate_limited"] = new("The picture model has too much to do right now.", "Try again in a few minutes.", "wait"),
        ["provider_timeout"] = new("The picture model took too long.", "Try again, perhaps with a smaller picture or with “Fast”.", "wait"),
        ["provider_auth"] = new("The picture model does not accept this service’s key.", "Your picture is fine. Please tell the people who run this.", "down"),
        ["provider_rejected"] = new("The picture model cannot use this picture or wish.", "Try another picture, or say it in other words.", "ask"),
        ["content_blocked"] = new("The picture model refused this for safety.", "Say it in other words, or use another picture.", "refused"),
        ["no_image_returned"] = new("The picture model answered without a picture.", "Try again, or say in more detail what you would like to see.", "ask"),
        ["circuit_open"] = new("The picture model has had trouble and gets a short rest.", "Try again in a minute.", "wait"),
        ["model_unavailable"] = new("The tool that removes backgrounds is not ready yet.", "Try again in a few minutes.", "wait"),
        ["source_missing"] = new("The original picture has been removed.", "Choose it again and start over.", "gone"),
        ["worker_lost"] = new("The work was interrupted several times.", "Try again. If it keeps happening, use a smaller picture."),
        ["internal"] = new("Something went wrong on our side.", Again),
    };

    /// <summary>A code's words; of one that is not known, those of something that went wrong.</summary>
    public static ErrorWords Of(string code) => ByCode.GetValueOrDefault(code, ByCode["internal"]);
}
