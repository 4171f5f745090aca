import { make } from './dom.js';

/** @import { ApiError } from './api.js' */
/** @import { JobError } from './types' */

const again = 'Please try again in a moment.';
const reload = 'Load the page again.';
const ask = 'Ask the people who run this service.';

/** Every code of the service in plain words: what happened, and what to do now. @type {Record<string, [string, string]>} */
const words = {
  offline: ['No connection to the service.', 'Check your connection, then press the button again. Nothing is done twice.'],
  invalid_request: ['Something in the form was not understood.', 'Check the choices under “More”, then try again.'],
  invalid_user_id: ['The service does not know who is asking.', reload],
  source_required: ['There is no picture yet.', 'Choose, drop or paste one first.'],
  source_ambiguous: ['More than one picture came at once.', 'Choose the picture again.'],
  invalid_cursor: ['This list has moved on.', reload],
  unknown_model: ['This way of removing backgrounds is not offered here.', reload],
  invalid_callback_url: ['The address to report to cannot be used.', reload],
  platform_key_required: ['This request needs a key.', ask],
  invalid_platform_key: ['The key is not valid.', ask],
  cross_site: ['The request did not seem to come from this page.', reload],
  not_found: ['That is no longer there.', reload],
  image_not_found: ['That picture is no longer there.', 'Choose another one.'],
  style_not_found: ['That style is no longer offered.', 'Choose another one.'],
  job_not_found: ['This work is no longer there.', 'Start it again if you still need it.'],
  idempotency_mismatch: ['This was already sent with other choices.', 'Press the button once more to send it as it is now.'],
  job_finished: ['It was finished already.', 'There is nothing left to cancel.'],
  image_too_large: ['This file is too large.', 'Make it smaller, or save it as a JPEG, and try again.'],
  unsupported_image: ['This file is not a picture we can read.', 'Use a PNG, JPEG or WebP file, for example.'],
  undecodable_image: ['This picture is damaged.', 'Open it, save it again, and use the new file.'],
  too_many_pixels: ['This picture has too many pixels.', 'Scale it down, to 6,000 pixels a side for example.'],
  image_too_small: ['This picture is too small.', 'Use one with at least 16 pixels on each side.'],
  image_expired: ['This picture was kept for a while and has been removed since.', 'Use the original file instead.'],
  queue_full: ['You have a lot in the making already.', 'Wait until something is ready, or cancel something.'],
  rate_limited: ['That was a lot at once.', 'Take a short break, then try again.'],
  unavailable: ['The service is resting for a moment.', again],
  provider_unavailable: ['The picture model cannot be reached right now.', again],
  provider_rate_limited: ['The picture model has too much to do right now.', 'Try again in a few minutes.'],
  provider_timeout: ['The picture model took too long.', 'Try again, perhaps with a smaller picture or with “Fast”.'],
  provider_auth: ['The picture model does not accept this service’s key.', 'Your picture is fine. Please tell the people who run this.'],
  provider_rejected: ['The picture model cannot use this picture or wish.', 'Try another picture, or say it in other words.'],
  content_blocked: ['The picture model refused this for safety.', 'Say it in other words, or use another picture.'],
  no_image_returned: ['The picture model answered without a picture.', 'Try again, or say in more detail what you would like to see.'],
  circuit_open: ['The picture model has had trouble and gets a short rest.', 'Try again in a minute.'],
  model_unavailable: ['The tool that removes backgrounds is not ready yet.', 'Try again in a few minutes.'],
  source_missing: ['The original picture has been removed.', 'Choose it again and start over.'],
  worker_lost: ['The work was interrupted several times.', 'Try again. If it keeps happening, use a smaller picture.'],
  internal: ['Something went wrong on our side.', again],
};

/** @param {number} seconds */
const wait = seconds => seconds < 90 ? `about ${Math.ceil(seconds)} seconds` : `about ${Math.ceil(seconds / 60)} minutes`;

/**
 * Shows an error in its place.
 * @param {HTMLElement} place
 * @param {ApiError | JobError | Error} error
 * @param {string} [name] of the picture it is about
 */
export function showError(place, error, name) {
  const code = 'code' in error && error.code in words ? error.code : 'internal';
  const [title, advice] = words[code];
  const later = 'retryAfter' in error && error.retryAfter ? ` It should work in ${wait(error.retryAfter)}.` : '';
  place.append(make('p', '', make('strong', name ? `${name}: ${title}` : title), ` ${advice}${later}`));
  if (code === 'internal' && 'requestId' in error) place.append(make('small', `For whoever looks into it: ${error.requestId}`));
  place.hidden = false;
}
