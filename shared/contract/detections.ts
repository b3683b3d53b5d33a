import * as z from 'zod/mini';
import { detectEvent, detection } from '../detect.ts';
import { portField } from '../host.ts';
import { LIMITS } from '../limits.ts';
import { line, multiline } from '../text.ts';

/** Finding the settings of a server that one knows only the address or domain of. */
export const detectionRequests = {
  /** Asks DNS and tries servers; nothing happens on the network before. No user name and no password is sent. */
  'detections.run': {
    input: z.strictObject({
      /** A mail address, a domain, or a host. */
      about: line(),
      /** Null takes the usual ones. */
      ports: z.nullable(z.array(portField).check(z.minLength(1), z.maxLength(LIMITS.matrixPorts))),
      /** Private CA certificates to trust as well; '' for none. */
      caPem: multiline(LIMITS.pem),
    }),
    output: detection,
    event: detectEvent,
  },
} as const;
