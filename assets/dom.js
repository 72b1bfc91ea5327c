// Changes of the document that several scripts make.

// Sets an attribute, or removes it where ``value`` is null or undefined. An attribute that is set anew, even to what it
// was, makes the browser style the whole document anew.
export function setAttribute(element, name, value) {
  if (!element || element.getAttribute(name) === (value ?? null)) return;
  value === undefined || value === null ? element.removeAttribute(name) : element.setAttribute(name, value);
}
