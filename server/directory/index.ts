// directory: a directory or HR system that pushes people and groups in by SCIM 2.0 (/scim/v2). What it wrote is kept as it wrote it, apart from
// the roster, which it fills and changes. Who it takes out is suspended so that it can be taken back, within a brake, and the lead is asked.
export { serveScim } from './http/serve-scim.ts';
