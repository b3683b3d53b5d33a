import type { Stage } from '../../../../shared/report.ts';

/** An SMTP reply found in a text. */
export interface FoundReply {
  /** Its lines, each with the code, joined by a line feed. */
  reply: string;
  /** The command that it answered, when the text near it tells. */
  stage: Stage | null;
}

const MAX_REPLIES = 12;
const MAX_LINES = 4_000;
const MAX_LINE = 2_000;
const BEFORE = 300;
const AFTER = 200;

// After a code: a space or hyphen, Python's tuple `(535, b'5.7.8 ...')`, or `535: 5.7.8` of MailKit and `(535): 5.7.8` of
// lettre; then an enhanced code or words.
const REPLY =
  /(?:^|[\s"'([:=>])([45]\d\d)(?:[ -]|, ?b?["']|\)?: (?=[#(]?[245]\.\d))(?= {0,3}(?:([#(]?[245]\.\d{1,3}\.\d{1,3})|[A-Za-z<([#"'*]))/g;
// .NET's SmtpClient keeps the text of a reply and drops its code: "The server response was: 5.7.57 Client not ...".
const CODELESS = /(?:response was|replied|said|error|exception): ([45]\.\d{1,3}\.\d{1,3} [A-Za-z<([#"'][^\n]{0,1000})/i;
const NOT_BEFORE = /(?:\bline|\bport|HTTP\/\d(?:\.\d)?"?|\bpid|\btook|\bafter|\bhttp|\bstatus(?: code)?)[\s:=]{0,3}$/i;
const NOT_AFTER =
  /^ {0,3}(?:ms|bytes?|seconds?|sec|kb|mb|messages?|connections?|times?|internal server error|bad gateway|not found|forbidden|unauthorized|bad request|gateway timeout|method not allowed)\b/i;

const STAGE_WORDS: readonly (readonly [Stage, RegExp])[] = [
  ['greeting', /\bgreeting\b|\bbanner\b/gi],
  ['ehlo', /\b(?:EHLO|HELO)\b/gi],
  ['starttls', /\bSTARTTLS\b/g],
  ['auth', /\bAUTH\b|invalid login|authenticat|\blog ?in\b|password command/gi],
  ['mail', /MAIL FROM|SenderRefused|mail command|SMTPSendFailed/gi],
  ['rcpt', /RCPT TO|RecipientsRefused|recipients? (?:were |was )?(?:refused|rejected)|EENVELOPE|SMTPAddressFailed/gi],
  ['data', /end of DATA|\bDATA\b|SMTPDataError|message failed/g],
];

const AUTH_CODES = new Set(['432', '435', '454', '534', '535', '538']);

/** The refusals (4xx, 5xx) in an error text or a log, in their order; at most twelve. */
export function findReplies(text: string): FoundReply[] {
  const found = new Map<string, FoundReply>();
  let open: { code: string; lines: string[]; key: string } | null = null;
  let offset = 0;
  for (const line of text.split('\n', MAX_LINES)) {
    const hit = replyIn(line.slice(0, MAX_LINE));
    if (hit && open?.code === hit.code) open.lines.push(hit.line);
    else if (hit) open = { code: hit.code, lines: [hit.line], key: String(offset) };
    if (hit && open) {
      if (!found.has(open.key) && found.size >= MAX_REPLIES) break;
      const stage = found.get(open.key)?.stage ?? stageNear(text, offset + hit.index, hit.code);
      found.set(open.key, { reply: open.lines.slice(0, 50).join('\n'), stage });
    }
    if (hit && !hit.goesOn) open = null;
    offset += line.length + 1;
  }
  return found.size > 0 ? [...found.values()] : codeless(text);
}

function codeless(text: string): FoundReply[] {
  const reply = CODELESS.exec(text)?.[1];
  return reply ? [{ reply, stage: null }] : [];
}

interface Hit {
  code: string;
  line: string;
  index: number;
  /** True for `535-`: more lines of the same reply follow. */
  goesOn: boolean;
}

function replyIn(line: string): Hit | null {
  for (const match of line.matchAll(REPLY)) {
    const [whole, code = '', enhanced] = match;
    const rest = line.slice(match.index + whole.length);
    if (enhanced === undefined && (NOT_BEFORE.test(line.slice(0, match.index + 1)) || NOT_AFTER.test(rest))) continue;
    const goesOn = whole.endsWith('-');
    return { code, line: `${code}${goesOn ? '-' : ' '}${rest.trim()}`, index: match.index, goesOn };
  }
  return null;
}

/** The stage named last before a reply, else first after it, else what the code means alone. */
function stageNear(text: string, index: number, code: string): Stage | null {
  const before = stageWords(text.slice(Math.max(0, index - BEFORE), index)).at(-1);
  const after = /in reply to|command:/i.test(text.slice(index, index + MAX_LINE))
    ? stageWords(text.slice(index, index + MAX_LINE)).at(-1)
    : stageWords(text.slice(index + 4, index + AFTER)).at(0);
  if (AUTH_CODES.has(code)) return before ?? 'auth';
  return before ?? after ?? null;
}

function stageWords(text: string): Stage[] {
  return STAGE_WORDS.flatMap(([stage, pattern]) => [...text.matchAll(pattern)].map(({ index }) => ({ stage, index })))
    .sort((a, b) => a.index - b.index)
    .map(({ stage }) => stage);
}
