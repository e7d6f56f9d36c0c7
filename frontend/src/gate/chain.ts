// The sealed list as a device holds it: one whole and the changes after it, opened, checked and laid together.
import { isDelta, isWhole, Misfit, Roll } from "./list";
import { openSealed, type Sealed } from "./seal";
import type { Part } from "./store";
import type { Delta, WholeList } from "./wire";

export const MOST_PARTS = 40;

export interface Keys {
  edition: string;
  key: CryptoKey;
  publicKey: string;
}

export interface Chained {
  roll: Roll | null;
  isWhole: boolean; // false: a part did not open or did not fit, and the whole must be asked for
  parts: number;
}

// What the stored parts make together; a part that does not open or fit ends it.
export async function chained(parts: Part[], keys: Keys): Promise<Chained> {
  let roll: Roll | null = null;
  for (const [place, part] of parts.entries()) {
    if (roll && part.revision <= roll.revision) continue;
    try {
      const value = await valueOf(part, keys);
      roll = laid(roll, value, part.since);
    } catch {
      return { roll, isWhole: false, parts: place };
    }
  }
  return { roll, isWhole: roll !== null, parts: parts.length };
}

// A list or a change that the edition signed for this device. Raises SealBroken and Misfit.
export async function valueOf(sealed: Sealed, { edition, key, publicKey }: Keys): Promise<WholeList | Delta> {
  const value = await openSealed(sealed, key, publicKey);
  if (isDelta(value)) return value;
  if (!isWhole(value)) throw new Misfit("shape");
  if (value.rules.edition !== edition) throw new Misfit("other-edition");
  return value;
}

export function revisionOf(value: WholeList | Delta): number {
  return isDelta(value) ? value.revision : value.rules.revision;
}

// The list with a value laid over it: a whole one replaces it, if it was not made before it.
export function laid(roll: Roll | null, value: WholeList | Delta, since: number | null): Roll {
  if (isDelta(value)) {
    if (!roll || since === null) throw new Misfit("revision");
    roll.apply(value, since);
    return roll;
  }
  // An old list, sealed and signed like any, must not bring back who was revoked since.
  if (roll && Date.parse(value.rules.made_at) < Date.parse(roll.rules.made_at)) throw new Misfit("older");
  return new Roll(value);
}
