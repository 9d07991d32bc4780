export function validate(form) {
  const errors = [];
  if (!form.name) {
    errors.push("name is required");
  }
  if (form.email && !form.email.includes("@")) {
    errors.push("email needs an @");
  }
  for (const guest of form.guests) {
    if (!guest.name) {
      errors.push("every guest needs a name");
    }
  }
  return errors;
}
