// Run as `node --expose-gc realm-memory.js URL-OF-BUNDLES FILE`: imports a realm export and merges into it, and prints how far
// the memory of the process rose above what it was before the file was read, in bytes.
import { readFileSync } from 'node:fs';

const [urls, file] = process.argv.slice(2);
const { exports, imports, profile } = JSON.parse(urls);
const [{ compose }, { readBytes }, { emptySettings }] = await Promise.all([exports, imports, profile].map((url) => import(url)));

const settings = { ...emptySettings(), name: 'Acme', signIn: { ...emptySettings().signIn, method: 'none' } };
settings.server.host = 'mail.example.com';
globalThis.gc();
const before = process.memoryUsage.rss();
const bytes = readFileSync(file);
const read = readBytes(bytes, 'realm.json', null);
const into = { text: bytes.toString('utf8'), bom: false };
const merged = compose(settings, {}, { target: 'keycloak', options: {}, policy: 'leave-out', into });
if (!read.ok || !merged.ok) throw new Error('The realm was not read');
console.log(process.resourceUsage().maxRSS * 1_024 - before);
