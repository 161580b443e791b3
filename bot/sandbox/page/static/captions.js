// The tour: a caption for each step, through the eyes of whoever acts in it.

import { button, byId, el, fill, icon } from "./dom.js";
import { get, post } from "./api.js";
import { markdownLine } from "./markdown.js";

export class Captions {
  constructor(app) {
    this.app = app;
    this.box = byId("captions");
    this.touring = false;
    this.closed = false;
    const stop = (event) => this.touring && !event.repeat && this.stop();
    document.addEventListener("keydown", stop, true);
    document.addEventListener("pointerdown", stop, true);
  }

  // Asks how the tour stands; a page that opens later joins it.
  async load() {
    const view = await get("tour");
    byId("stored-toggle").hidden = !view.stored;
    byId("report").hidden = !view.report;
    await this.take(view);
  }

  async take({ caption, touring, stopped }) {
    const began = this.touring;
    this.touring = touring;
    document.body.classList.toggle("touring", touring);
    if (!caption) return;
    if (touring) {
      this.show(caption);
      await this.app.follow(caption.person, caption.channel);
    } else if (began || (caption.phase === "over" && !this.closed)) this.end(caption, stopped);
  }

  stop() {
    this.touring = false;
    post("stop_tour").catch(() => null);
  }

  show(caption) {
    const sign = { done: icon("check"), failed: icon("close") }[caption.phase] ?? null;
    this.box.className = `captions ${caption.phase}`;
    const count = caption.steps ? el("span", { class: "step" }, `${caption.step} of ${caption.steps}`) : null;
    fill(this.box, el("p", { class: "caption" }, count, sign, sign && " ", markdownLine(caption.text, this.app.store.names)), el("p", { class: "caption-hint" }, "Any key or click stops the tour"));
    this.box.hidden = false;
  }

  end(caption, stopped) {
    this.box.className = "captions over";
    const text = caption.phase === "over" ? caption.text : "Your turn: choose who you are at the top, answer a question, or type / for the commands.";
    fill(this.box, el("p", { class: "caption" }, stopped ? "The tour stops here. " : "", text), button(icon("close"), () => this.close(), { class: "icon-button", "aria-label": "Close" }));
    this.box.hidden = false;
  }

  close() {
    this.closed = true;
    this.box.hidden = true;
    this.app.composer.focus();
  }
}
