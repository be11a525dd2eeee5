/*
 * The preview of an HTML body. What keeps it harmless is the frame, not this file: `sandbox=""` runs no script and no
 * form, the frame inherits the page's policy and adds its own, so that nothing can be loaded. Two things policies do not
 * cover, early connections (`<link rel=preconnect>`) and links that lead the frame away, are taken out here, together
 * with what could not work anyway.
 */

const POLICY = `default-src 'none'; style-src 'unsafe-inline'; img-src data:`;
const removed = 'script, link, base, meta[http-equiv], iframe, frame, object, embed, portal, template';
const removedAttributes = /^(?:on.*|ping|action|formaction|srcset|target)$/i;
const references = /^(?:(?:xlink:)?href|src|poster|background|data)$/i;

/**
 * The text for a frame's `srcdoc`. Takes HTML as a server sent it, and the page's nonce, without which the inherited
 * policy would refuse the document's own style sheets.
 */
export function previewDocument(html: string, nonce: string): string {
  // A parsed document that belongs to no window: nothing of it is run or loaded. Style sheets get the nonce beforehand,
  // because the policy looks at them while they are parsed; of two attributes of one name the first counts.
  const parsed = new DOMParser().parseFromString(html.replace(/<style\b/gi, `<style nonce="${nonce}"`), 'text/html');
  for (const element of parsed.querySelectorAll(removed)) element.remove();
  for (const element of parsed.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) {
      if (removedAttributes.test(name) || (references.test(name) && !isHarmless(element, name))) {
        element.removeAttribute(name);
      }
    }
    // A picture that is left out shows its words instead.
    if (element.localName === 'img' && !element.hasAttribute('src')) element.setAttribute('src', 'data:,');
  }
  const policy = parsed.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = POLICY;
  parsed.head.prepend(policy);
  return `<!DOCTYPE html>${parsed.documentElement.outerHTML}`;
}

/** A picture that is part of the page, or a part of a drawing that refers to another (`<use href="#icon">`). */
function isHarmless(element: Element, name: string): boolean {
  const value = (element.getAttribute(name) ?? '').trim();
  if (/href$/i.test(name) && value.startsWith('#')) return element.localName !== 'a' && element.localName !== 'area';
  return /^data:image\//i.test(value);
}
