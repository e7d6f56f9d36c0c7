// What the board asks the server: where a bilateral fits, and what is in the way of a place.
export interface Verdict {
  place: string;
  conflicts: string[];
  may_be_set_aside: boolean;
}

export function address(pattern: string, slug: string, query: Record<string, string> = {}): string {
  const path = pattern.replace("/slug/", `/${slug}/`);
  const asked = new URLSearchParams(query).toString();
  return asked ? `${path}?${asked}` : path;
}

export async function ask<T>(where: string, signal: AbortSignal): Promise<T | undefined> {
  const answer = await fetch(where, { signal, headers: { accept: "application/json" } });
  if (!answer.ok || answer.redirected) return undefined;
  return (await answer.json()) as T;
}
