// The control API: the only thing this page talks to.

export class Refusal extends Error {
  constructor(status, body) {
    super(wording(body));
    this.status = status;
    this.code = body.code ?? 0;
  }
}

function wording(body) {
  const details = [];
  const dig = (node) => {
    if (!node || typeof node !== "object") return;
    for (const [name, inner] of Object.entries(node)) {
      if (name === "_errors") details.push(...inner.map((each) => each.message));
      else dig(inner);
    }
  };
  dig(body.errors);
  const wait = body.retry_after ? ` Wait ${Math.ceil(body.retry_after)} s.` : "";
  return `${body.message ?? "The sandbox refused."}${details.length ? `: ${details.join(" ")}` : ""}${wait}`;
}

export class Unreachable extends Error {}

async function answerOf(request) {
  let reply;
  let body;
  try {
    reply = await request;
    body = await reply.json();
  } catch {
    throw new Unreachable("There is no answer. Trying again…");
  }
  if (!reply.ok) throw new Refusal(reply.status, body);
  return body;
}

export async function get(endpoint, fields = {}) {
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
  return answerOf(fetch(`/control/${endpoint}?${query}`));
}

export async function post(endpoint, fields = {}) {
  return answerOf(fetch(`/control/${endpoint}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fields),
  }));
}

// Does something that the bot answers, and waits for its first answer.
export async function ask(endpoint, fields) {
  const asked = await post(endpoint, fields);
  return get("answer", { interaction: asked.id, wait: "first", timeout: 10 });
}

const PATIENCE = [250, 500, 1000, 2000, 4000];

// Follows the changes that one member may see, and comes back when the server does.
export class Stream {
  constructor({ onopen, onchange, onlost }) {
    this.handlers = { onopen, onchange, onlost };
    this.socket = null;
    this.tries = 0;
    this.timer = 0;
  }

  watch(user) {
    this.close();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/control/events?as=${encodeURIComponent(user)}`);
    this.socket = socket;
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      const change = JSON.parse(data);
      if (change.type !== "HELLO") return this.handlers.onchange(change);
      this.tries = 0;
      return this.handlers.onopen();
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      this.socket = null;
      this.handlers.onlost();
    };
  }

  // Calls back after a pause that grows with each try.
  later(callback) {
    clearTimeout(this.timer);
    const pause = PATIENCE[Math.min(this.tries, PATIENCE.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(callback, pause);
  }

  close() {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }
}
