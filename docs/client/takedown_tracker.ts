/**
 * A recipe for Takedown Tracker in TypeScript: one file to copy, `fetch` and nothing else.
 *
 *     const tracker = new Tracker("http://127.0.0.1:8000", token);
 *     const takedown = await tracker.create("CASE-1", "csam_ai", [url], { explanation: "…" });
 *     await tracker.submit(takedown.reference, { ticket_id: "T-1" });
 *     await tracker.record(takedown.reference, "decided", { outcome: "removed", ground: "law" });
 *     for await (const event of tracker.follow(lastId)) { keep(event.id); }
 *
 * What fails for a moment is tried again with the same Idempotency-Key, so nothing is done twice.
 * Whatever else is refused is thrown as a `Problem`. Calls without a method here: `tracker.call`.
 */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Facts = { [name: string]: Json };

// Of what the tracker answers, only the fields most used: the rest stands in /openapi.json.
export interface Item {
  id: number;
  url: string | null;
  kind: string;
  state: string;
  gone_at: string | null;
}

export interface Takedown {
  reference: string;
  case_ref: string;
  external_ref: string | null;
  platform: string;
  category: string;
  stage: string;
  whose_turn: "us" | "platform" | "nobody";
  next_step: string;
  due_at: string | null;
  submitted_at: string | null;
  gone_at: string | null;
  ticket_ids: string[] | null;
  items: Item[];
  missing: { field: string; reason: string }[];
  version: number;
}

export interface Event {
  id: number;
  reference: string;
  case_ref: string;
  external_ref: string | null;
  platform: string;
  category: string;
  kind: string;
  happened_at: string;
  recorded_at: string;
  by: string;
  items: number[];
  data: Facts;
  voided_by: number | null;
}

export interface Intake {
  takedowns: Takedown[];
  duplicates: { index: number; url: string | null; reference: string; state: string }[];
  unrecognised: { index: number; text: string | null; reason: string; hint: string | null }[];
}

export interface Told {
  reference: string;
  status: number;
  event: Event | null;
  problem: { code: string; detail: string } | null;
}

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}

/** The tracker's refusal (RFC 9457): `code` is stable, `errors` name each place and rule. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: { pointer: string; code: string; detail: string }[];
  readonly references: string[];

  constructor(status: number, body: Record<string, any>) {
    super(`${status} ${body.code ?? "unknown"}: ${body.detail ?? ""}`);
    this.status = status;
    this.code = body.code ?? "unknown";
    this.errors = body.errors ?? [];
    this.references = body.references ?? [];
  }
}

type Query = Record<string, string | number | boolean | string[] | undefined>;
type More = { key?: string; headers?: Record<string, string> };

const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const PASSING = new Set([408, 429, 500, 502, 503, 504]);

export class Tracker {
  private readonly address: string;
  private readonly token: string;
  private readonly attempts: number;

  constructor(address: string, token: string, attempts = 6) {
    this.address = `${address.replace(/\/+$/, "")}/api/v1`;
    this.token = token;
    this.attempts = attempts;
  }

  /** Log one takedown of one platform. Keep a `key` to repeat the call after a restart of yours. */
  create(case_ref: string, category: string, urls: string[], facts: Facts = {}, key = newKey()) {
    return this.call<Takedown>("POST", "/takedowns", { case_ref, category, urls, ...facts }, { key });
  }

  /** Turn pasted text into one takedown per platform. */
  intake(case_ref: string, category: string, text: string, facts: Facts = {}, key = newKey()) {
    return this.call<Intake>("POST", "/intakes", { case_ref, category, text, ...facts }, { key });
  }

  takedown(reference: string) {
    return this.call<Takedown>("GET", `/takedowns/${reference}`);
  }

  /** Change facts of a draft by what it says; read again where it was changed meanwhile (412). */
  async change(reference: string, decide: (read: Takedown) => Facts): Promise<Takedown> {
    for (let attempt = 1; ; attempt++) {
      const read = await this.takedown(reference);
      const headers = { "If-Match": `"v${read.version}"` };
      try {
        return await this.call<Takedown>("PATCH", `/takedowns/${reference}`, decide(read), { headers });
      } catch (error) {
        const isStale = error instanceof Problem && error.status === 412;
        if (!isStale || attempt >= this.attempts) throw error;
      }
    }
  }

  /** Tell that a person sent the notice by form: its `ticket_id`, or else that there was none. */
  submit(reference: string, more: Facts = {}, key = newKey()) {
    const ticket: Facts = more.ticket_id ? {} : { no_ticket: true };
    const body = { how: "form", ...ticket, ...more };
    return this.call<Takedown>("POST", `/takedowns/${reference}/submission`, body, { key });
  }

  record(reference: string, kind: string, data: Facts = {}, key = newKey()) {
    return this.call<Event>("POST", `/takedowns/${reference}/events`, { kind, ...data }, { key });
  }

  /** Record the same event in up to 100 takedowns; look at each answer's `problem`. */
  async recordAll(references: string[], kind: string, data: Facts = {}, key = newKey()) {
    const body = { references, kind, ...data };
    return (await this.call<{ results: Told[] }>("POST", "/events/bulk", body, { key })).results;
  }

  /** Read a list to its end: `tracker.list<Takedown>("/takedowns", { platform: "x" })`. */
  async *list<T>(path: string, filters: Query = {}, body?: Json): AsyncGenerator<T> {
    let cursor: string | undefined;
    do {
      const address = path + query({ limit: 100, ...filters, cursor });
      const page: Page<T> = await this.call(body === undefined ? "GET" : "POST", address, body);
      yield* page.data;
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** Read events for ever, also over restarts of the tracker; keep the last id to go on from it. */
  async *follow(after = 0, filters: Query = {}, wait = 30): AsyncGenerator<Event> {
    for (;;) {
      const path = "/events" + query({ after, wait, limit: 100, ...filters });
      const page = await this.call<Page<Event>>("GET", path, undefined, {}, Infinity);
      for (const event of page.data) {
        yield event;
        after = event.id;
      }
    }
  }

  /** Call until there is an answer that will not change by waiting. */
  async call<T>(
    method: string, path: string, body?: Json, more: More = {}, attempts = this.attempts,
  ): Promise<T> {
    const headers: Record<string, string> = {
      Authorization: `Bearer ${this.token}`,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(more.key === undefined ? {} : { "Idempotency-Key": more.key }),
      ...more.headers,
    };
    const sent = body === undefined ? undefined : JSON.stringify(body);
    for (let attempt = 1; ; attempt++) {
      let pause = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
      try {
        const signal = AbortSignal.timeout(60_000);
        const answer = await fetch(this.address + path, { method, headers, body: sent, signal });
        const text = await answer.text();
        const isJson = /json/.test(answer.headers.get("content-type") ?? "");
        const told = isJson && text ? JSON.parse(text) : text;
        if (answer.ok) return told as T;
        const problem = new Problem(answer.status, isJson ? told : {});
        const isPassing = PASSING.has(answer.status) || problem.code === "in_flight";
        if (!isPassing || attempt >= attempts) throw problem;
        pause = Number(answer.headers.get("retry-after")) * 1000 || pause;
      } catch (error) {
        if (error instanceof Problem || attempt >= attempts) throw error;
      }
      await new Promise((resume) => setTimeout(resume, pause));
    }
  }
}

function newKey(): string {
  return crypto.randomUUID();
}

/** Write filters as a query: a list with commas between, what is undefined left out. */
function query(values: Query): string {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) told.set(name, String(value));
  }
  return `?${told}`;
}
