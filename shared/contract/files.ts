import * as z from 'zod/mini';
import { line } from '../text.ts';
import { uuid } from './parts.ts';

const fileToken = z.strictObject({ token: uuid, name: z.string(), bytes: z.int() });

/** Files that the user chooses; their paths stay on the privileged side. */
export const fileRequests = {
  /** Lets the user choose a file to read (dialog), or takes a typed path where there is no dialog. */
  'files.open': {
    input: z.strictObject({
      purpose: z.enum(['import', 'merge', 'certificate', 'report']),
      path: z.nullable(line(4_096)),
    }),
    output: z.nullable(fileToken),
  },
  /** Lets the user choose where to write. */
  'files.save': {
    input: z.strictObject({ suggestedName: line(200), path: z.nullable(line(4_096)) }),
    output: z.nullable(z.strictObject({ token: uuid, name: z.string(), exists: z.boolean() })),
  },
  /**
   * Lets the user choose a folder to read or to write into. A typed one to write into need not be there yet, only what is
   * above it.
   */
  'files.folder': {
    input: z.strictObject({ purpose: z.enum(['import', 'export']), path: z.nullable(line(4_096)) }),
    output: z.nullable(
      z.strictObject({
        token: uuid,
        name: z.string(),
        /** Files and folders in it, hidden ones too. */
        entries: z.int(),
      }),
    ),
  },
  /** Reads a PEM file of certificates; a private key in it is refused. */
  'files.readCertificates': { input: z.strictObject({ token: uuid }), output: z.strictObject({ pem: z.string() }) },
} as const;
