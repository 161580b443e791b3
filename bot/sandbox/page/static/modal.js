// A form that the bot opens.

import { announce, button, el, freshId, icon, lengthOf } from "./dom.js";
import { ask, post, Refusal } from "./api.js";
import { optionsOf } from "./components.js";
import { markdown } from "./markdown.js";
import { closePicker, openPicker } from "./picker.js";

// Opens the form of an interaction. It stays until it is answered or closed.
export function openModal(interaction, app) {
  const { modal } = interaction;
  const title = freshId("modal");
  const fields = modal.components.map((item) => field(item, app.store));
  const fault = el("p", { class: "fault", role: "alert" });
  const submit = el("button", { type: "submit", class: "primary" }, "Submit");
  const form = el("form", { method: "dialog", novalidate: true }, el("h2", { id: title }, modal.title), fields.map((each) => each.node), fault,
    el("div", { class: "dialog-actions" }, button("Cancel", () => cancel(), { class: "secondary" }), submit));
  const dialog = el("dialog", { class: "modal", "aria-labelledby": title }, form);
  const opener = document.activeElement;

  const close = () => {
    closePicker();
    dialog.close();
    dialog.remove();
    if (opener?.isConnected) opener.focus();
    else app.composer.focus();
  };
  const cancel = () => {
    post("close_form", { as: app.store.myId, interaction: interaction.id }).catch(() => null);
    close();
  };
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    cancel();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = fields.filter((each) => !each.check());
    if (wrong.length) return wrong[0].focus();
    submit.disabled = true;
    fault.textContent = "";
    try {
      const values = Object.assign({}, ...fields.map((each) => each.values()));
      const answer = await ask("submit", { as: app.store.myId, interaction: interaction.id, values });
      if (answer.stage === "failed") throw new Refusal(0, { message: "Something went wrong: the bot did not answer. Try again." });
      close();
      announce("Sent");
      app.settle(answer);
    } catch (error) {
      fault.textContent = error.message;
    } finally {
      submit.disabled = false;
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  fields.find((each) => each.focus)?.focus();
}

// A field: its node, its values by custom_id, and whether they will do.
function field(item, store) {
  if (item.type === 10) return { node: el("div", { class: "markup modal-text" }, markdown(item.content, store.names)), values: () => ({}), check: () => true };
  const { component: inner, label } = item;
  const ids = { field: freshId("field"), hint: freshId("hint"), fault: freshId("fault") };
  const control = controlOf(inner, label, ids, store);
  const required = inner.required !== false && inner.type !== 23;
  const fault = el("p", { class: "fault", id: ids.fault, role: "alert" });
  const head = el("span", {}, label, required && el("span", { class: "required", "aria-hidden": "true" }, " *"));
  const hint = item.description && el("p", { class: "dim", id: ids.hint }, item.description);
  const node = el("div", { class: "field" }, el("label", { for: ids.field }, head), hint, control.target, control.counter, fault);
  const check = () => {
    fault.textContent = control.fault(required) ?? "";
    control.target.setAttribute("aria-invalid", String(Boolean(fault.textContent)));
    return !fault.textContent;
  };
  return { node, check, values: () => ({ [inner.custom_id]: control.value() }), focus: () => control.target.focus() };
}

function controlOf(item, label, ids, store) {
  switch (item.type) {
    case 4: return textInput(item, ids);
    case 3:
    case 6:
    case 8: return menu(item, label, ids, store);
    case 23: return checkbox(item, ids);
    default: return { target: el("p", { class: "dim" }, "This sandbox has no such field."), value: () => null, fault: () => null };
  }
}

function textInput(item, ids) {
  const most = item.max_length ?? 4000;
  const least = item.min_length ?? 0;
  const target = el(item.style === 2 ? "textarea" : "input", {
    id: ids.field, rows: item.style === 2 ? "6" : null, placeholder: item.placeholder, autocomplete: "off", "aria-describedby": `${ids.hint} ${ids.fault}`,
  });
  target.value = item.value ?? "";
  const counter = el("p", { class: "counter dim" });
  const count = () => {
    const length = lengthOf(target.value);
    counter.textContent = `${length} / ${most}`;
    counter.classList.toggle("over", length > most);
  };
  target.addEventListener("input", count);
  count();
  const fault = (required) => {
    const length = lengthOf(target.value);
    if (required && !target.value.trim()) return "This field is required.";
    if (length > most) return `${length - most} characters too many.`;
    return length && length < least ? `At least ${least} characters.` : null;
  };
  return { target, counter, value: () => target.value, fault };
}

function menu(item, label, ids, store) {
  const options = optionsOf(item, store);
  let chosen = options.filter((each) => each.chosen).map((each) => each.value);
  const [min, max] = [item.min_values ?? 1, item.max_values ?? 1];
  const face = () => options.filter((each) => chosen.includes(each.value)).map((each) => each.label).join(", ") || item.placeholder || "Choose";
  const shown = el("span", {}, face());
  const target = el("button", { type: "button", id: ids.field, class: "component select", "aria-haspopup": "listbox", "aria-expanded": "false" }, shown, icon("down"));
  target.addEventListener("click", () => openPicker({
    anchor: target, options, label, chosen, min, max,
    onchoose: (values) => {
      chosen = values;
      shown.textContent = face();
    },
  }));
  return { target, value: () => chosen, fault: (required) => (required && chosen.length < Math.max(1, min) ? "Choose something." : null) };
}

function checkbox(item, ids) {
  const target = el("input", { type: "checkbox", id: ids.field, checked: item.default });
  return { target, value: () => target.checked, fault: () => null };
}
