import { find } from './dom.js';

/** Asks before everything is lost. @returns {Promise<boolean>} */
export function confirmLoss() {
  const dialog = find(document, '[data-confirm]');
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => resolve(dialog.returnValue === 'go'), { once: true }));
}
