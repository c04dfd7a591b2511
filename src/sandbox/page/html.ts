import { html } from 'hono/html';

/** A piece of the page; texts in it are escaped. */
export type Html = ReturnType<typeof html>;

/** Characters that nobody sees and that change the order of writing; line breaks and tabs are none of them. */
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text with every character escaped that is not seen as it is. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A region that scrolls sideways where its table is wider than the window; with the keyboard too. */
export function scrolling(label: string, content: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${content}</div>`;
}
