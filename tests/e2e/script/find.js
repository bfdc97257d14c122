// The control with this role and accessible name that can be seen: first within `main`, else
// anywhere. Answers with the element, with null where there is none, or with words where there are
// several.
const [role, name, scope] = arguments;
const tags = {
  alert: "[role=alert]",
  button: "button",
  checkbox: "input[type=checkbox]",
  combobox: "select",
  file: "input[type=file]",
  fold: "details > summary",
  group: "fieldset, [role=group]",
  heading: "h1, h2, h3",
  link: "a[href]",
  radio: "input[type=radio]",
  region: "[role=region]",
  textbox: "input[type=text], input[type=password], input[type=search], input:not([type]), textarea",
};
const squeezed = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const nameOf = (element) => {
  const label = element.getAttribute("aria-label");
  if (label) return squeezed(label);
  if (element.labels?.length) return squeezed([...element.labels].map((each) => each.textContent).join(" "));
  if (element.matches("fieldset")) return squeezed(element.querySelector("legend")?.textContent);
  return squeezed(element.textContent);
};
const seen = (element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
const all = [...document.querySelectorAll(tags[role])]
  .filter((element) => seen(element) && nameOf(element) === squeezed(name));
const main = all.filter((element) => element.closest("main"));
const found = scope === "outside" ? all.filter((element) => !element.closest("main")) : main.length ? main : all;
if (found.length > 1) return `${found.length} of them`;
return found[0] ?? null;
