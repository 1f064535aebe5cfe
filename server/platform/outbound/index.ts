/**
 * The only way out over the network. `createOutbound` once per process, `forHosts` once per connection, `fetch` per call.
 * The operator decides which private addresses may be reached; a connection decides only which of its own hosts are pinned.
 */
export { type CertificateFacts, dayInWords } from './certificate.ts';
export {
  createOutbound,
  type Inspection,
  type Outbound,
  type OutboundRequest,
  type OutboundResponse,
  type PinnedOutbound,
} from './create-outbound.ts';
export type { Dialled } from './dial.ts';
export { OutboundError, type OutboundErrorKind } from './outbound-error.ts';
export type { JsonLimits } from './parse-json.ts';
