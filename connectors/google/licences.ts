import { ConnectorError, type EntitlementRecord, type Json, pageByCursor, textOf } from '../kit/index.ts';
import { asAdministrator, type GoogleSession, readPage } from './call.ts';
import { scopes } from './scopes.ts';
import { placesOf } from './settings.ts';
import { userFields } from './user.ts';

/** Google cuts longer pages of licences short without saying so. */
const pageSize = 100;

export const productPath = (session: GoogleSession, productId: string): string =>
  `${placesOf(session.settings).licensing}/apps/licensing/v1/product/${encodeURIComponent(productId)}`;

/** Product and SKU of a licence, from its id `product/sku`. Throws ConnectorError `refused` when it is none. */
export function licenceParts(externalId: string): { productId: string; skuId: string } {
  const [productId, skuId, ...rest] = externalId.split('/');
  if (!productId || !skuId || rest.length > 0)
    throw new ConnectorError('refused', `"${externalId}" is no licence of Google. Nothing was sent.`);
  return { productId, skuId };
}

function licenceOf(assignment: Json): EntitlementRecord | null {
  const [productId, skuId] = [textOf(assignment.productId), textOf(assignment.skuId)];
  if (productId === null || skuId === null) return null;
  return { externalId: `${productId}/${skuId}`, kind: 'licence', name: textOf(assignment.skuName) ?? `${productId} ${skuId}` };
}

/** Every licence that somebody holds, with the address of who holds it, page by page. */
export async function* licencePages(session: GoogleSession): AsyncGenerator<{ licence: EntitlementRecord; address: string }[]> {
  const customerId = await customerIdOf(session);
  const known = new Map<string, EntitlementRecord>();
  for (const productId of session.settings.products) {
    const options = asAdministrator(scopes.licences, { query: { customerId, maxResults: pageSize } });
    const read = (token: string | null) => readPage(session, `${productPath(session, productId)}/users`, 'items', options, token);
    try {
      for await (const { records } of pageByCursor(read)) {
        yield records.flatMap((assignment) => {
          const found = licenceOf(assignment);
          const address = textOf(assignment.userId);
          if (found === null || address === null) return [];
          const licence = known.get(found.externalId) ?? found;
          known.set(licence.externalId, licence);
          return [{ licence, address }];
        });
      }
    } catch (error) {
      if (!isNoSuchProduct(error)) throw error;
    }
  }
}

/** Google does not know the product, or the company has none of it: nobody holds a licence of it. */
const isNoSuchProduct = (error: unknown): boolean =>
  error instanceof ConnectorError && (error.status === 404 || (error.status === 400 && /product ?id/i.test(error.detail ?? '')));

/** The licences that anybody holds, each once; looked for once in a session. */
export const licencesInUse = (session: GoogleSession): Promise<EntitlementRecord[]> =>
  session.remember('licences in use', async () => {
    const found = new Map<string, EntitlementRecord>();
    for await (const page of licencePages(session)) for (const { licence } of page) found.set(licence.externalId, licence);
    return [...found.values()];
  });

/** The company's own customer id, which the licence interface wants instead of `my_customer`. */
export const customerIdOf = (session: GoogleSession): Promise<string> =>
  session.remember('customer id', async () => {
    const { administrator, customer } = session.settings;
    if (customer !== 'my_customer') return customer;
    const options = asAdministrator(scopes.users, { query: { fields: userFields } });
    const user = (await session.http.get(`admin/directory/v1/users/${encodeURIComponent(administrator)}`, options)).json() as Json;
    const id = textOf(user.customerId);
    if (id === null)
      throw new ConnectorError('settings', 'Google does not say which customer the administrator belongs to. Enter the customer ID.');
    return id;
  });
