// Names as people type them, brought to one spelling: no case, no marks, one yeh and kaf, no joiners.
const ONE: Record<string, string> = {
  ı: "i", ə: "e", ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ё: "е",
  ى: "ی", ي: "ی", ې: "ی", ك: "ک", ة: "ه", ہ: "ه", ھ: "ه", ە: "ه", ء: "", ـ: "", "\u200b": "", "\u200c": "", "\u200d": "",
  "’": "", "'": "", ʼ: "", "`": "", ʻ: "", "ʹ": "", ь: "", ъ: "",
  қ: "к", ғ: "г", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и",
}; // prettier-ignore
const LETTERS = new RegExp(`[${Object.keys(ONE).join("")}]`, "gu");
const ASCII = /^[a-z0-9 ]*$/;

export function folded(text: string): string {
  const small = text.toLowerCase();
  if (ASCII.test(small)) return small.replace(/ +/g, " ").trim();
  const bare = small.normalize("NFKD").replace(/\p{M}/gu, "").replace(LETTERS, (sign) => ONE[sign] ?? sign);
  return digits(bare).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// The digits of Arabic and Persian as 0 to 9.
export function digits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));
}
