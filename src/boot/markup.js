// The markup that may become elements: Leptos sets the parts of a view that never change through
// innerHTML, and nothing else does. What is listed here cannot run, load, restyle or send anything.

const words = (text) => new Set(text.split(/\s+/));

const TAGS = words(
  `a abbr address article aside b bdi blockquote br button caption cite code col colgroup data dd
   details dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup
   hr i input kbd label legend li main mark menu meter nav ol optgroup option output p pre progress q
   s samp search section select small span strong sub summary sup table tbody td textarea tfoot th
   thead time tr u ul var wbr
   svg g path circle ellipse line polygon polyline rect title desc defs symbol use text tspan`,
);

const ANY = /^/;
const NUMBERS = /^[\w\s.,%+-]*$/;
const KEYWORD = /^[a-zA-Z-]*$/;
// A place on this page, a page beside it, or https. No character reference but `&amp;`, so that no
// scheme can be spelt with one.
const LINK = /^(?:#[\w-]*|https:\/\/(?:[^\s&\\]|&amp;)+|(?!\/\/)[\w.\/-]+(?:[?#][\w.=%-]*)*)$/;

const ATTRIBUTES = new Map();
const allow = (names, value) => words(names).forEach((name) => ATTRIBUTES.set(name, value));
allow(
  `abbr autocapitalize autocomplete autocorrect autofocus checked class cols colspan datetime dir
   disabled enterkeyhint for headers hidden high id inputmode label lang list low max maxlength
   method min minlength multiple name novalidate open optimum placeholder readonly required reversed
   role rows rowspan scope selected size span spellcheck start step tabindex title translate type
   value wrap`,
  ANY,
);
allow(
  `cx cy d dx dy focusable height opacity points preserveAspectRatio r rx ry stroke-dasharray
   stroke-width viewBox width x x1 x2 y y1 y2`,
  NUMBERS,
);
allow(
  `fill fill-rule clip-rule stroke stroke-linecap stroke-linejoin text-anchor vector-effect`,
  KEYWORD,
);
allow("href", LINK);
allow("method", /^dialog$/);
allow("rel", /^[a-z ]*$/);
allow("target", /^_blank$/);
allow("transform", /^[\w\s().,-]*$/);
allow("xmlns", /^http:\/\/www\.w3\.org\/2000\/svg$/);
const FAMILIES = /^(?:aria|data)-[a-z-]+$/;

// Text, an empty comment (Leptos marks places with them), an end tag, or a start tag. `<` and `>`
// are refused inside values: every `<` then starts a listed tag in whatever state the browser's
// parser is, so what is read here and what the browser reads cannot drift apart.
const TOKEN =
  /[^<]+|<!(?:----)?>|<\/(?<end>[a-zA-Z][a-zA-Z0-9]*)>|<(?<tag>[a-zA-Z][a-zA-Z0-9]*)(?<attributes>(?: [a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*) ?\/?>/y;
const ATTRIBUTE = / (?<name>[a-zA-Z][a-zA-Z0-9-]*)(?:="(?<value>[^"<>]*)")?/g;

function permitted({ end, tag, attributes }) {
  const name = end ?? tag;
  if (name !== undefined && !TAGS.has(name)) return false;
  for (const { groups } of (attributes ?? "").matchAll(ATTRIBUTE)) {
    const values = FAMILIES.test(groups.name) ? ANY : ATTRIBUTES.get(groups.name);
    if (!values?.test(groups.value ?? "")) return false;
    if (tag === "use" && groups.name === "href" && !groups.value?.startsWith("#")) return false;
  }
  return true;
}

/** Returns the markup as it is, or throws at the first thing that is not listed. */
export function inert(markup) {
  const text = String(markup);
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (!token || !permitted(token.groups)) {
      throw new TypeError(`markup that is not inert: ${text.slice(at, at + 80)}`);
    }
  }
  return text;
}
