import { ImportDraft } from '../draft.ts';
import { readMattermostVariables } from '../mattermost-import.ts';
import { readGitlab } from '../products/gitlab-import.ts';
import { readProfile, type Vocabulary } from './read-profile.ts';
import { type Variable, Variables } from './variables.ts';
import { genericVocabularies, readGeneric } from './vocabularies/generic.ts';
import { N8N, NODEMAILER_URL, ROCKETCHAT } from './vocabularies/node.ts';
import { GITEA, GRAFANA, METABASE, VAULTWARDEN } from './vocabularies/others.ts';
import { LARAVEL, NEXTCLOUD, SYMFONY } from './vocabularies/php.ts';
import { AUTHENTIK, DJANGO } from './vocabularies/python.ts';
import { DISCOURSE, DOCKER_GITLAB, MASTODON } from './vocabularies/rails.ts';

/** Every product whose variable names are known. */
const VOCABULARIES: readonly Vocabulary[] = [
  MASTODON,
  DISCOURSE,
  DOCKER_GITLAB,
  N8N,
  ROCKETCHAT,
  AUTHENTIK,
  DJANGO,
  NEXTCLOUD,
  LARAVEL,
  SYMFONY,
  METABASE,
  VAULTWARDEN,
  GRAFANA,
  GITEA,
  NODEMAILER_URL,
];

/** A product that variables seem to be for. */
export interface VocabularyMatch {
  /** Id of the target; `env` for a program that nobody knows. */
  id: string;
  score: number;
}

/** Products that the variables could be for, the likeliest first; [] when none is about mail. */
export function recogniseVariables(variables: readonly Variable[]): VocabularyMatch[] {
  const matches: VocabularyMatch[] = ranked(variables).map(({ vocabulary, score }) => ({ id: vocabulary.id, score }));
  if (isMattermost(variables)) matches.unshift({ id: 'mattermost', score: 0.97 });
  const read = new Variables(variables, new ImportDraft());
  if (genericVocabularies(read).length > 0) matches.push({ id: 'env', score: 0.4 });
  return matches;
}

/**
 * Reads the mail settings that variables of any source hold: those of each product that is recognised by its names,
 * or else those of programs that nobody knows. Adds a profile to the draft for each server that is named.
 * @param variables One program's variables in the order of the file; the last duplicate wins.
 * @returns False when no variable is about outgoing mail; the draft is then left as it was.
 */
export function readVariables(variables: readonly Variable[], draft: ImportDraft): boolean {
  const read = new Variables(variables.map(normal), draft);
  let any = isMattermost(variables) && readMattermostVariables(variables, draft);
  const omnibus = variables.findLast(({ name }) => name === 'GITLAB_OMNIBUS_CONFIG');
  if (omnibus) any = readGitlab(omnibus.value, omnibus.line, draft) || any;
  for (const { vocabulary } of ranked(variables)) {
    // Several products share names such as SMTP_HOST: the likeliest one takes them.
    const { names, urls = [] } = vocabulary;
    if (!read.untouched([...urls, ...(names.host ?? []), ...(names.username ?? [])])) continue;
    any = readProfile(vocabulary, read, draft) || any;
  }
  return any || readGeneric(read, draft);
}

function ranked(variables: readonly Variable[]): { vocabulary: Vocabulary; score: number }[] {
  // Scoring looks names up too, and must not count as reading them.
  const read = new Variables(variables.map(normal), new ImportDraft());
  return VOCABULARIES.map((vocabulary) => ({ vocabulary, score: vocabulary.score(read) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

function isMattermost(variables: readonly Variable[]): boolean {
  return variables.some(({ name }) => /^MM_EMAILSETTINGS_/i.test(name));
}

/** Gitea's names come in two spellings and for two programs. */
function normal(variable: Variable): Variable {
  const gitea = /^(?:GITEA|FORGEJO)__mailer__(\w+)$/i.exec(variable.name);
  return gitea?.[1] ? { ...variable, name: `GITEA__MAILER__${gitea[1].toUpperCase()}` } : variable;
}
