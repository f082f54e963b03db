// Asks a running `summarize --jsonl` for the summary of three texts, one after the other.
const { spawn } = require("child_process");
const { createInterface } = require("readline");

const texts = [
  "The harbour will be closed on Monday because the crane is tested. Ships wait outside until four.",
  "海水淡化厂昨天投产，每天可以供水六千吨。岛上的居民不再需要靠船运水。",
  "",
];
const summarizer = spawn("summarize", ["--jsonl", "-n", "1"], { stdio: ["pipe", "pipe", "inherit"] });
createInterface({ input: summarizer.stdout }).on("line", (line) => {
  const answer = JSON.parse(line);
  console.log(`${answer.id}: ${answer.summary ?? answer.error}`);
  ask(answer.id + 1);
});

function ask(id) {
  if (id === texts.length) summarizer.stdin.end();
  else summarizer.stdin.write(JSON.stringify({ id, text: texts[id] }) + "\n");
}
ask(0);
