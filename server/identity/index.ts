// identity: organizations, who may sign in to them, with which roles, and the tokens of programs.
// A member is somebody's standing in one organization; the sign-in itself (passkey, or password and code) lies in the schema `auth`.
export { addMember } from './add-member.ts';
export { createOrganization, isTimeZone } from './create-organization.ts';
export { memberAdded } from './events.ts';
export { findVisitor } from './find-visitor.ts';
export { disableMember, enableMember } from './members/disable-member.ts';
export { belongsElsewhere, inviteMember, sendInvitation } from './members/invite-member.ts';
export { ownerMembers } from './members/owners.ts';
export { passOnOwnership } from './members/pass-on-ownership.ts';
export { makeSetupLink } from './setup/make-setup-link.ts';
export { createToken, hashSecret } from './tokens/create-token.ts';
