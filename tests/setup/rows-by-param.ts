import type { Context } from '../../server/platform/context.ts';
import { sql } from '../../server/platform/database.ts';

/** Inserts one row into a table of the context's organization, columns as in the schema. Returns its id where it has one. */
async function insert(ctx: Context, table: string, row: Record<string, unknown>): Promise<string> {
  const all: Record<string, unknown> = { organization_id: ctx.organizationId, ...row };
  const { rows } = await sql<{ row: { id?: string } }>`
    insert into ${sql.table(table)} as t (${sql.join(Object.keys(all).map((name) => sql.ref(name)))})
    values (${sql.join(Object.values(all))}) returning to_jsonb(t) as row`.execute(ctx.db);
  return rows[0]!.row.id ?? '';
}

/**
 * One row of every kind that a route's path can name, in the context's organization, by the parameter's name. A route with a new kind of
 * parameter adds its line here, so that the tests over all routes can try it from another organization.
 */
export async function rowsByParam(ctx: Context): Promise<Record<string, string>> {
  const at = ctx.now.toString();
  const soon = ctx.now.add({ hours: 24 }).toString();
  const memberId = await insert(ctx, 'identity_members', {
    name: 'Zoe Other',
    address: 'zoe@other.example',
    roles: ['owner'],
    created_at: at,
  });
  const tokenId = await insert(ctx, 'identity_tokens', {
    member_id: memberId,
    name: 'other',
    scopes: ['*'],
    hash: Buffer.from(crypto.randomUUID()),
    created_at: at,
    expires_at: soon,
  });
  await insert(ctx, 'identity_invitations', {
    member_id: memberId,
    hash: Buffer.from(crypto.randomUUID()),
    created_at: at,
    expires_at: soon,
  });
  const departmentId = await insert(ctx, 'people_departments', { name: 'Other department' });
  const locationId = await insert(ctx, 'people_locations', { name: 'Other place', time_zone: 'Europe/Berlin' });
  const personId = await insert(ctx, 'people_people', {
    given_name: 'Yara',
    family_name: 'Other',
    work_address: 'yara@other.example',
    department_id: departmentId,
    location_id: locationId,
    created_at: at,
  });
  const employmentId = await insert(ctx, 'people_employments', { person_id: personId, created_at: at });
  const concealmentId = await insert(ctx, 'people_concealments', { person_id: personId, told_at: soon, created_at: at });
  const importId = await insert(ctx, 'people_imports', {
    file_name: 'other.csv',
    file_hash: Buffer.from('other'),
    headings: ['Name'],
    mapping: '{}',
    status: 'preview',
    created_at: at,
  });
  await insert(ctx, 'people_import_rows', { import_id: importId, row_number: 2, change: 'new' });
  const taskId = await insert(ctx, 'tasks_tasks', {
    kind: 'task',
    title: 'Other task',
    about_kind: 'other',
    subject_person_id: personId,
    created_at: at,
  });
  const evidenceId = await insert(ctx, 'tasks_evidence', {
    task_id: taskId,
    file_name: 'other.txt',
    content_type: 'text/plain',
    bytes: Buffer.from('other'),
    attached_by: 'Zoe',
    attached_at: at,
  });
  await insert(ctx, 'tasks_links', {
    person_id: personId,
    task_ids: [taskId],
    hash: Buffer.from(crypto.randomUUID()),
    created_at: at,
    expires_at: soon,
  });
  await insert(ctx, 'tasks_mails', { dedupe_key: 'other', person_id: personId, why: 'new', task_ids: [taskId], created_at: at });
  const appId = await insert(ctx, 'apps_apps', { name: 'Other app', owner_person_id: personId, created_at: at });
  const readingId = await insert(ctx, 'apps_readings', { app_id: appId, source: 'list', label: 'other.csv', as_of: at, created_at: at });
  const accountId = await insert(ctx, 'apps_accounts', {
    app_id: appId,
    external_id: 'other-1',
    status: 'active',
    person_id: personId,
    observed_at: at,
    reading_id: readingId,
    first_seen_at: at,
  });
  const entitlementId = await insert(ctx, 'apps_entitlements', { app_id: appId, kind: 'group', external_id: 'g', name: 'Other group' });
  await insert(ctx, 'apps_grants', { account_id: accountId, entitlement_id: entitlementId, observed_at: at });
  await insert(ctx, 'apps_app_grants', { account_id: accountId, app_id: appId, program: 'p', name: 'Other program', observed_at: at });
  await insert(ctx, 'apps_app_grant_readings', { app_id: appId, as_of: at, complete: true });
  await insert(ctx, 'hygiene_findings', { kind: 'administrator', subject: accountId, app_id: appId, first_seen_at: at });
  await insert(ctx, 'hygiene_exceptions', {
    kind: 'administrator',
    subject: accountId,
    app_id: appId,
    reason: 'Other reason',
    until: soon,
    decided_by: 'Zoe',
    decided_at: at,
  });
  await insert(ctx, 'hygiene_looks', { looked_at: at });
  const connectionId = await insert(ctx, 'connections_connections', { app_id: appId, connector: 'scim', created_at: at });
  await insert(ctx, 'connections_hooks', { connection_id: connectionId, key: `other-${connectionId}`, created_at: at });
  const syncId = await insert(ctx, 'connections_syncs', { app_id: appId, kind: 'list', status: 'preview', created_at: at });
  await insert(ctx, 'connections_sync_records', { sync_id: syncId, number: 2 });
  await insert(ctx, 'connections_simulated', { connection_id: connectionId, external_id: 'other-1', record: '{}' });
  await insert(ctx, 'connections_list_mappings', { app_id: appId, headings: ['Mail'], mapping: '{}', confirmed_at: at });
  const planId = await insert(ctx, 'access_plans', { person_id: personId, purpose: 'leave', status: 'planned', created_at: at });
  const actionId = await insert(ctx, 'access_actions', {
    plan_id: planId,
    person_id: personId,
    app_id: appId,
    account_id: accountId,
    kind: 'suspend',
    due_at: soon,
    status: 'planned',
    created_at: at,
  });
  await insert(ctx, 'access_attempts', { action_id: actionId, kind: 'read', at, words: 'Read' });
  // A leaver's plan is shown with the exit; what is asked for by its id is a plan of rules.
  const rulesPlanId = await insert(ctx, 'access_plans', { purpose: 'gap', status: 'applying', created_at: at });
  const ruleId = await insert(ctx, 'access_rules', {
    name: 'Other rule',
    condition_text: 'true',
    revision: 1,
    created_at: at,
    changed_at: at,
    changed_by: 'Zoe',
  });
  await insert(ctx, 'access_rule_grants', { rule_id: ruleId, app_id: appId });
  await insert(ctx, 'access_rule_versions', {
    rule_id: ruleId,
    version: 1,
    revision: 1,
    name: 'Other rule',
    condition_text: 'true',
    mend: 'shown',
    grants: '[]',
    changed_by: 'Zoe',
    changed_at: at,
  });
  await insert(ctx, 'access_matches', { person_id: personId, rule_id: ruleId, outcome: true });
  await insert(ctx, 'access_evaluated', { person_id: personId, facts_hash: Buffer.from('other'), revision: 1 });
  await insert(ctx, 'access_given', { person_id: personId, app_id: appId, origin: 'rule', rule_id: ruleId, given_at: at });
  await insert(ctx, 'access_decisions', { person_id: personId, app_id: appId, decision: 'keep', decided_by: 'Zoe', decided_at: at });
  await insert(ctx, 'access_retentions', { days: 90, changed_by: 'Zoe', changed_at: at });
  const holdId = await insert(ctx, 'people_legal_holds', { person_id: personId, reason: 'Other', placed_by: 'Zoe', placed_at: at });
  const sourceId = await insert(ctx, 'people_sources', {
    kind: 'folder',
    ref_id: personId,
    name: 'Other',
    rank: 1,
    told_at: at,
    created_at: at,
  });
  await insert(ctx, 'people_field_authorities', { field: 'title', source_id: sourceId });
  await insert(ctx, 'people_told', { source_id: sourceId, person_id: personId, told: '{}', told_at: at });
  await insert(ctx, 'people_field_choices', { person_id: personId, field: 'title', told: '{}', chosen_by: 'Zoe', chosen_at: at });
  await insert(ctx, 'access_openings', { person_id: personId, opens_at: at });
  await insert(ctx, 'access_grace', { person_id: personId, rule_id: ruleId, ceased_at: at, zone: 'Europe/Berlin', facts: ['department'] });
  await insert(ctx, 'access_absences', { person_id: personId, status: 'planned', created_at: at });
  await insert(ctx, 'people_moves', { person_id: personId, at, fields: ['title'], changes: '[]' });
  await insert(ctx, 'access_releases', { source: 'other', person_ids: [personId], reason: 'Other', released_by: 'Zoe', released_at: at });
  const playbookId = await insert(ctx, 'playbooks_playbooks', { name: 'Other playbook', moment: 'leaver', created_at: at });
  const versionId = await insert(ctx, 'playbooks_versions', { playbook_id: playbookId, version: 1, yaml: 'steps: []', created_at: at });
  const runId = await insert(ctx, 'playbooks_runs', {
    version_id: versionId,
    person_id: personId,
    status: 'running',
    zone: 'Europe/Berlin',
    cut_off_at: soon,
    told_at: at,
    plan_id: planId,
    confirmed_by: 'Zoe',
    confirmed_at: at,
  });
  const stepId = await insert(ctx, 'playbooks_steps', {
    run_id: runId,
    key: 'other',
    position: 0,
    kind: 'task',
    title: 'Other',
    definition: '{}',
    status: 'planned',
  });
  await insert(ctx, 'playbooks_data_wishes', { run_id: runId, topic: 'files', choice: 'keep', because: 'Other', decided_at: at });
  const handoverId = await insert(ctx, 'playbooks_handovers', {
    run_id: runId,
    object_kind: 'app',
    object_id: appId,
    label: 'Other app',
    status: 'open',
    created_at: at,
  });
  const proofId = await insert(ctx, 'playbooks_proofs', { run_id: runId, status: 'open' });
  await insert(ctx, 'playbooks_proof_signatures', {
    proof_id: proofId,
    section: 'access',
    signed_by: 'Zoe',
    signed_at: at,
    lines_hash: Buffer.from('x'),
    key_fingerprint: 'x',
  });
  const joiningId = await insert(ctx, 'playbooks_runs', {
    version_id: versionId,
    person_id: personId,
    moment: 'joiner',
    status: 'running',
    zone: 'Europe/Berlin',
    start_on: soon.slice(0, 10),
    starts_at: soon,
    welcome_link_hash: Buffer.from(crypto.randomUUID()),
    confirmed_by: 'Zoe',
    confirmed_at: at,
  });
  const lostDayId = await insert(ctx, 'playbooks_lost_days', {
    run_id: joiningId,
    what: 'Laptop',
    cause: 'device',
    said_by: 'Yara',
    since: at,
  });
  const milestoneId = await insert(ctx, 'playbooks_milestones', { name: 'Other milestone', target_days: 30 });
  await insert(ctx, 'playbooks_milestones_reached', {
    run_id: joiningId,
    milestone_id: milestoneId,
    reached_on: at.slice(0, 10),
    confirmed_by: 'Zoe',
    confirmed_at: at,
  });
  const mailId = await insert(ctx, 'platform_mail', {
    message_id: '<other@other.example>',
    dedupe_key: 'other',
    to_address: 'yara@other.example',
    subject: 'Other',
    body: 'Other',
    created_at: at,
    due_at: soon,
  });
  await insert(ctx, 'people_address_patterns', { pattern: '{given}', domain: 'other.example', changed_at: at });
  await insert(ctx, 'people_used_addresses', { address_hash: Buffer.from(crypto.randomUUID()), used_at: at });
  const viewId = await insert(ctx, 'identity_views', { list: 'people', name: 'Other view', query: '{}', created_at: at });
  await insert(ctx, 'identity_company_sign_in', {
    kind: 'oidc',
    issuer: 'https://id.other.example',
    client_id: 'other',
    domains: [`${crypto.randomUUID()}.example`],
    without_group: 'employee',
    outside_roster: 'refuse',
    session_hours: 24,
    on_since: at,
    changed_at: at,
  });
  await insert(ctx, 'identity_company_identities', {
    member_id: memberId,
    issuer: 'other',
    subject: 'other',
    user_id: 'other',
    created_at: at,
  });
  await insert(ctx, 'identity_round_trips', {
    purpose: 'sign-in',
    found_by: Buffer.from(crypto.randomUUID()),
    browser_hash: Buffer.from('other'),
    next: '/',
    created_at: at,
    expires_at: soon,
  });
  await insert(ctx, 'identity_used_assertions', { assertion_hash: Buffer.from(crypto.randomUUID()), expires_at: soon });
  const directoryConnectionId = await insert(ctx, 'directory_connections', {
    name: 'Other directory',
    system: 'other',
    created_at: at,
    created_by: 'Zoe',
  });
  const directoryTokenId = await insert(ctx, 'directory_tokens', {
    connection_id: directoryConnectionId,
    hash: Buffer.from(crypto.randomUUID()),
    created_at: at,
    created_by: 'Zoe',
  });
  const directoryUserId = await insert(ctx, 'directory_users', {
    id: crypto.randomUUID(),
    connection_id: directoryConnectionId,
    person_id: personId,
    user_name: 'yara@other.example',
    user_name_key: 'yara@other.example',
    resource: '{}',
    created_at: at,
    modified_at: at,
  });
  const directoryGroupId = await insert(ctx, 'directory_groups', {
    id: crypto.randomUUID(),
    connection_id: directoryConnectionId,
    display_name: 'Other group',
    display_name_key: 'other group',
    resource: '{}',
    created_at: at,
    modified_at: at,
  });
  await insert(ctx, 'directory_members', { group_id: directoryGroupId, member_id: directoryUserId, kind: 'User' });
  const suspensionId = await insert(ctx, 'directory_suspensions', {
    connection_id: directoryConnectionId,
    user_id: directoryUserId,
    person_id: personId,
    cause: 'deactivated',
    status: 'open',
    at,
  });
  return {
    directoryConnectionId,
    directoryTokenId,
    directoryUserId,
    directoryGroupId,
    suspensionId,
    viewId,
    memberId,
    tokenId,
    departmentId,
    locationId,
    personId,
    employmentId,
    concealmentId,
    importId,
    taskId,
    evidenceId,
    appId,
    readingId,
    accountId,
    entitlementId,
    connectionId,
    syncId,
    planId: rulesPlanId,
    actionId,
    ruleId,
    playbookId,
    versionId,
    runId,
    stepId,
    handoverId,
    proofId,
    holdId,
    sourceId,
    mailId,
    joiningId,
    lostDayId,
    milestoneId,
    passkeyId: 'of-somebody-else',
  };
}
