/** Elements that run, load, embed or ask for something, or that mean nothing without their style. */
const DROPPED =
  'script,style,link,meta,base,title,template,noscript,iframe,frame,frameset,object,embed,applet,portal,audio,video,source,track,canvas,svg,math,input,button,select,textarea,dialog';

/** Attributes that say something about the text; all others go, and with them every address, style and handler. */
const KEPT = ['alt', 'title', 'dir', 'lang', 'colspan', 'rowspan', 'start', 'border', 'cellpadding', 'align', 'valign'];

/** Says the same as the sandbox and the window's own policy, inside the document too. */
const POLICY = "default-src 'none'; form-action 'none'; base-uri 'none'";

/** Trusted Types, which TypeScript's library does not know yet and not every browser has. */
const platform = globalThis as {
  trustedTypes?: { createPolicy(name: string, rules: { createHTML(html: string): string }): TrustedPolicy };
};

interface TrustedPolicy {
  createHTML(html: string): unknown;
}

/** The one policy that this window may make (shared/csp.ts): what comes out of it goes into a sandbox only. */
const trusted = platform.trustedTypes?.createPolicy('message-frame', { createHTML: (html) => html });

/**
 * The document of a message for a sandboxed frame. The frame runs and loads nothing; beyond that everything that would
 * try to is taken out, so that what is left is text and its structure. Links and images become what they say.
 * @param html As the sender wrote it.
 */
export function messageDocument(html: string, words: { image: string; language: string }): string {
  // What stands in a template is inert: nothing in it runs or loads, and it belongs to no page.
  const template = document.createElement('template');
  template.innerHTML = safe(html);
  const parsed = template.content;
  for (const element of parsed.querySelectorAll(DROPPED)) element.remove();
  for (const image of parsed.querySelectorAll('img')) {
    image.replaceWith(`[${image.getAttribute('alt')?.trim() || words.image}]`);
  }
  for (const element of parsed.querySelectorAll('*')) cleanAttributes(element);
  const page = document.implementation.createHTMLDocument('');
  page.documentElement.lang = words.language;
  const policy = page.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = POLICY;
  page.head.prepend(policy);
  page.body.append(parsed);
  return `<!doctype html>${page.documentElement.outerHTML}`;
}

/** Puts a document into a frame; only this module can, as the window trusts no other HTML. */
export function showDocument(frame: HTMLIFrameElement, html: string): void {
  frame.srcdoc = safe(html);
}

function cleanAttributes(element: Element): void {
  const address = element.getAttribute('href');
  for (const { name } of [...element.attributes]) if (!KEPT.includes(name)) element.removeAttribute(name);
  // Where a link leads can be read, and not followed.
  if (address) element.setAttribute('title', address.slice(0, 500));
}

function safe(html: string): string {
  // A TrustedHTML stands where the platform takes a string.
  return (trusted ? trusted.createHTML(html) : html) as string;
}
