// Whom to act as: what one sees and may do changes with it.

import { avatar, byId, el, fill } from "./dom.js";

export class People {
  constructor(app) {
    this.app = app;
    this.box = byId("people");
    this.signature = "";
  }

  render() {
    const { store } = this.app;
    const people = store.people();
    const signature = JSON.stringify([people, store.myId, [...store.roles.values()].map((each) => each.name)]);
    if (signature === this.signature) return;
    this.signature = signature;
    const hadFocus = this.box.contains(document.activeElement);
    fill(this.box, this.box.querySelector("legend"), ...people.map((each) => this.person(each)));
    const chosen = this.box.querySelector("input:checked");
    chosen?.parentElement.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (hadFocus) chosen?.focus();
  }

  person(member) {
    const { store } = this.app;
    const what = store.rolesOf(member)[0] ?? "Reader";
    const input = el("input", { type: "radio", name: "person", value: member.user.id, checked: member.user.id === store.myId });
    input.addEventListener("change", () => this.app.become(member.user.id));
    return el("label", { class: "person", title: `${member.name}, ${what}, ${member.locale}` }, input, avatar(member.name, member.user),
      el("span", { class: "person-text" }, el("span", { class: "person-name" }, member.name), el("span", { class: "dim" }, `${what} · ${member.locale}`)));
  }
}
