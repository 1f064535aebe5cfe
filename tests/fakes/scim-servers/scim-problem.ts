/** An error as SCIM answers it (RFC 7644, section 3.12). */
export class ScimProblem extends Error {
  readonly status: number;
  readonly scimType: string | undefined;

  constructor(status: number, detail: string, scimType?: string) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}
