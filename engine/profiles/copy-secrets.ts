import type { SecretChange } from '../../shared/contract.ts';
import type { Destination, SecretKind } from '../../shared/secrets.ts';
import type { SecretVault } from '../secrets/vault.ts';
import type { Entry } from './document.ts';

/** The secrets of an entry for its copy, and the server that each is for. */
export interface SecretsToCopy {
  changes: SecretChange[];
  boundTo: Partial<Record<SecretKind, Destination>>;
}

/** The readable secrets of an entry as changes that set them on a copy, each bound to what it was bound to. */
export async function secretsToCopy({ secrets }: Entry, vault: SecretVault): Promise<SecretsToCopy> {
  const changes: SecretChange[] = [];
  const boundTo: Partial<Record<SecretKind, Destination>> = {};
  for (const [kind, record] of Object.entries(secrets) as [SecretKind, Entry['secrets'][SecretKind]][]) {
    if (!record) continue;
    boundTo[kind] = record.destination;
    if (record.storage === 'ask') changes.push({ action: 'ask', kind });
    else {
      const read = await vault.get(record.ref, record.storage, kind);
      if (read.ok && read.value !== null) {
        changes.push({ action: 'set', kind, value: read.value, storage: record.storage });
      }
    }
  }
  return { changes, boundTo };
}
