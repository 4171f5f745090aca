import { find } from './dom.js';

/**
 * Asks before something is lost.
 * @param {{ title: string, words: string, go: string }} question
 * @returns {Promise<boolean>}
 */
export function confirmLoss({ title, words, go }) {
  const dialog = find(document, '[data-confirm]');
  find(dialog, '[data-title]').textContent = title;
  find(dialog, '[data-words]').textContent = words;
  find(dialog, '[data-go]').textContent = go;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'go'), { once: true }));
}
