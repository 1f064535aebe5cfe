import type { Exchange } from '../../fakes/vendors/start-fake.ts';
import { type Operation, operationOf } from './operation.ts';

/**
 * Holds what went over the wire against a vendor's description: that there is such an operation, which query it takes, the body that we sent, and
 * what the fake answered. `below`: what stands before the paths of the description in the fake's address. Each fault once.
 */
export function judgeExchanges(
  operations: Operation[],
  exchanges: Exchange[],
  options: { below: string; undescribed: string[] },
): string[] {
  const faults = new Set<string>();
  for (const exchange of exchanges) {
    if (options.undescribed.some((path) => exchange.path.startsWith(path) || exchange.route?.startsWith(path))) continue;
    const where = `${exchange.method} ${exchange.route ?? exchange.path}`;
    const path = exchange.path.startsWith(options.below) ? exchange.path.slice(options.below.length) : exchange.path;
    const operation = operationOf(operations, exchange.method, path);
    if (!operation) {
      faults.add(`${where}: the description knows no such operation`);
      continue;
    }
    for (const fault of faultsOf(operation, exchange)) faults.add(`${where} ${fault}`);
  }
  return [...faults];
}

function faultsOf(operation: Operation, exchange: Exchange): string[] {
  const faults: string[] = [];
  for (const name of Object.keys(exchange.query))
    if (!operation.query.has(name)) faults.push(`query: ${name} is no parameter that the description knows`);
  for (const [name, { required }] of operation.query) if (required && !(name in exchange.query)) faults.push(`query: ${name} is missing`);
  const sent = exchange.requestBody;
  if (operation.request && sent !== null) faults.push(...operation.request(sent).map((fault) => `request: ${fault}`));
  if (operation.requestRequired && sent === null) faults.push('request: a body is needed');
  if (exchange.status < 300) {
    const judge = operation.response(exchange.status);
    if (judge === undefined) faults.push(`answer: the description knows no ${exchange.status}`);
    else if (judge && exchange.responseBody !== null)
      faults.push(...judge(exchange.responseBody).map((fault) => `answer ${exchange.status}: ${fault}`));
  }
  return faults.map((fault) => fault.replaceAll(/\/\d+(?=\/|\s)/g, '/n'));
}
