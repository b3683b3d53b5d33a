import type { RequestInput } from '../../shared/contract.ts';
import { appErrorOf } from '../../shared/errors.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { CLEAR_AFTER_SECONDS, type SecretClipboard } from '../clipboard/secret-clipboard.ts';
import type { HandlerGroup } from '../dispatch.ts';
import type { FormSheet } from '../targets/entry-sheet.ts';
import type { TransferContext } from './exports.ts';
import { type ResolvedSubject, resolveSubject } from './subject.ts';

/** A sheet with the way to the secrets that belong into it. */
interface PreparedSheet {
  sheet: FormSheet;
  subject: ResolvedSubject;
}

/** Requests about the forms of products, to fill in by hand. */
export function sheetHandlers(context: TransferContext, clipboard: SecretClipboard): HandlerGroup<'sheets'> {
  return {
    'sheets.read': async (input) => {
      const prepared = await prepare(context, input);
      if (!prepared.ok) return prepared;
      const { place, fields } = prepared.value.sheet;
      return ok({
        place,
        fields: fields.map(({ label, enter, secret, isRequired = false, help = '' }) => ({
          label,
          enter,
          isSecret: secret !== undefined,
          isRequired,
          help,
        })),
      });
    },
    'sheets.copy': async ({ field: index, ...input }) => {
      const prepared = await prepare(context, input);
      if (!prepared.ok) return prepared;
      const { sheet, subject } = prepared.value;
      const field = sheet.fields[index];
      if (!field) return fail(appErrorOf('NOT_FOUND', { what: 'field', name: String(index + 1) }));
      if (field.secret === undefined) {
        if (field.enter === '') return nothingToCopy(field.label);
        const copied = await clipboard.copy(field.enter);
        return copied.ok ? ok({ label: field.label, clearsAfterSeconds: null }) : copied;
      }
      const secrets = await subject.secrets([field.secret]);
      if (!secrets.ok) return secrets;
      const copied = await clipboard.copySecret(secrets.value[field.secret] ?? '');
      return copied.ok ? ok({ label: field.label, clearsAfterSeconds: CLEAR_AFTER_SECONDS }) : copied;
    },
  };
}

async function prepare(
  { library, imports }: TransferContext,
  { subject, target }: RequestInput<'sheets.read'>,
): Promise<Result<PreparedSheet>> {
  const resolved = await resolveSubject(subject, library, imports);
  if (!resolved.ok) return resolved;
  const { sheetFor } = await import('../targets/export.ts');
  const sheet = sheetFor(resolved.value.settings, target);
  return sheet.ok ? ok({ sheet: sheet.value, subject: resolved.value }) : sheet;
}

function nothingToCopy(label: string): Result<never> {
  return fail(appErrorOf('NOT_AVAILABLE', { what: `A value for ${label}`, instead: 'Leave this field empty.' }));
}
