import { expect, it } from 'vitest';
import { RULES } from '../../../../engine/smtp/diagnosis/index.ts';
import { diagnosesPage } from './page.ts';

const RENEW = 'docs/diagnoses.md is stale: npx vitest run --project unit test/engine/smtp/diagnosis/page.test.ts -u';

it('docs/diagnoses.md says what the rules say', async () => {
  await expect(diagnosesPage(RULES), RENEW).toMatchFileSnapshot('../../../../docs/diagnoses.md');
});
