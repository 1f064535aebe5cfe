import saxes from 'saxes';

/** An element as it stands: its local name, namespace, attributes by local name (those of no namespace), and its text where it holds no element. */
export type Element = { name: string; uri: string; attributes: Map<string, string>; children: Element[]; text: string };

const mostCharacters = 500_000;
const mostElements = 5_000;
const mostDepth = 40;

/**
 * Reads XML strictly and within bounds. Refused are a document type (and with it every entity of its own), processing instructions, CDATA and, unless
 * told otherwise, comments: each has been used to let two readers of one signed text see different things. Throws an Error that is for the log.
 */
export function parseXml(text: string, { withComments = false } = {}): Element {
  if (text.length > mostCharacters) throw new Error('The XML is too long.');
  const parser = new saxes.SaxesParser({ xmlns: true, position: false });
  const open: Element[] = [];
  let root: Element | null = null;
  let count = 0;
  const refuse = (what: string) => () => {
    throw new Error(`The XML holds ${what}.`);
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', refuse('a document type'));
  parser.on('processinginstruction', refuse('a processing instruction'));
  parser.on('cdata', refuse('CDATA'));
  if (!withComments) parser.on('comment', refuse('a comment'));
  parser.on('opentag', (tag) => {
    count += 1;
    if (count > mostElements || open.length >= mostDepth) throw new Error('The XML is too large or too deep.');
    const attributes = new Map<string, string>();
    for (const { local, uri, value } of Object.values(tag.attributes as Record<string, { local: string; uri: string; value: string }>)) {
      if (uri === '') attributes.set(local, value);
      else if (local.toLowerCase() === 'id') throw new Error('The XML holds an id in a namespace.');
    }
    const element: Element = { name: tag.local ?? tag.name, uri: tag.uri ?? '', attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', (part) => {
    const inside = open.at(-1);
    if (inside) inside.text += part;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  if (!root) throw new Error('There is no XML.');
  return root;
}

/** The children of that name and namespace. */
export const childrenOf = (element: Element, uri: string, name: string): Element[] =>
  element.children.filter((child) => child.uri === uri && child.name === name);

/** The element and everything in it. */
export function* everyElement(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) yield* everyElement(child);
}

export const samlNames = {
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
};
