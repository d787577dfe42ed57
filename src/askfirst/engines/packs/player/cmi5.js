// Speaks cmi5 (xAPI 1.0.3) for the player: one token, launch data first, initialized before and terminated after all else.
"use strict";

window.CMI5 = (() => {
  const query = new URLSearchParams(location.search);
  const names = ["endpoint", "fetch", "actor", "registration", "activityId"];
  if (!names.every((name) => query.get(name))) return null;
  // The endpoint may come with or without a slash at its end.
  const endpoint = `${query.get("endpoint").replace(/\/+$/, "")}/`;
  const actor = JSON.parse(query.get("actor"));
  const registration = query.get("registration");
  const activityId = query.get("activityId");
  const VERBS = "http://adlnet.gov/expapi/verbs/";
  const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/";
  const begun = Date.now();
  let token = "";
  let launch = {};
  let isOver = false;
  let queue = Promise.resolve();
  let kept = "";
  // What was said of this registration, in any session: “completed” and “passed” may be said once, “failed” never after “passed”.
  let said = [];
  // Whether this session has said “passed” or “failed”: it may say one of them, once.
  let isJudged = false;
  const isNormal = () => (launch.launchMode || "Normal") === "Normal";

  const headers = () => ({ Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" });
  const state = (id) => `${endpoint}activities/state?${new URLSearchParams({ stateId: id, activityId, agent: JSON.stringify(actor), registration })}`;
  const duration = () => `PT${((Date.now() - begun) / 1000).toFixed(2)}S`;

  async function read(address) {
    const answer = await fetch(address, { headers: headers() });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  }
  async function start() {
    const asked = await fetch(query.get("fetch"), { method: "POST" });
    token = (await asked.json())["auth-token"] || "";
    if (!token) throw new Error("no token");
    launch = await (await read(state("LMS.LaunchData"))).json();
    // Must be read even where there are none.
    await read(`${endpoint}agents/profile?${new URLSearchParams({ profileId: "cmi5LearnerPreferences", agent: JSON.stringify(actor) })}`);
    const before = await read(state("askfirst"));
    const found = before ? await before.json() : {};
    kept = found.kept || "";
    said = found.said || [];
    await send(statement("initialized", {}));
  }
  function statement(verb, result, { isMoveOn = false, isCmi5 = true, object = null } = {}) {
    const context = structuredClone(launch.contextTemplate || {});
    context.registration = registration;
    context.contextActivities = context.contextActivities || {};
    const categories = context.contextActivities.category || [];
    if (isCmi5) categories.push({ id: `${CATEGORY}cmi5` });
    if (isMoveOn) categories.push({ id: `${CATEGORY}moveon` });
    if (categories.length) context.contextActivities.category = categories;
    if ((verb === "passed" || verb === "failed") && launch.masteryScore !== undefined) {
      context.extensions = { ...(context.extensions || {}), "https://w3id.org/xapi/cmi5/context/extensions/masteryscore": launch.masteryScore };
    }
    const made = {
      id: crypto.randomUUID(), actor, verb: { id: VERBS + verb, display: { en: verb } }, object: object || { objectType: "Activity", id: activityId },
      context, timestamp: new Date().toISOString(),
    };
    if (Object.keys(result).length) made.result = result;
    return made;
  }
  async function send(made, isLast = false) {
    const answer = await fetch(`${endpoint}statements?statementId=${made.id}`, { method: "PUT", headers: headers(), body: JSON.stringify(made), keepalive: isLast });
    if (!answer.ok && answer.status !== 204) throw new Error(String(answer.status));
  }
  // In order, one after the other; a statement that is refused does not stop the lesson.
  const later = (act) => { if (!isOver) queue = queue.then(act).catch(() => {}); return queue; };
  const remember = () => fetch(state("askfirst"), { method: "PUT", headers: headers(), body: JSON.stringify({ kept, said }) });

  return {
    start,
    kept: () => kept,
    keep: (value) => later(() => { kept = value; return remember(); }),
    // Whether an earlier session has said all there is to say of the answers kept.
    hasResult: (hasQuestions) => said.includes("completed") && (!hasQuestions || said.includes("passed") || said.includes("failed")),
    // Browsing and reviewing record nothing but that one was there.
    answered: (id, text, response, isRight) => isNormal() && later(() => send(statement("answered", { response, success: isRight }, {
      isCmi5: false,
      object: { objectType: "Activity", id: `${activityId}/${id}`, definition: { type: "http://adlnet.gov/expapi/activities/cmi.interaction", name: { und: text }, interactionType: "other" } },
    }))),
    finished: (score, passed, hasQuestions) => isNormal() && later(async () => {
      if (!said.includes("completed")) {
        await send(statement("completed", { completion: true, duration: duration() }, { isMoveOn: true }));
        said.push("completed");
        await remember();
      }
      if (!hasQuestions || isJudged || said.includes("passed")) return;
      isJudged = true;
      const scaled = score / 100;
      const mastery = launch.masteryScore === undefined ? passed : scaled >= launch.masteryScore;
      await send(statement(mastery ? "passed" : "failed", { success: mastery, score: { scaled }, duration: duration() }, { isMoveOn: true }));
      said.push(mastery ? "passed" : "failed");
      await remember();
    }),
    over: () => {
      if (isOver || !token) return queue;
      later(() => send(statement("terminated", { duration: duration() }), true));
      isOver = true;
      return queue;
    },
    returnTo: () => launch.returnURL || "",
  };
})();
