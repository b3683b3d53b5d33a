/**
 * Every size cap in one place. Input from outside (files, servers, the window, the terminal) is cut or refused here,
 * never "somewhere deeper".
 */
export const LIMITS = {
  /** Characters of a one-line text field (names, hosts, addresses). */
  textLine: 320,
  /** Characters of a profile's name. */
  profileName: 120,
  /** Characters of the free notes of a profile. */
  notes: 4_000,
  /** Characters of a PEM text (a CA bundle can hold many certificates). */
  pem: 262_144,
  /** UTF-8 bytes of one secret; keychains of every system take this much (chunked on Windows). */
  secretBytes: 49_152,
  /** Organisations a profile is for, addresses in cc or bcc, relay domains. */
  listItems: 50,
  /** Custom headers of a profile. */
  headers: 50,
  /** Characters of one custom header value (RFC 5322 2.1.1 allows 998 a line). */
  headerValue: 998,
  /** Characters of a value that is still to be corrected in a form, as far as it is kept over a crash. */
  draftText: 20_000,
  /** Bytes of one kept draft; as much as one request of the window holds. */
  draftBytes: 1_048_576,
  /** Drafts kept at once; the oldest goes first. */
  drafts: 50,
  /** Profiles in one library. */
  profiles: 20_000,
  /** Profiles that can be pinned. */
  pinned: 100,
  /** Bytes of a file that is imported or merged into. */
  importBytes: 32 * 1024 * 1024,
  /** Characters of text pasted for import. */
  pasteChars: 1_048_576,
  /** Bytes of an archive that is imported, and of files that are dropped on the window at once. */
  archiveBytes: 64 * 1024 * 1024,
  droppedBytes: 16 * 1024 * 1024,
  /** Files of an imported folder or archive, their bytes all together (unpacked), and the profiles in them. */
  setFiles: 2_000,
  setBytes: 128 * 1024 * 1024,
  setProfiles: 1_000,
  /** Profiles, and files, of one export into a folder. */
  exportSetProfiles: 5_000,
  exportSetFiles: 5_000,
  /** Bytes of a bundle, and profiles in one. */
  bundleBytes: 32 * 1024 * 1024,
  bundleProfiles: 5_000,
  /** Characters of an error text to explain. */
  explainChars: 65_536,
  /** Bytes of one SMTP reply, all lines together (RFC 5321 4.5.3.1.5 allows 512 octets a line). */
  replyBytes: 65_536,
  /** Ports that one matrix tries. */
  matrixPorts: 10,
  /** Characters of the text or the HTML of a practice message that are shown. */
  messageText: 262_144,
  /** Characters of one of its headers. */
  messageHeader: 2_000,
  /** Headers of it, and attachments. */
  messageParts: 200,
  /** Lines kept of one transcript. */
  transcriptLines: 1_000,
  /** Bytes of a report that is read from a file. */
  reportBytes: 8 * 1024 * 1024,
  /** Runs kept of one profile. */
  historyRuns: 20,
  /** Bytes kept of one profile's runs. */
  historyBytes: 262_144,
  /** Characters kept of one transcript line. */
  transcriptLine: 1_024,
} as const;
